/**
 * Meetings that mails are about (iCalendar, RFC 5545 and 5546): text in, the few facts an agent needs out. Pure, linear and
 * total; knows nothing of mails.
 * @module
 */
export { MAX_ICAL_LENGTH, readInvite } from "./read_invite.ts";
