/**
 * What Meta's channels have in common: the app, its signatures, and calls of the Graph API with their errors. It knows
 * nothing of Messenger.
 * @module
 */
export { appConfigOf, MetaAppConfig, MetaId } from "./app_config.ts";
export { META_DELIVERIES, metaApp } from "./app_kind.ts";
export { callGraph, type GraphAccess, type GraphCall, type GraphIo } from "./graph_call.ts";
export { answerHandshake } from "./handshake.ts";
export { REVIEW_TEXTS } from "./review_texts.ts";
export { verifySignature } from "./signature.ts";
