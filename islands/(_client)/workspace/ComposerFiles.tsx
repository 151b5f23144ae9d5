import { Button } from "../../(_components)/Button.tsx";
import { Icon } from "../../(_components)/Icon.tsx";
import { FileCard } from "../../(_components)/FileCard.tsx";
import type { ComposerFile } from "./composer_state.ts";
import type { DraftKind } from "./drafts.ts";
import type { WorkspaceModel } from "./workspace_model.ts";

/** Files that go with the message, on their way or arrived. */
export function ComposerFiles({ model, conversationId, kind, files }: {
  readonly model: WorkspaceModel;
  readonly conversationId: string;
  readonly kind: DraftKind;
  readonly files: readonly ComposerFile[];
}) {
  return (
    <>
      {files.map(({ key, name, size, type, percent, attachment, error, canRetry }) => (
        <div class="composer-file" key={key} data-state={error === null ? undefined : "failed"}>
          <FileCard
            name={name}
            size={size}
            type={type}
            uploadPercent={attachment === null && error === null ? percent : undefined}
          />
          {error !== null && (
            <small class="danger" role="status">
              {error}
              {canRetry && (
                <Button
                  kind="link"
                  onClick={() => model.composers.retryFile(conversationId, kind, key)}
                >
                  Try again
                </Button>
              )}
            </small>
          )}
          <button
            type="button"
            class="chip-x"
            aria-label={`${attachment === null && error === null ? "Cancel" : "Remove"} ${name}`}
            title={attachment === null && error === null ? "Cancel" : "Remove"}
            onClick={() =>
              model.composers.removeFile(conversationId, kind, key)}
          >
            <Icon name="x" size={12} />
          </button>
        </div>
      ))}
    </>
  );
}
