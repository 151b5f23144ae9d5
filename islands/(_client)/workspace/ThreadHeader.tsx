import type { ApiConversation } from "../../../core/model/api.ts";
import { Button } from "../../(_components)/Button.tsx";
import { channelLook } from "../../(_components)/channel_look.ts";
import { ConversationState } from "../../(_components)/ConversationState.tsx";
import { Icon } from "../../(_components)/Icon.tsx";
import { IconButton } from "../../(_components)/IconButton.tsx";
import { Tag } from "../../(_components)/Tag.tsx";
import { setStatus } from "./actions.ts";
import { AssignMenu } from "./AssignMenu.tsx";
import { ConversationMenu } from "./ConversationMenu.tsx";
import { lazyPart } from "./lazy_part.tsx";
import { IconLink } from "./IconLink.tsx";
import { backToList } from "./list_cursor.ts";
import { PeopleHere } from "./PeopleHere.tsx";
import { keysOf } from "./shortcuts.ts";
import { toggleSide } from "./toggle_side.ts";
import type { WorkspaceModel } from "./workspace_model.ts";
import { formatRoute } from "./workspace_route.ts";

const FollowButton = lazyPart(
  () => import("./follow/FollowButton.tsx").then((file) => file.FollowButton),
);

interface ThreadHeaderProps {
  readonly model: WorkspaceModel;
  readonly conversation: ApiConversation;
}

/** What the conversation is about, whose it is, and what can be decided. */
export function ThreadHeader({ model, conversation }: ThreadHeaderProps) {
  const route = model.navigation.route.value;
  const title = conversation.subject || conversation.contactName;
  const back = (event: MouseEvent) => {
    event.preventDefault();
    backToList(model);
  };
  const side = (event: MouseEvent) => {
    event.preventDefault();
    toggleSide(model);
  };
  return (
    <>
      <header class="bar">
        <IconLink
          icon="left"
          label="Back to the list"
          href={formatRoute({ ...route, conversationId: null, pane: null })}
          class="phone-only bar-back"
          onClick={back}
        />
        <h2 class="truncate" title={title}>{title}</h2>
        <span class="spacer" />
        {model.data.canWrite && (
          <>
            <AssignMenu model={model} conversation={conversation} />
            <IconButton
              icon="snooze"
              label="Snooze"
              shortcut={keysOf("snooze")}
              class="wide-only scripted"
              data-opens="snooze"
              onClick={() => model.picker.value = "snooze"}
            />
            <ConversationMenu
              model={model}
              label="More actions on this conversation"
              opens="snooze priority move"
            />
          </>
        )}
        <IconLink
          icon="panel-right"
          label="Details"
          href={formatRoute({ ...route, pane: "side" })}
          class="side-opener"
          onClick={side}
        />
        {model.data.canWrite && <StatusButton model={model} conversation={conversation} />}
      </header>
      <div class="subbar">
        <ConversationState status={conversation.status} />
        <ChannelChip model={model} conversation={conversation} />
        {conversation.tags.map((tag) => <Tag key={tag} name={tag} hue={model.hueOfTag(tag)} />)}
        {model.data.canWrite && (
          <IconButton
            icon="plus"
            size="small"
            iconSize={14}
            label="Tags"
            shortcut={keysOf("tag")}
            class="scripted"
            data-opens="tag"
            onClick={() => model.picker.value = "tag"}
          />
        )}
        <span class="spacer" />
        {/* Who comes and goes moves nothing else. */}
        <PeopleHere model={model} conversation={conversation} />
        <FollowButton model={model} conversation={conversation} />
        {conversation.originId !== undefined && (
          <OriginLink model={model} originId={conversation.originId} />
        )}
        <span class="meta num roomy" title="Number of this conversation">
          #{conversation.number}
        </span>
      </div>
    </>
  );
}

function StatusButton({ model, conversation }: ThreadHeaderProps) {
  const isOpen = conversation.status === "open";
  const next = isOpen ? "closed" : "open";
  const submit = (event: Event) => {
    event.preventDefault();
    void setStatus(model, conversation, next);
  };
  return (
    <form method="post" class="bar-form" onSubmit={submit}>
      <input type="hidden" name="action" value="status" />
      <Button
        type="submit"
        name="status"
        value={next}
        icon={isOpen ? "check" : "half"}
        title={`${isOpen ? "Close" : "Reopen"} (${keysOf("toggle_closed")})`}
      >
        {isOpen ? "Close" : "Reopen"}
      </Button>
    </form>
  );
}

/** Where it came out of: it was split off there, or that one was closed long ago. */
function OriginLink({ model, originId }: {
  readonly model: WorkspaceModel;
  readonly originId: string;
}) {
  const route = model.navigation.route.value;
  const origin = model.conversations.get(originId);
  return (
    <a
      class="link meta num"
      href={formatRoute({ ...route, conversationId: originId, pane: null })}
      title={origin?.subject ?? "The conversation this came out of"}
    >
      from {origin === undefined ? "an earlier one" : `#${origin.number}`}
    </a>
  );
}

function ChannelChip({ model, conversation }: ThreadHeaderProps) {
  const look = channelLook(conversation.channelType);
  const channel = model.data.channels.find(({ id }) => id === conversation.channelId);
  const inbox = model.data.inboxes.find(({ id }) => id === conversation.inboxId);
  const name = channel?.name ?? look.label;
  return (
    <span
      class="status truncate"
      data-channel={look.role}
      title={inbox ? `${name} in ${inbox.name}` : name}
    >
      <span class="channel-icon">
        <Icon name={look.icon} size={14} />
      </span>
      <span class="truncate">{name}</span>
    </span>
  );
}
