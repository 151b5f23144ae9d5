/**
 * Events: the ordered log of changes as the process sees it. Owns the hub, the live table and followers;
 * knows nothing of who may read what: entries hold ids, and whoever sends one on asks the core.
 *
 * One flow: commit → log entry → hub → subscribers, live table and followers.
 */
export { formatCursor, LOG_START, type LogCursor, parseCursor } from "./cursor.ts";
export { Follower, type FollowerOptions } from "./follower.ts";
export { Hub, type HubBatch, type HubItem, type HubOptions } from "./hub.ts";
export { type LiveChange, LiveTable, type LiveTableOptions } from "./live_table.ts";
export { trimLog, type TrimOptions } from "./trim_log.ts";
export {
  createPresence,
  type Presence,
  TYPING_MS,
  type TypingSign,
  type Typist,
} from "./presence.ts";
