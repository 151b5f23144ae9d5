import type { ApiConversation } from "../../../core/model/api.ts";
import { takesType } from "../../../core/model/takes_type.ts";
import { formatBytes } from "../../(_components)/format_bytes.ts";
import type { DraftKind } from "./drafts.ts";
import type { WorkspaceModel } from "./workspace_model.ts";

/** What the server takes at most, for comments too. */
const MAX_BYTES = 25 * 1024 * 1024;
const MAX_FILES = 20;

/** Begins to upload what the channel can carry, and says of the rest why it cannot. */
export function addFiles(
  model: WorkspaceModel,
  conversation: ApiConversation,
  kind: DraftKind,
  files: readonly File[],
): void {
  const traits = model.traitsOf(conversation);
  const isReply = kind === "reply";
  const maxBytes = isReply ? Math.min(traits.maxFileBytes, MAX_BYTES) : MAX_BYTES;
  const maxFiles = isReply ? Math.min(traits.maxFiles, MAX_FILES) : MAX_FILES;
  let room = maxFiles - model.composers.get(conversation.id, kind).files.length;
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
  void model.composers.addFiles(conversation.id, kind, accepted);
}
