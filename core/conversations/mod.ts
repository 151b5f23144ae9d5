/**
 * Conversations and their messages: the record that is its own list row, the thread, the agents' commands on both.
 * Knows nothing of channels' kinds or of HTTP. Every write of a conversation goes through {@link putConversation}.
 * @module
 */
export {
  type Body,
  prepareBody,
  type PreparedBody,
  readBody,
  readText,
  storeBody,
} from "./body.ts";
export {
  type ConversationPage,
  type ConversationRow,
  type Conversations,
  createConversations,
  READ_RECEIPT_JOB,
} from "./conversations.ts";
export {
  BASE_BYTES,
  bytesOf,
  EMAIL_BYTES,
  FIELDS_BYTES,
  fitEmail,
  fitFields,
  fitFiles,
  fitTrace,
  TRACE_BYTES,
} from "./fit_record.ts";
export { LiveCounts } from "./live_counts.ts";
export {
  findConversation,
  findMessage,
  findMessageAs,
  followMerges,
  placeNow,
  type Read,
} from "./message_place.ts";
export { newConversation } from "./new_conversation.ts";
export type { OriginalDelivery } from "./original_mail.ts";
export { createMessages, type MessagePage, type Messages, type RawDelivery } from "./messages.ts";
export { applyPatch, type ConversationPatch } from "./patch.ts";
export { withLatestWords } from "./latest_words.ts";
export {
  carried,
  EARLY_KEPT_MS,
  earlyNews,
  isEarly,
  joinNews,
  keptEarly,
  NO_NEWS,
} from "./message_news.ts";
export { previewOfMessage } from "./preview.ts";
export { donePlace, putConversation } from "./put.ts";
export { putMessage } from "./put_message.ts";
export type { ConversationQuery } from "./query.ts";
export { ReadMarks } from "./read_marks.ts";
export {
  createEraser,
  deleteConversation,
  deleteJournal,
  ERASE_JOB,
  purgeSpam,
} from "./purge_spam.ts";
export { createRetagger } from "./retag.ts";
export { eventLine, MAX_TAGS, patchConversation, updateConversation, WAKE_JOB } from "./update.ts";
export { createWaker } from "./wake.ts";
export { type ShownMessage, shownMessage } from "./shown_message.ts";
export { tellMessage, type Told } from "./tell_message.ts";
export type { OwnCounts, ViewCounts, WholeCounts } from "./view_tally.ts";
