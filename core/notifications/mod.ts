/**
 * News for the team outside of the app: so far by mail. Owns who is told of what, and when. Knows the mail's look and
 * where its answers go; those come back by `core/ingest`.
 * The one flow: the log's follower finds a customer's message → two minutes later the job "plan" looks who has not seen
 * it → one job "send" for each → a mail, whose address and id carry the code of person and conversation.
 * @module
 */
export { ANSWER_LINE } from "./notice_mail.ts";
export { type AnswerRefusal, refusalWords } from "./answer_refusal.ts";
export { isNews } from "./notice_messages.ts";
export { createNotifications, type Notifications } from "./notifications.ts";
export { SEND_NOTICE_JOB } from "./send_job.ts";
