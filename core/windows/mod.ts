/**
 * How long a customer may be answered: channels whose provider closes a window some time after the customer was heard.
 * Owns when that was, by channel and contact, and decides what may leave. Knows no channel by its kind.
 * The one flow: ingest notes that a customer was heard → the row and the composer show the window → a post and the moment of
 * sending ask it.
 * @module
 */
export { type Heard, noteHeard } from "./note_heard.ts";
export { readWindow, readWindows } from "./read_windows.ts";
export { type Passage, passage, type ReplyWindow, replyWindow } from "./reply_window.ts";
