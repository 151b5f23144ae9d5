import { effect } from "@preact/signals";
// Drawn by the composer once something waits: there is no connection to fetch it by then.
import "../workspace/WaitingNotice.tsx";
import { failureWords, leftovers } from "../workspace/send_message.ts";
import type { WorkspaceModel } from "../workspace/workspace_model.ts";
import { openReplyBox } from "./open_reply_box.ts";
import { REPLIES } from "./waiting_reply.ts";
import { WaitingStore } from "./waiting_store.ts";

/** Brings back what waits and sends it whenever there is a connection. Rejects where the browser keeps nothing. */
export async function startWaiting(model: WorkspaceModel): Promise<Disposable> {
  const { threads, composers, toasts, conversations, ports } = model;
  const store = new WaitingStore({
    box: await openReplyBox(indexedDB),
    userId: model.data.me.id,
    send: ({ conversationId, input }) => ports.api.sendMessage(conversationId, input),
    exclusively,
    onSent(message) {
      threads.takeAnswer(message);
    },
    onReturned(reply, failure) {
      const { conversationId, state, id } = reply;
      const { draftId, ...input } = reply.input;
      threads.removeMessage(conversationId, id);
      model.drafts.attach(conversationId, input.kind, draftId);
      composers.putBack(conversationId, input.kind, state, leftovers(failure, input));
      const name = conversations.get(conversationId)?.contactName ?? "a customer";
      toasts.show({
        icon: "alert",
        text: `Your words to ${name} are back in the composer. ${failureWords(failure)}`,
        lastsMs: 15_000,
      });
    },
  });
  await store.refresh();
  model.waiting.value = store;
  // Only in secure contexts; what it is for works without it while a page is open.
  void navigator.serviceWorker?.register("/sw.js").catch(() => {});

  const ends = new DisposableStack();
  ends.defer(() => model.waiting.value = null);
  // In the open thread it is seen, also after a reload.
  ends.defer(effect(() => {
    const loaded = model.currentThread.value;
    const open = model.current.value;
    if (open === null || loaded?.status !== "ready") return;
    const known = new Set(
      [...loaded.thread.sending, ...loaded.thread.messages].map(({ id }) => id),
    );
    for (const { id, shown } of store.of(open.id)) if (!known.has(id)) threads.addSending(shown);
  }));
  ends.defer(effect(() => {
    if (model.link.value.kind === "live") void store.flush();
  }));
  ends.defer(effect(() => {
    if (store.replies.value.length > 0) void requestSync();
  }));
  ends.defer(warnBeforeSignOut(store));
  return ends;
}

/** Over all pages of this browser and its service worker. */
async function exclusively(run: () => Promise<void>): Promise<void> {
  // Only in secure contexts; without it a reply may be asked for twice, which the server takes once.
  if (!("locks" in navigator)) return await run();
  await navigator.locks.request(REPLIES, run);
}

/** Where the browser can, it sends them after the page is closed. */
async function requestSync(): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration();
  // Not in the types: only some browsers have it.
  const { sync } = (registration ?? {}) as {
    readonly sync?: { register(tag: string): Promise<void> };
  };
  await sync?.register(REPLIES).catch(() => {});
}

/** They leave only while their author is signed in here. */
function warnBeforeSignOut(store: WaitingStore): () => void {
  const onSubmit = (event: SubmitEvent) => {
    const form = event.target;
    // Not `form.action`: a field of that name stands before it.
    if (!(form instanceof HTMLFormElement) || form.getAttribute("action") !== "/sign-out") return;
    const count = store.replies.peek().length;
    if (count === 0) return;
    const what = count === 1 ? "1 reply waits" : `${count} replies wait`;
    const words =
      `${what} for a connection and will not leave before you sign in here again. Sign out?`;
    if (!confirm(words)) event.preventDefault();
  };
  document.addEventListener("submit", onSubmit);
  return () => document.removeEventListener("submit", onSubmit);
}
