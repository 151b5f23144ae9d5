/** A mailbox on an IMAP server: what is new in it, what was in it before, and copies of replies in its Sent folder. */
export { ImapInbound } from "./imap_inbound.ts";
export { saveToSent } from "./save_to_sent.ts";
export { imapHistory, pollImap, testImap } from "./poll_imap.ts";
