/**
 * Macros: words and actions that are done in one step. What they send goes the way of every message, what they change
 * the way of every change; knows nothing of screens.
 * The one flow: `create` checks words and actions → `preview` says what it would do → `run` does it in one commit.
 * @module
 */
export { createMacros, type MacroInput, type MacroPatch, type Macros } from "./macros.ts";
export { ASSIGN_ME, ASSIGN_NOBODY } from "./plan_macro.ts";
export type { MacroPreview } from "./preview_macro.ts";
export type { MacroRun, RunInput } from "./run_macro.ts";
