/**
 * The lists somebody has of their own: conversations they are mentioned in, follow, answered, or have a scheduled
 * reply or a draft in. It holds pointers only: what is in a conversation, and who may see it, is asked when a list is
 * read. One entry per person, list and conversation.
 *
 * One flow: the commit that makes somebody follow, mentions them or sends their reply calls `putPersonal` or
 * `removePersonal` → `personal.list` walks the stored order newest first and leaves out what the caller may not read.
 * An order entry counts only where the record names the same time, so two commits at once leave nothing false.
 * @module
 */
export {
  addPersonal,
  clearMention,
  isInPersonal,
  movePersonal,
  putPersonal,
  removePersonal,
} from "./put_personal.ts";
export { type Followers, followersOf } from "./follow.ts";
export {
  createPersonalMover,
  emptyPersonal,
  MOVE_PERSONAL_JOB,
  planPersonalMove,
} from "./move_job.ts";
export { MENTION_JOB, noteComment } from "./note_comment.ts";
export { type Mentioned, readMentions } from "./read_mentions.ts";
export { createPersonal, type Personal, type PersonalPage } from "./personal.ts";
