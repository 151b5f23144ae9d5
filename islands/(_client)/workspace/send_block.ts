import { type ComposerState, isWanted } from "./composer_state.ts";

/** What kept a message from being sent, before the server was asked. */
export type SendBlock = "empty" | "uploading" | "file_failed" | "address";

/** Null when the message may go. */
export function blockOf(
  state: ComposerState,
  isTemplate = false,
): SendBlock | null {
  const { text, recipients, unfinished, template } = state;
  const files = state.files.filter((file) => isWanted(file, state));
  if (isTemplate) {
    return template?.values.every((value) => value.trim() !== "") === true ? null : "empty";
  }
  if (recipients?.to.length === 0 || unfinished.length > 0) return "address";
  if (files.some(({ error }) => error !== null)) return "file_failed";
  if (files.some(({ attachment }) => attachment === null)) return "uploading";
  return text.trim() === "" && files.length === 0 ? "empty" : null;
}
