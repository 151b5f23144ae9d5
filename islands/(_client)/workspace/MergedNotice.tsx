import type { ApiConversation } from "../../../core/model/api.ts";
import { EmptyState } from "../../(_components)/EmptyState.tsx";
import { InboxArt } from "../../(_components)/InboxArt.tsx";
import { LinkButton } from "../../(_components)/LinkButton.tsx";
import type { WorkspaceModel } from "./workspace_model.ts";
import { formatRoute } from "./workspace_route.ts";

/** In place of a conversation that is part of another now. */
export function MergedNotice({ model, conversation, intoId }: {
  readonly model: WorkspaceModel;
  readonly conversation: ApiConversation;
  readonly intoId: string;
}) {
  const route = model.navigation.route.value;
  const into = model.conversations.get(intoId);
  const name = into === undefined ? "another conversation" : `#${into.number}`;
  return (
    <EmptyState
      art={<InboxArt />}
      title={`Merged into ${name}`}
      actions={
        <LinkButton
          kind="primary"
          href={formatRoute({ ...route, conversationId: intoId, pane: null })}
        >
          {into === undefined ? "Open it" : `Open #${into.number}`}
        </LinkButton>
      }
    >
      #{conversation.number} and what is written to it are part of it now.
    </EmptyState>
  );
}
