/**
 * People at a website's chat: their sessions, what they may see of their conversations, what they may send.
 * Owns visitors and their limits; leaves storing messages to ingest and knows nothing of HTTP or of the widget.
 * The one flow: session token → visitor → message → `ingest` (one commit) → change log → the visitor's and agents' streams.
 * @module
 */
export { frameAncestors, isAllowedOrigin } from "./allowed_origin.ts";
export { MAX_LIFE_S, verifyIdentityToken } from "./identity_token.ts";
export { RateLimiter } from "./rate_limiter.ts";
export { SESSION_MS } from "./sessions.ts";
export type * from "./types.ts";
export { compareVisible, isVisible, visibleAt } from "./visible.ts";
export { Whereabouts } from "./whereabouts.ts";
export { createVisitors, type VisitorHistory, type Visitors } from "./visitors.ts";
