import type { ApiConversation } from "../../../core/model/api.ts";
import { takesType } from "../../../core/model/takes_type.ts";
import { formatBytes } from "../../(_components)/format_bytes.ts";
import { cidOf, isWanted } from "./composer_state.ts";
import type { DraftKind } from "./drafts.ts";
import type { WorkspaceModel } from "./workspace_model.ts";

/** What the server takes at most, for comments too. */
const MAX_BYTES = 25 * 1024 * 1024;
const MAX_FILES = 20;

/**
 * Begins to upload what the channel can carry, and says of the rest why it cannot.
 * @param options.isInline pictures, to be shown where the caret is
 */
export function addFiles(
  model: WorkspaceModel,
  conversation: ApiConversation,
  kind: DraftKind,
  files: readonly File[],
  { isInline = false }: { readonly isInline?: boolean } = {},
): void {
  const traits = model.traitsOf(conversation);
  const isReply = kind === "reply";
  const maxBytes = isReply ? Math.min(traits.maxFileBytes, MAX_BYTES) : MAX_BYTES;
  const maxFiles = isReply ? Math.min(traits.maxFiles, MAX_FILES) : MAX_FILES;
  const state = model.composers.get(conversation.id, kind);
  let room = maxFiles - state.files.filter((file) => isWanted(file, state)).length;
  const accepted: File[] = [];
  for (const file of files) {
    const refuse = (why: string) => model.composers.refuseFile(conversation.id, kind, file, why);
    if (file.size > maxBytes) refuse(`Over ${formatBytes(maxBytes)}`);
    else if (file.size === 0) refuse("Empty file");
    else if (isReply && !takesType(traits.fileTypes, file.type)) {
      refuse("Not taken by this channel");
    } else if (room <= 0) refuse(`Over ${maxFiles} files`);
    else {
      accepted.push(file);
      room--;
    }
  }
  if (!isInline) return void model.composers.addFiles(conversation.id, kind, accepted);
  const keys = model.composers.addFiles(conversation.id, kind, accepted, true);
  for (const [index, key] of keys.entries()) {
    const { name } = accepted[index] ?? { name: "" };
    model.writing.peek()?.formatting?.insertImage(cidOf({ key }), name);
  }
}
