import assert from "node:assert/strict";
import type { ApiMessage } from "../../../core/model/api.ts";
import { err, ok } from "../../../core/result.ts";
import type { ApiFailure } from "./api.ts";
import { sampleConversation, sampleMessage } from "./sample_records.ts";
import { ThreadStore } from "./thread_store.ts";

const CONTACT = {
  id: "con_1",
  name: "Giulia",
  emails: [],
  phones: [],
  identities: [],
  blocked: false,
  createdAt: "",
  updatedAt: "",
};

function createStore() {
  const scene = {
    messages: [sampleMessage(1)] as ApiMessage[],
    next: null as string | null,
    failure: null as ApiFailure | null,
    reads: 0,
  };
  const store = new ThreadStore({
    api: {
      conversation: (id) =>
        Promise.resolve(scene.failure ? err(scene.failure) : ok(sampleConversation(id))),
      messages(_id, beforeSeq) {
        scene.reads++;
        if (scene.failure) return Promise.resolve(err(scene.failure));
        return Promise.resolve(ok(
          beforeSeq === null
            ? { items: scene.messages, next: scene.next }
            : { items: [sampleMessage(beforeSeq - 1)], next: null },
        ));
      },
      contact: () => Promise.resolve(ok(CONTACT)),
      timeline: () =>
        Promise.resolve(ok({
          hidden: 0,
          items: [sampleConversation("cnv_1"), sampleConversation("cnv_old")],
          next: null,
        })),
    },
    me: "usr_me",
    first: null,
    onConversations: () => {},
  });
  const seqs = () => store.get("cnv_1")?.thread.messages.map(({ seq }) => seq);
  return { store, scene, seqs };
}

Deno.test("load() reads a thread once, also when asked twice at the same time", async () => {
  const { store, scene, seqs } = createStore();

  await Promise.all([store.load("cnv_1"), store.load("cnv_1")]);
  await store.load("cnv_1");

  assert.equal(scene.reads, 1);
  assert.deepEqual(seqs(), [1]);
});

Deno.test("load() brings the contact and their other conversations", async () => {
  const { store } = createStore();

  await store.load("cnv_1");
  await new Promise((resolve) => setTimeout(resolve));

  assert.equal(store.get("cnv_1")?.contact?.name, "Giulia");
  assert.deepEqual(store.get("cnv_1")?.past.map(({ id }) => id), ["cnv_old"]);
});

Deno.test("load() reads a stale thread again and keeps it on screen meanwhile", async () => {
  const { store, scene, seqs } = createStore();
  await store.load("cnv_1");
  store.markAllStale();
  scene.messages = [sampleMessage(1), sampleMessage(2)];

  const loading = store.load("cnv_1");
  assert.equal(store.get("cnv_1")?.status, "ready");
  await loading;

  assert.deepEqual(seqs(), [1, 2]);
  assert.equal(store.get("cnv_1")?.isStale, false);
});

Deno.test("load() tells a missing thread from a failed one, and a stale copy stays when offline", async () => {
  const { store, scene } = createStore();
  await store.load("cnv_1");
  store.markAllStale();
  scene.failure = { code: "offline" };

  await store.load("cnv_1");
  await store.load("cnv_2");
  scene.failure = { code: "refused", status: 404, detail: "no" };
  await store.load("cnv_3");

  assert.equal(store.get("cnv_1")?.status, "ready");
  assert.equal(store.get("cnv_2")?.status, "failed");
  assert.equal(store.get("cnv_3")?.status, "missing");
});

Deno.test("loadOlder() puts the page before the first message", async () => {
  const { store, scene, seqs } = createStore();
  scene.messages = [sampleMessage(5)];
  scene.next = "4";
  await store.load("cnv_1");

  await Promise.all([store.loadOlder("cnv_1"), store.loadOlder("cnv_1")]);

  assert.deepEqual(seqs(), [4, 5]);
});

Deno.test("take() adds to held threads only", async () => {
  const { store, seqs } = createStore();
  store.take(sampleMessage(9));
  assert.equal(store.get("cnv_1"), undefined);
  await store.load("cnv_1");

  store.take(sampleMessage(2));

  assert.deepEqual(seqs(), [1, 2]);
});

Deno.test("ThreadStore forgets the threads unused for longest", async () => {
  const { store } = createStore();

  for (let n = 0; n < 45; n++) await store.load(`cnv_${n}`);

  assert.equal(store.threads.value.size, 40);
  assert.equal(store.get("cnv_0"), undefined);
  assert.notEqual(store.get("cnv_44"), undefined);
});

Deno.test("ThreadStore.takeUnlessTold() keeps what an event told while the answer was on its way", async () => {
  const { store } = createStore();
  await store.load("cnv_1");
  const before = sampleMessage(1);
  const loading = { ...before, text: "loading" };
  const there = { ...before, text: "there" };
  const textOf = () => store.get(before.conversationId)?.thread.messages[0]?.text;

  await store.takeUnlessTold(() => Promise.resolve(ok(loading)));
  assert.equal(textOf(), "loading");
  await store.takeUnlessTold(() => {
    store.take(there);
    return Promise.resolve(ok(loading));
  });

  assert.equal(textOf(), "there");
});
