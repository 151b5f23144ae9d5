/** Live changes into the stores. Everything is idempotent: an event may come twice, or after a fresh read. */
import { batch } from "@preact/signals";
import type {
  ApiCounts,
  ApiDraftNews,
  ApiEvent,
  ApiPresence,
  ApiTyping,
} from "../../../core/model/api.ts";
import { markRead, showConversation } from "./actions.ts";
import type { ServerEvent } from "./event_link.ts";
import type { WorkspaceModel } from "./workspace_model.ts";

export function applyEvent(model: WorkspaceModel, { name, data }: ServerEvent): void {
  // The server's own events: its shapes are checked where they are made, and tested there.
  const value: unknown = JSON.parse(data);
  batch(() => {
    switch (name) {
      case "counts":
        takeCounts(model, value as ApiCounts);
        return;
      case "typing":
        model.typing.take(value as ApiTyping);
        return;
      case "conversation.deleted":
        return forget(model, (value as ApiEvent).conversationId);
      case "message.created":
        takeRecords(model, value as ApiEvent);
        return announce(model, value as ApiEvent);
      case "message.deleted": {
        const { conversationId, messageId } = value as ApiEvent;
        if (conversationId && messageId) model.threads.removeMessage(conversationId, messageId);
        return;
      }
      case "conversation.updated":
        takeRecords(model, value as ApiEvent);
        return rereadThread(model, value as ApiEvent);
      case "conversation.created":
      case "message.updated":
      case "contact.created":
      case "contact.updated":
        return takeRecords(model, value as ApiEvent);
      case "view.changed":
        return void followViews(model);
      case "presence":
        model.presence.take(value as ApiPresence);
        return;
      case "draft":
        model.drafts.take(value as ApiDraftNews);
        return;
      case "contact.deleted":
      case "hello":
      case "reset":
        return;
    }
  });
}

/** Events may be lost: what is on screen is read anew, the rest when it is opened. */
export async function healGap(model: WorkspaceModel): Promise<void> {
  model.threads.markAllStale();
  const { conversationId } = model.navigation.route.peek();
  await Promise.all([
    model.conversations.refresh(),
    model.conversations.refreshCounts(),
    model.views.refresh(),
    conversationId === null ? null : model.threads.load(conversationId),
    conversationId === null ? null : model.drafts.open(conversationId),
    readDraftLines(model),
  ]);
  await markRead(model);
}

/** Of the reader's own lists only the server knows what came into them. */
function takeCounts(model: WorkspaceModel, counts: ApiCounts): void {
  const { view } = model.navigation.route.peek();
  const before = model.conversations.counts.peek().all;
  model.conversations.setCounts(counts);
  const isOwn = view === "mentions" || view === "drafts" || view === "scheduled";
  if (isOwn && before?.[view] !== counts.all?.[view]) void model.conversations.recheck();
}

/** Somebody saved, changed or deleted a view: the list on screen follows its filter. */
async function followViews(model: WorkspaceModel): Promise<void> {
  const { view } = model.navigation.route.peek();
  const filterOf = () => JSON.stringify(model.views.get(view)?.filter);
  const before = filterOf();
  await model.views.refresh();
  if (before !== filterOf()) await model.conversations.refresh();
}

/** Drafts are no part of the log. */
async function readDraftLines(model: WorkspaceModel): Promise<void> {
  const answer = await model.ports.api.draftLines();
  if (answer.ok) model.composers.knowLines(answer.value.items);
}

function takeRecords(model: WorkspaceModel, event: ApiEvent): void {
  if (event.message) model.threads.take(event.message);
  if (event.conversation) model.conversations.take(event.conversation);
  if (event.contact) model.threads.takeContact(event.contact);
}

/** Threads were split or merged: what is on screen is read anew, the rest when it is opened. */
function rereadThread(model: WorkspaceModel, { conversation, changed }: ApiEvent): void {
  if (conversation === undefined || changed?.includes("messages") !== true) return;
  if (model.navigation.route.peek().conversationId === conversation.id) {
    void model.threads.reread(conversation.id);
  } else model.threads.remove(conversation.id);
}

/** It left the inboxes the reader sees, or is gone for good. */
function forget(model: WorkspaceModel, id: string | undefined): void {
  if (id === undefined) return;
  model.conversations.remove(id);
  model.threads.remove(id);
  if (model.navigation.route.peek().conversationId === id) void showConversation(model);
}

/** In the open conversation the message is seen, and its log says it; elsewhere it is said politely. */
function announce(model: WorkspaceModel, { message }: ApiEvent): void {
  if (message === undefined) return;
  const { conversationId, kind, author } = message;
  const isOpen = conversationId === model.navigation.route.peek().conversationId;
  // Also our own comment: the server counts every comment as something to read.
  if (isOpen) void markRead(model);
  if (kind !== "inbound") return;
  if (!isOpen) model.announcement.value = `New message from ${author.name}`;
  model.typing.forget(conversationId);
}
