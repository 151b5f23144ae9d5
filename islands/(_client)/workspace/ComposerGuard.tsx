import type { ApiConversation } from "../../../core/model/api.ts";
import { Button } from "../../(_components)/Button.tsx";
import { Guard } from "../../(_components)/Guard.tsx";
import { send } from "./actions.ts";
import { authorOf } from "./author_of.ts";
import type { GuardNews } from "./composer_state.ts";
import type { DraftKind } from "./drafts.ts";
import type { WorkspaceModel } from "./workspace_model.ts";

/** The first words of what is new. */
const WORDS = 140;

/** Somebody wrote while the agent did: nothing was sent, here is what is new. */
export function ComposerGuard({ model, conversation, kind, news }: {
  readonly model: WorkspaceModel;
  readonly conversation: ApiConversation;
  readonly kind: DraftKind;
  readonly news: GuardNews;
}) {
  const readFirst = () => {
    model.composers.acceptNews(conversation.id, kind);
    model.jumpToLatest.value++;
  };
  const sendAnyway = () => {
    model.composers.acceptNews(conversation.id, kind);
    void send(model, { thenClose: false });
  };
  const messages = news.messages.filter(({ kind }) => kind !== "event");
  return (
    <Guard
      title="The conversation moved on while you wrote"
      news={messages.map((message) => ({
        id: message.id,
        name: authorOf(model, message).name,
        text: message.kind === "comment"
          ? `commented: ${message.text.slice(0, WORDS)}`
          : message.text.slice(0, WORDS),
      }))}
      actions={
        <>
          <Button size="small" onClick={readFirst}>Read first</Button>
          <Button size="small" kind="ghost" onClick={sendAnyway}>Send anyway</Button>
        </>
      }
    />
  );
}
