/**
 * Chats go on by mail: a visitor who left gets what they have not read as one mail, and answers from there into the chat.
 * Owns when that happens, what stands in such a mail and the links in it; the outbox sends it, ingest takes answers.
 * The one flow: a reply is sent → `planAfter` → job → `continuityDue` decides → a "mailed" line → outbox → mailbox.
 * @module
 */
export { addressOf } from "./chat_visitor.ts";
export { type Continuity, createContinuity, type MailStop, type OpenedChat } from "./continuity.ts";
export type { Presence } from "./continuity_due.ts";
export { type LetterWords, letterWords } from "./letter_words.ts";
export { LETTER_JOB } from "./plan_letter.ts";
