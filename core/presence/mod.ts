/**
 * Presence: who of the team has which conversation open and what they do there, and the news of their drafts. Owns who
 * counts and for how long; knows nothing of HTTP, and never writes to the log.
 *
 * One flow: a tab says "viewing" → {@link Attendance} → streams of those who may read the inbox, and one key for the
 * other processes.
 * @module
 */
export {
  Attendance,
  type HereState,
  IDLE_MS,
  type PersonHere,
  REPEAT_MS,
  type TabSign,
  VIEWING_MS,
} from "./attendance.ts";
export { peopleSeenBy } from "./people_seen_by.ts";
export { createPresenceDesk, type PresenceDesk } from "./presence_desk.ts";
