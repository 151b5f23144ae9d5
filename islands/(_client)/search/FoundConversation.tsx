import { formatRoute, VIEWS } from "../workspace/workspace_route.ts";
import { Avatar } from "../../(_components)/Avatar.tsx";
import { channelLook } from "../../(_components)/channel_look.ts";
import type { TimeContext } from "../../(_components)/format_time.ts";
import { Tag } from "../../(_components)/Tag.tsx";
import { Time } from "../../(_components)/Time.tsx";
import type { ApiSearchHit } from "@/core/model/api_search.ts";
import { Marked } from "./Marked.tsx";
import type { SearchTeammate } from "./search_data.ts";

/** A conversation by its latest message that fits: the words stand in their sentence. */
export function FoundConversation({ hit, id, isCurrent, assignee, clock }: {
  readonly hit: ApiSearchHit;
  /** Of the link, for the keyboard. */
  readonly id: string;
  readonly isCurrent: boolean;
  readonly assignee: SearchTeammate | undefined;
  readonly clock: TimeContext;
}) {
  const { conversation, subject, excerpt, message } = hit;
  const { contactId, contactName, channelType, tags } = conversation;
  const tag = tags[0];
  return (
    <div class="row" aria-current={isCurrent ? "true" : undefined}>
      <Avatar id={contactId} name={contactName} size={32} channelType={channelType} />
      <div class="row-line">
        <a id={id} class="row-name truncate" href={hrefOf(hit)} title={contactName}>
          {contactName}
        </a>
        <span class="row-count">#{conversation.number}</span>
        <Time class="row-time" at={Date.parse(message.createdAt)} {...clock} />
      </div>
      <div class="row-line">
        <span class="row-subject truncate">
          {subject.text === "" ? channelLook(channelType).label : <Marked {...subject} />}
        </span>
        {tag !== undefined && <Tag name={tag} size="small" />}
      </div>
      <div class="row-line">
        <span class="row-text truncate">
          {message.kind === "comment" && <b>Comment:</b>}
          {excerpt.text === "" ? conversation.preview : <Marked {...excerpt} />}
        </span>
        {assignee && (
          <Avatar
            id={assignee.id}
            name={assignee.name}
            pictureUrl={assignee.avatarUrl}
            of="team"
            size={16}
            label={`Assigned to ${assignee.name}`}
          />
        )}
      </div>
    </div>
  );
}

/** Where a result leads: its thread, in the list it stands in. */
export function hrefOf({ conversation: { id, status } }: ApiSearchHit): string {
  const view = VIEWS.find((one) => one === status) ?? "open";
  return formatRoute({ scope: "all", view, sort: "newest", conversationId: id, pane: null });
}
