/**
 * Forms that visitors fill in: what is shown, what is wrong with what came, who wrote it, and whether it is spam.
 * Knows adapters by their port `form` alone, and nothing of HTTP; leaves storing to ingest, and answers to the outbox.
 * The one flow: a posted form → fields and what means something of its own → problems, or guards → `submission` → ingest.
 * @module
 */
export { createForms, type Forms } from "./forms.ts";
export type * from "./types.ts";
