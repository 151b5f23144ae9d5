import type { ApiConversation } from "../../../core/model/api.ts";
import { IconButton } from "../../(_components)/IconButton.tsx";
import { addFiles } from "./add_files.ts";
import type { DraftKind } from "./drafts.ts";
import { FileButton } from "./FileButton.tsx";
import { FormatTools } from "./FormatTools.tsx";
import type { WorkspaceModel } from "./workspace_model.ts";

export interface ComposerToolsProps {
  readonly model: WorkspaceModel;
  readonly conversation: ApiConversation;
  readonly kind: DraftKind;
  readonly isRich: boolean;
  readonly onSnippet: () => void;
  readonly onEmoji: () => void;
  readonly onQuickReplies: () => void;
}

/** Below the words: what they can look like, and what can go along with them. */
export function ComposerTools(
  { model, conversation, kind, isRich, onSnippet, onEmoji, onQuickReplies }: ComposerToolsProps,
) {
  const traits = model.traitsOf(conversation);
  return (
    <>
      {isRich && <FormatTools model={model} />}
      <IconButton
        icon="snippet"
        label="Snippet (/)"
        class="script-only"
        onMouseDown={(event) => event.preventDefault()}
        onClick={onSnippet}
      />
      {(traits.maxFiles > 0 || kind === "comment") && (
        <FileButton
          types={kind === "reply" ? traits.fileTypes : null}
          onFiles={(files) => addFiles(model, conversation, kind, files)}
        />
      )}
      <IconButton
        icon="smile"
        label="Emoji"
        class="script-only"
        onMouseDown={(event) => event.preventDefault()}
        onClick={onEmoji}
      />
      {kind === "reply" && traits.quickReplies !== null && (
        <IconButton icon="list" label="Quick replies" onClick={onQuickReplies} />
      )}
    </>
  );
}
