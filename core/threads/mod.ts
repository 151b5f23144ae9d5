/**
 * Threads taken apart and put together by agents: a message and all after it become a conversation of their own, or one
 * conversation becomes part of another. Knows nothing of channels' kinds or of HTTP.
 *
 * Messages are moved in three steps. Copies are written where nobody looks yet: beyond the last message of the conversation they
 * go to, or under the id of one that does not exist. One commit then moves the end of both threads and where each message is
 * said to lie (`messageRef`): before it everybody sees all of the old, after it all of the new. What is left behind lies beyond the
 * end of its thread, and the sweep deletes it; after a crash it deletes the copies instead.
 * @module
 */
export { createThreadRules, type ThreadRuleInput, type ThreadRules } from "./thread_rules.ts";
export { createThreads, type Threads } from "./threads.ts";
export { createSweeper, SWEEP_JOB } from "./sweep.ts";
