/**
 * Saved views: filters with a name, private or shared, in one order. Knows who may see and change them, nothing of what
 * they hold: that is `matcherOf` of the model, asked by the conversations' lists and counts.
 *
 * One flow: `views.create` → one commit with the record and `view.changed` → every process forgets its cache, every
 * browser asks for the list again.
 * @module
 */
export { ViewCache } from "./view_cache.ts";
export { canChangeView } from "./view_rights.ts";
export { createViews, type ViewInput, type ViewPatch, type Views } from "./views.ts";
