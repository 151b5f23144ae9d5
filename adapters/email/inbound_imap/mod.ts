/** A mailbox on an IMAP server: what is new in it, what was in it before, and copies of replies in its Sent folder. */
export { ImapInbound } from "./imap_inbound.ts";
export { saveToSent } from "./save_to_sent.ts";
export { imapError } from "./imap_error.ts";
export { openImap } from "./open_imap.ts";
export { imapHistory, pollImap } from "./poll_imap.ts";
