import type { ApiConversation } from "../../../../core/model/api.ts";
import { Facts } from "../../../(_components)/Facts.tsx";
import { Time } from "../../../(_components)/Time.tsx";
import type { WorkspaceModel } from "../workspace_model.ts";

/** Where a conversation is, whose, and since when. */
export function ConversationFacts({ model, conversation }: {
  readonly model: WorkspaceModel;
  readonly conversation: ApiConversation;
}) {
  const { people, teams, inboxes, channels } = model.data;
  const named = (
    label: string,
    list: readonly { readonly id: string; readonly name: string }[],
    id: string | null,
  ) => {
    const value = list.find((one) => one.id === id)?.name;
    return value === undefined ? [] : [{ label, value, title: value }];
  };
  const followers = model.followers.value.get(conversation.id)?.userIds ?? [];
  const following = followers.map((id) => people.find((one) => one.id === id)?.name)
    .filter((name) => name !== undefined).join(", ");
  const owner = people.find(({ id }) => id === conversation.assigneeId);
  return (
    <Facts
      facts={[
        { label: "Number", value: `#${conversation.number}` },
        ...named("Channel", channels, conversation.channelId),
        ...named("Inbox", inboxes, conversation.inboxId),
        ...named("Team", teams, conversation.teamId),
        { label: "Assigned to", value: owner?.name ?? "Nobody" },
        ...following === "" ? [] : [{ label: "Followed by", value: following, title: following }],
        {
          label: "Began",
          value: <Time {...model.clock.value} at={Date.parse(conversation.createdAt)} />,
        },
      ]}
    />
  );
}
