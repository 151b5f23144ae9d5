import assert from "node:assert/strict";
import { ok } from "../../../core/result.ts";
import type { ApiConversation } from "../../../core/model/api.ts";
import type { Api } from "./api.ts";
import { ConversationStore } from "./conversation_store.ts";
import { minute, sampleConversation } from "./sample_records.ts";

const NAME = { scope: "all", view: "open", sort: "newest" } as const;
const ids = (store: ConversationStore) => store.rows.value.map(({ id }) => id);

/** @param pages by cursor; "" is the first. */
function createStore(
  items: readonly ApiConversation[],
  pages: Record<string, { items: ApiConversation[]; next: string | null }> = {},
) {
  const asked: string[] = [];
  const store = new ConversationStore({
    api: {
      conversations(name, cursor) {
        asked.push(`${name.view} ${cursor ?? ""}`);
        return Promise.resolve(ok(pages[cursor ?? ""] ?? { items: [], next: null }));
      },
      counts: () => Promise.resolve(ok({})),
    },
    rules: { me: "usr_me", now: () => 0, savedFilter: () => null },
    name: NAME,
    page: { items, next: items.length > 0 && pages.more ? "more" : null },
    counts: {},
  });
  return { store, asked };
}

Deno.test("ConversationStore shows an optimistic change, and takes it off again when refused", () => {
  const { store } = createStore([sampleConversation("a"), sampleConversation("b")]);

  const takeOff = store.lay("a", { status: "closed" });
  assert.deepEqual(ids(store), ["b"]);
  assert.equal(store.get("a")?.status, "closed");
  takeOff();

  assert.equal(store.get("a")?.status, "open");
  assert.deepEqual(ids(store), ["a", "b"]);
});

Deno.test("ConversationStore keeps an optimistic change over an event about something else", () => {
  const { store } = createStore([sampleConversation("a"), sampleConversation("b")]);
  store.lay("a", { assigneeId: "usr_me" });

  store.take(sampleConversation("a", { preview: "newer", updatedAt: minute(3) }));

  assert.equal(store.get("a")?.assigneeId, "usr_me");
  assert.equal(store.get("a")?.preview, "newer");
});

Deno.test("ConversationStore ignores what is older than it knows", () => {
  const { store } = createStore([sampleConversation("a", { updatedAt: minute(5) })]);

  store.take(sampleConversation("a", { preview: "old", updatedAt: minute(4) }));

  assert.equal(store.get("a")?.preview, "Ciao");
});

Deno.test("ConversationStore lets nothing vanish while the list is held", () => {
  const { store } = createStore([sampleConversation("a"), sampleConversation("b")]);
  store.hold(true);

  store.take(sampleConversation("a", { status: "closed", updatedAt: minute(3) }));
  assert.deepEqual(ids(store), ["a", "b"]);
  store.hold(false);

  assert.deepEqual(ids(store), ["b"]);
});

Deno.test("loadMore() reads each page once", async () => {
  const { store, asked } = createStore([sampleConversation("a")], {
    more: { items: [sampleConversation("b")], next: null },
  });

  await Promise.all([store.loadMore(), store.loadMore()]);
  await store.loadMore();

  assert.deepEqual(ids(store), ["a", "b"]);
  assert.deepEqual(asked, ["open more"]);
});

Deno.test("open() shows what it knows of a list before the server answers", async () => {
  const { store } = createStore([sampleConversation("a"), sampleConversation("b")], {
    "": { items: [sampleConversation("b")], next: null },
  });
  await store.open({ ...NAME, view: "mine" });

  const opening = store.open(NAME);

  assert.deepEqual(ids(store), ["a", "b"]);
  await opening;
  assert.deepEqual(ids(store), ["b"]);
});

Deno.test("refresh() of a list that was left meanwhile changes nothing", async () => {
  const slow = Promise.withResolvers<Awaited<ReturnType<Api["conversations"]>>>();
  const store = new ConversationStore({
    api: {
      conversations: (name) =>
        name.view === "open" ? slow.promise : Promise.resolve(ok({
          items: [sampleConversation("mine", { assigneeId: "usr_me" })],
          next: null,
        })),
      counts: () => Promise.resolve(ok({})),
    },
    rules: { me: "usr_me", now: () => 0, savedFilter: () => null },
    name: NAME,
    page: { items: [], next: null },
    counts: {},
  });

  const refreshing = store.refresh();
  await store.open({ ...NAME, view: "mine" });
  slow.resolve(ok({ items: [sampleConversation("late")], next: null }));
  await refreshing;

  assert.deepEqual(ids(store), ["mine"]);
});
