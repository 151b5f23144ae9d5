import { Card } from "../../../(_components)/Card.tsx";
import { channelLook } from "../../../(_components)/channel_look.ts";
import { SideItem } from "../../../(_components)/SideItem.tsx";
import { Time } from "../../../(_components)/Time.tsx";
import type { LoadedThread } from "../thread_store.ts";
import type { WorkspaceModel } from "../workspace_model.ts";
import { formatRoute } from "../workspace_route.ts";

/** What else there was with them, over all channels; of what the reader may not see only how much. */
export function PastConversations({ model, loaded: { past, hidden } }: {
  readonly model: WorkspaceModel;
  readonly loaded: Pick<LoadedThread, "hidden" | "past">;
}) {
  if (past.length + hidden === 0) return null;
  return (
    <Card title="Past conversations" count={past.length + hidden}>
      {past.map((conversation) => {
        const { id, status, subject, preview, lastMessageAt } = conversation;
        const { icon, role } = channelLook(conversation.channelType);
        const view = status === "closed" ? "closed" : "open";
        const route = { ...model.navigation.route.value, view, pane: null } as const;
        return (
          <SideItem
            key={id}
            href={formatRoute({ ...route, conversationId: id })}
            icon={icon}
            role={role}
            title={subject || preview || "No text"}
            end={<Time {...model.clock.value} at={Date.parse(lastMessageAt)} />}
          />
        );
      })}
      {hidden > 0 && (
        <p class="meta past-hidden">
          {hidden === 1 ? "1 more" : `${hidden} more`} in inboxes you do not see
        </p>
      )}
    </Card>
  );
}
