/**
 * Tags as records: their names, colours, and what becomes of a name that was changed. It owns which tag a name means; the
 * conversations keep names, and `conversations/retag.ts` brings a new one into them.
 *
 * One flow: rename, merge or delete → the record, and the old name as another way to say it → a job over all
 * conversations with the old name.
 * @module
 */
export {
  foldTagName,
  makeMissingTags,
  MAX_TAG,
  newTag,
  putTag,
  tagNamed,
  withKnownNames,
} from "./tag_names.ts";
export {
  createTags,
  RETAG_JOB,
  type TagInput,
  type TagPatch,
  type Tags,
  type TagUse,
} from "./tags.ts";
