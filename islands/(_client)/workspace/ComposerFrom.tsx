import type { ApiConversation } from "../../../core/model/api.ts";
import { channelLook } from "../../(_components)/channel_look.ts";
import { Icon } from "../../(_components)/Icon.tsx";
import type { WorkspaceModel } from "./workspace_model.ts";

/** From whom the customer gets it, at the end of the tabs. */
export function ComposerFrom({ model, conversation }: {
  readonly model: WorkspaceModel;
  readonly conversation: ApiConversation;
}) {
  const channel = model.data.channels.find(({ id }) => id === conversation.channelId);
  const inbox = model.data.inboxes.find(({ id }) => id === conversation.inboxId);
  const traits = model.traitsOf(conversation);
  if (!traits.isMail && conversation.window !== null && channel !== undefined) {
    // Where the customer reads it decides how long there is to answer.
    const look = channelLook(channel.type);
    return (
      <>
        <span class="channel-icon" data-channel={look.role}>
          <Icon name={look.icon} size={12} />
        </span>
        <span class="truncate">{traits.title}, {channel.name}</span>
      </>
    );
  }
  const name = inbox?.name ?? channel?.name;
  const from = model.replies.get(conversation.id)?.from;
  const title = from ? `${from.name} <${from.address}>` : channel?.name;
  return name === undefined ? null : <span class="truncate" title={title}>from {name}</span>;
}
