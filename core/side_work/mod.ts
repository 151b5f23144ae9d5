/**
 * Work that would hold up the thread which answers requests, done on the side thread where there is one. Each kind of it
 * is a procedure, which runs there, and beside it the function that gives it tasks; both know only what crosses.
 * @module
 */
export { frameMail } from "./frame_aside.ts";
export { parseAside, type ParseTask } from "./parse_aside.ts";
export { type MailHtml, sanitizeMail } from "./sanitize_aside.ts";
export { createSideWork } from "./side_work.ts";
