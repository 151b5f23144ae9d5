/**
 * Messages out: a reply is a job with a due time, so undo, send later, retry and order are one thing.
 * Owns the way of an outbound message from `queued` to `sent`, `failed` or `ambiguous`; knows adapters only by their contract.
 * The one flow: `postMessage` → job "send" → adapter → `nextStep` decides → one commit settles it.
 * @module
 */
export { advanceStatus, hasLeft, type ReportedStatus } from "./advance_status.ts";
export { answerChannelOf, NO_MAILBOX } from "./answer_channel.ts";
export { ARCHIVE_JOB, createArchiver } from "./archive.ts";
export { AUTO_REPLY_JOB, createAutoReplier } from "./auto_reply.ts";
export { cancelMessage } from "./cancel.ts";
export { changeMessage } from "./change_message.ts";
export { forwardMessage } from "./forward.ts";
export { type ForwardInput, MAX_OUTSIDERS } from "./forward_input.ts";
export { joinEarly } from "./join_early.ts";
export { markAddresses } from "./mark_addresses.ts";
export { nextStep, type Outcome, type Step } from "./next_step.ts";
export { afterPost } from "./after_post.ts";
export type { PostInput } from "./post_input.ts";
export { type Posted, postMessage, type PostOptions, type PostServices } from "./post.ts";
export type { LetterContent, LetterPort } from "./letter_port.ts";
export { letterStyleOf, readLetterStyle } from "./letter_style.ts";
export { recipientOf } from "./outbound_part.ts";
export { replySubject, trimReferences } from "./reply_fields.ts";
export { putBounceLines } from "./put_bounce_lines.ts";
export { readReplyDefaults, type ReplyDefaults } from "./reply_letter.ts";
export { afterBounce, type Bounced, type ReportedRecipient, sumUp } from "./report_effect.ts";
export { LATER_JOB } from "./settle.ts";
export { earlierPiece, isHalfSent } from "./pieces.ts";
export { rescheduleMessage } from "./reschedule.ts";
export { retryMessage } from "./retry.ts";
export { createSender } from "./send.ts";
export { type Beginning, beginningOf, startConversation } from "./start.ts";
export type { StartInput } from "./start_input.ts";
export { SEND_JOB } from "./send_job.ts";
export { seqOfVersion } from "./seq_of_version.ts";
export { noteScheduled } from "./note_personal.ts";
