import type { DraftKind } from "./drafts.ts";
import type { WorkspaceModel } from "./workspace_model.ts";

/** Whether what is written would survive. */
export function DraftState({ model, conversationId, kind }: {
  readonly model: WorkspaceModel;
  readonly conversationId: string;
  readonly kind: DraftKind;
}) {
  const status = model.drafts.statusOf(conversationId, kind);
  switch (status?.kind) {
    case undefined:
      return null;
    case "saved":
      return <span class="meta roomy draft-state">Saved</span>;
    case "kept":
      return (
        <span
          class="meta draft-state"
          title="There is no connection: it is kept in this browser and saved as soon as there is"
        >
          Kept here
        </span>
      );
    case "refused":
      return <span class="meta danger draft-state" title={status.reason}>Not saved</span>;
  }
}
