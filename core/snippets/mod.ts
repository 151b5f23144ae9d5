/**
 * Snippets: words that are written often, found by a shortcut, with fields that are filled in where they are used.
 * Knows nothing of composers or channels. The one flow: `create` checks fields and shortcut → the composer fills it in
 * (or `fill` does, for clients of the API) → `use` has it counted.
 * @module
 */
export {
  createSnippets,
  type FilledSnippet,
  type SnippetInput,
  type SnippetPatch,
  type Snippets,
} from "./snippets.ts";
