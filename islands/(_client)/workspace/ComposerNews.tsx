import type { ApiConversation } from "../../../core/model/api.ts";
import { Button } from "../../(_components)/Button.tsx";
import { Icon } from "../../(_components)/Icon.tsx";
import { newsSince } from "./news_since.ts";
import type { WorkspaceModel } from "./workspace_model.ts";

/** Somebody writes while the agent does: said before Send is held back. Nothing when nobody did. */
export function ComposerNews({ model, conversation }: {
  readonly model: WorkspaceModel;
  readonly conversation: ApiConversation;
}) {
  const { baseVersion } = model.composers.get(conversation.id, "reply");
  const messages = model.currentThread.value?.thread.messages ?? [];
  const news = newsSince(conversation, messages, baseVersion, model.data.me.id);
  if (news === null) return null;
  const read = () => {
    model.composers.see(conversation.id, conversation.version);
    model.jumpToLatest.value++;
  };
  return (
    <p class="composer-limit composer-news" data-level="near" role="status">
      <Icon name="warning" size={14} />
      <span class="truncate">
        {news.count === 1
          ? `${news.name} ${news.verb} just now`
          : `${news.count} new messages, the last by ${news.name}`}
      </span>
      <span class="end">
        <Button size="small" kind="ghost" onClick={read}>Read</Button>
      </span>
    </p>
  );
}
