import { useRef } from "preact/hooks";
import type { ApiConversation } from "../../../core/model/api.ts";
import { ConversationRow, type RowState } from "../../(_components)/ConversationRow.tsx";
import { openConversation } from "./actions.ts";
import type { WorkspaceModel } from "./workspace_model.ts";
import { formatRoute } from "./workspace_route.ts";

/** A pointer that only passes by fetches nothing. */
const HOVER_MS = 60;

/** One conversation of the list; its thread is fetched before anybody asks. */
export function ListRow({ model, conversation }: {
  readonly model: WorkspaceModel;
  readonly conversation: ApiConversation;
}) {
  const cancelPrefetch = useRef(() => {});
  const { id } = conversation;
  const route = model.navigation.route.value;
  const prefetch = () => void model.threads.load(id);
  const hover = () => {
    cancelPrefetch.current();
    cancelPrefetch.current = model.ports.after(HOVER_MS, prefetch);
  };
  const pick = (event: MouseEvent) => {
    if (event.shiftKey) model.selection.extendTo(id, model.conversations.list.peek().ids);
    else model.selection.toggle(id);
  };
  const open = (event: MouseEvent) => {
    if (event.button === 0 && event.shiftKey) {
      event.preventDefault();
      return pick(event);
    }
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    void openConversation(model, id);
  };
  const me = model.data.me.id;
  const here = model.presence.in(id).filter((person) => person.id !== me);
  const typist = model.typing.typists.value.get(id)
    ?.find(({ type, id }) => type === "user" && id !== me) ??
    here.find(({ state }) => state === "typing");
  const assignee = model.data.people.find(({ id }) => id === conversation.assigneeId);
  const state = stateOf(conversation, model.composers.drafted.value.has(id));
  return (
    <ConversationRow
      {...model.clock.value}
      href={formatRoute({ ...route, conversationId: id, pane: null })}
      contact={{ id: conversation.contactId, name: conversation.contactName }}
      channelType={conversation.channelType}
      subject={conversation.subject}
      preview={previewOf(model, conversation, state)}
      at={Date.parse(conversation.lastMessageAt)}
      unread={conversation.unread}
      current={route.conversationId === id}
      picked={model.selection.size > 0 ? model.selection.has(id) : undefined}
      onPick={pick}
      tags={conversation.tags}
      hueOfTag={(name) => model.hueOfTag(name)}
      assignee={assignee && { ...assignee, pictureUrl: assignee.avatarUrl }}
      state={state}
      typing={typist}
      here={here.filter(({ state }) => state !== "idle").map(({ id, name, state }) => ({
        id,
        name,
        does: state === "viewing" ? "is looking at this" : "is drafting here",
      }))}
      snoozedUntil={conversation.snoozedUntil === null
        ? null
        : Date.parse(conversation.snoozedUntil)}
      link={{
        id: rowId(id),
        onClick: open,
        onPointerEnter: hover,
        onPointerLeave: () => cancelPrefetch.current(),
        onFocus: prefetch,
      }}
    />
  );
}

/** Id of a row's link, where the keyboard goes. */
export function rowId(conversationId: string): string {
  return `row-${conversationId}`;
}

function previewOf(
  model: WorkspaceModel,
  { id, preview }: ApiConversation,
  state: RowState | null,
): string {
  if (state === "draft") return model.composers.draftOf(id);
  // The latest words may be the customer's; in red they would say something else.
  return state === "failed" ? "A reply was not delivered" : preview;
}

function stateOf(conversation: ApiConversation, isDrafted: boolean): RowState | null {
  if (conversation.failedMessageId !== null) return "failed";
  if (isDrafted) return "draft";
  if (conversation.lane !== undefined) return conversation.lane;
  return conversation.previewKind === "reply" ? "answered" : null;
}
