/**
 * The feed: the change log as one caller may see it, live. It owns filling in records, the question of who may read
 * what, and the end of a stream whose caller lost their rights; it knows nothing of HTTP or of wire formats.
 *
 * One flow: hub entry → records filled in once for all subscribers → `visibleChange` per caller → feed item.
 * @module
 */
export {
  createFeed,
  type Feed,
  type FeedItem,
  type FeedOptions,
  isCut,
  isMovedBack,
  type SeenChange,
} from "./feed.ts";
export type { FilledChange } from "./filler.ts";
export type { VisibleChange } from "./visible_change.ts";
