import type { ApiConversation } from "../../../core/model/api.ts";
import { Button } from "../../(_components)/Button.tsx";
import { Guard } from "../../(_components)/Guard.tsx";
import type { DraftKind } from "./drafts.ts";
import type { WorkspaceModel } from "./workspace_model.ts";

/** The reader wrote in two places at once: what lost is offered back. */
export function OtherDraft({ model, conversation, kind }: {
  readonly model: WorkspaceModel;
  readonly conversation: ApiConversation;
  readonly kind: DraftKind;
}) {
  const { id } = conversation;
  const others = model.drafts.othersOf(id, kind);
  const add = () => {
    const { composers } = model;
    for (const { text, html = null } of others) {
      composers.putBack(id, kind, {
        ...composers.get(id, kind),
        text,
        html,
        files: [],
        mentions: [],
      });
    }
    model.drafts.settleOthers(id, kind);
    model.composerFocus.value++;
  };
  return (
    <Guard
      title="You also wrote this, in another window"
      news={others.map(({ text }, index) => ({ id: String(index), name: "You", text }))}
      actions={
        <>
          <Button size="small" onClick={add}>Add it</Button>
          <Button
            size="small"
            kind="ghost"
            onClick={() => model.drafts.settleOthers(id, kind)}
          >
            Not needed
          </Button>
        </>
      }
    />
  );
}
