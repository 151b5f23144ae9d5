/**
 * Inboxes: where teams work. Owns their names and members; memberships are what `can()` judges by, so every change
 * is announced as `access.changed`. Knows nothing of channels and conversations but that an inbox holding some stays,
 * and the one channel that comes with it.
 * @module
 */
export { createFallbacks, type Fallbacks } from "./fallbacks.ts";
export {
  createInboxes,
  type Inboxes,
  type InboxesOptions,
  type InboxInput,
  type InboxPatch,
} from "./inboxes.ts";
export { DEFAULT_SPAM_POLICY, matchesList, type SpamPolicy } from "./spam_policy.ts";
