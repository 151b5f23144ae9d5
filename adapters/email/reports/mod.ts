/**
 * Mails that mail programs and servers write about other mails: what became of one of ours (RFC 3464 and the looser
 * texts around it), who opened it, who complained.
 * @module
 */
export { readReport, type Report } from "./read_report.ts";
export { isWrongAddress, reportedRecipient } from "./bounce_reason.ts";
