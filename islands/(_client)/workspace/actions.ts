/** What an agent does to a conversation: seen at once, answered by the server, taken back when refused. */
import type { ApiConversation } from "../../../core/model/api.ts";
import { formatUpcoming } from "../../(_components)/format_time.ts";
import { changeMany } from "./change_many.ts";
import { fail, signedOut } from "./fail.ts";
import type { SendOutcome } from "./send_message.ts";
import { lastSeqOf } from "./thread_state.ts";
import type { WorkspaceModel } from "./workspace_model.ts";

/** Opens a conversation in the list that is shown. */
export async function openConversation(model: WorkspaceModel, id: string): Promise<void> {
  const { navigation } = model;
  navigation.go({ ...navigation.route.peek(), conversationId: id, pane: null });
  await showConversation(model);
}

/** Brings what the address names: its thread, its drafts, its place in the list. */
export async function showConversation(model: WorkspaceModel): Promise<void> {
  const { conversationId } = model.navigation.route.peek();
  if (conversationId === null) return;
  const index = model.conversations.list.peek().ids.indexOf(conversationId);
  const { cursor } = model;
  cursor.value = { ...cursor.peek(), id: conversationId, index: index === -1 ? 0 : index };
  model.composeKind.value = "reply";
  model.composers.open(conversationId, "reply");
  model.composers.open(conversationId, "comment");
  void model.drafts.open(conversationId);
  await model.threads.load(conversationId);
  if (model.navigation.route.peek().conversationId !== conversationId) return;
  model.threads.markNew(conversationId, model.conversations.get(conversationId)?.unread ?? false);
  await markRead(model);
}

/** The agent looks at the open conversation: it is read. */
export async function markRead(model: WorkspaceModel): Promise<void> {
  const conversation = model.current.peek();
  const loaded = model.currentThread.peek();
  if (!conversation?.unread || loaded?.status !== "ready" || document.hidden) return;
  const takeOff = model.conversations.lay(conversation.id, { unread: false });
  const answer = await model.ports.api.markRead(conversation.id, lastSeqOf(loaded.thread));
  if (answer.ok) model.conversations.take(answer.value);
  takeOff();
}

/** Closes or opens one conversation, such as what was just answered. */
export function setStatus(
  model: WorkspaceModel,
  conversation: ApiConversation,
  status: "open" | "closed",
): Promise<boolean> {
  return changeMany(
    model,
    [conversation],
    { status },
    status === "closed" ? "Closed" : "Opened again",
  );
}

/** Asks what may be written to the customer now: a window has closed, or was found to be. */
export async function refreshWindow(model: WorkspaceModel, id: string): Promise<void> {
  const answer = await model.ports.api.conversation(id);
  if (answer.ok) model.conversations.take(answer.value);
}

/** Sends what the composer holds. @returns how it went. */
export async function send(
  model: WorkspaceModel,
  options: {
    readonly thenClose: boolean;
    /** Epoch ms: it leaves then. */
    readonly sendAt?: number | undefined;
  },
): Promise<SendOutcome | null> {
  const conversation = model.current.peek();
  if (conversation === null || !model.data.canWrite) return null;
  const kind = model.composeKind.peek();
  const traits = model.traitsOf(conversation);
  model.jumpToLatest.value++;
  // Comes behind the first screen, before anybody can have written a reply.
  const { sendMessage } = await import("./send_message.ts");
  const outcome = await sendMessage({
    api: model.ports.api,
    composers: model.composers,
    drafts: model.drafts,
    threads: model.threads,
    toasts: model.toasts,
    me: model.data.me,
    keep: (reply) => model.waiting.peek()?.keep(reply) ?? Promise.resolve(false),
    takeBack: (id) => void takeBack(model, id),
    now: () => model.ports.now(),
    newId: () => model.ports.newId(),
  }, {
    conversationId: conversation.id,
    kind,
    undoSeconds: traits.undoSeconds,
    ...(options.sendAt === undefined ? {} : {
      sendAt: options.sendAt,
      scheduledWords: `Scheduled for ${formatUpcoming(options.sendAt, model.clock.peek())}`,
    }),
    defaults: traits.isMail ? model.replies.get(conversation.id) : null,
    isTemplate: kind === "reply" && conversation.window?.state === "template",
  });
  if (outcome.kind === "failed" && outcome.failure.code === "refused") {
    // It may have been the window: what is on screen was older.
    void refreshWindow(model, conversation.id);
  }
  if (outcome.kind === "sent") {
    model.composers.see(conversation.id, conversation.version + 1);
    if (options.thenClose) {
      await setStatus(model, model.conversations.get(conversation.id) ?? conversation, "closed");
    }
  }
  if (outcome.kind === "failed" && outcome.failure.code === "signed_out") signedOut();
  return outcome;
}

/** What waits for a connection goes back into the composer. */
export async function takeBack(model: WorkspaceModel, id: string): Promise<void> {
  const reply = await model.waiting.peek()?.takeBack(id);
  if (!reply) return void model.toasts.show({ icon: "alert", text: "Too late, it is on its way" });
  const { conversationId, input, state } = reply;
  const { id: _, draftId, ...body } = input;
  model.threads.removeMessage(conversationId, id);
  model.drafts.attach(conversationId, input.kind, draftId);
  // It may have arrived although nobody answered: unchanged, it goes out under the same id.
  const lastTry = { id, body: JSON.stringify(body) };
  model.composers.putBack(conversationId, input.kind, state, { lastTry });
}

/** Sends a failed or doubtful reply again. */
export async function retry(model: WorkspaceModel, messageId: string): Promise<void> {
  const answer = await model.threads.takeUnlessTold(() => model.ports.api.retryMessage(messageId));
  if (!answer.ok) fail(model, "Not sent again", answer.error);
}

/** Fetches a missing file of a message from its provider again. */
export async function retryFile(model: WorkspaceModel, attachmentId: string): Promise<void> {
  const answer = await model.threads.takeUnlessTold(() => model.ports.api.retryFile(attachmentId));
  if (!answer.ok) fail(model, "Not loaded again", answer.error);
}

/** Lets mail to a contact's addresses leave again. */
export async function liftBadEmails(model: WorkspaceModel, contactId: string): Promise<void> {
  const answer = await model.ports.api.liftBadEmails(contactId);
  if (answer.ok) model.threads.takeContact(answer.value);
  else fail(model, "Not changed", answer.error);
}

/** Says whose images are always shown, of all of a contact's addresses. */
export async function showImagesOf(
  model: WorkspaceModel,
  contactId: string,
  imagesFrom: readonly string[],
): Promise<void> {
  const answer = await model.ports.api.showImagesFrom(contactId, imagesFrom);
  if (answer.ok) model.threads.takeContact(answer.value);
  else fail(model, "Not changed", answer.error);
}
