/**
 * What people make for their own work and share: who sees it, who changes it, how often it is used, and the words with
 * fields in it. Knows nothing of what it is; snippets and macros are built on it.
 * The one flow: a {@link Shelf} shows each caller theirs; a use is counted by a job, in the commit of the use.
 * @module
 */
export { checkSharing, defaultSharing } from "./check_sharing.ts";
export { COUNT_USE_JOB, countUse, createUseCounter } from "./count_use.ts";
export { mayChange, maySee, type Shared, type TeamMembers } from "./may_see.ts";
export { readFieldValues } from "./read_field_values.ts";
export { type ReadTeams, Shelf, type ShelfItem, type Shown } from "./shelf.ts";
export { FolderInput, HtmlInput, readWords, TextInput, type Words } from "./words_input.ts";
