import assert from "node:assert/strict";
import fc from "fast-check";
import type { ApiMessage } from "@/core/model/api.ts";
import { err, ok, type Result } from "@/core/result.ts";
import type { ApiFailure } from "../workspace/api.ts";
import type { ReplyBox, WaitingReply } from "./waiting_reply.ts";
import { WaitingStore } from "./waiting_store.ts";

function openBox(): ReplyBox & { readonly kept: Map<string, WaitingReply> } {
  const kept = new Map<string, WaitingReply>();
  return {
    kept,
    all: () => Promise.resolve([...kept.values()].sort((a, b) => a.queuedAt - b.queuedAt)),
    put: (reply) => Promise.resolve(void kept.set(reply.id, reply)),
    remove: (id) => Promise.resolve(void kept.delete(id)),
  };
}

/** One lock for all pages of a browser. */
function openLock() {
  let last = Promise.resolve();
  return (run: () => Promise<void>) => last = last.then(run);
}

// Only what the store looks at; the rest goes through it untouched.
function reply(id: string, queuedAt: number): Omit<WaitingReply, "userId"> {
  return { id, queuedAt, conversationId: "cnv_1" } as Omit<WaitingReply, "userId">;
}

/** A server that takes each id once and may be out of reach, or lose its answer. */
function openServer() {
  const taken: string[] = [];
  const server = {
    taken,
    fate: "answers" as "answers" | "away" | "loses_answer",
    refuses: new Map<string, ApiFailure>(),
    send({ id }: WaitingReply): Promise<Result<ApiMessage, ApiFailure>> {
      const refusal = server.refuses.get(id);
      if (server.fate === "away") return Promise.resolve(err({ code: "offline" }));
      if (refusal) return Promise.resolve(err(refusal));
      if (!taken.includes(id)) taken.push(id);
      if (server.fate === "loses_answer") return Promise.resolve(err({ code: "offline" }));
      return Promise.resolve(ok({ id } as ApiMessage));
    },
  };
  return server;
}

function openPage(
  { box = openBox(), server = openServer(), lock = openLock(), userId = "usr_1" } = {},
) {
  const sent: string[] = [];
  const returned: string[] = [];
  const store = new WaitingStore({
    box,
    userId,
    send: (reply) => server.send(reply),
    exclusively: lock,
    onSent: ({ id }) => void sent.push(id),
    onReturned: ({ id }, failure) => void returned.push(`${id} ${failure.code}`),
  });
  return { store, box, server, sent, returned, lock };
}

Deno.test("WaitingStore.flush() sends in order, once, what was kept while nobody answered", async () => {
  const { store, box, server, sent } = openPage();
  server.fate = "away";
  await store.keep(reply("b", 2));
  await store.keep(reply("a", 1));
  await store.flush();
  assert.equal(store.of("cnv_1").length, 2);

  server.fate = "answers";
  await Promise.all([store.flush(), store.flush()]);
  await store.flush();

  assert.deepEqual(sent, ["a", "b"]);
  assert.deepEqual(server.taken, ["a", "b"]);
  assert.equal(box.kept.size, 0);
  assert.deepEqual(store.replies.value, []);
});

Deno.test("WaitingStore.flush() gives back what is refused, and goes on", async () => {
  const { store, box, server, sent, returned } = openPage();
  await store.keep(reply("a", 1));
  await store.keep(reply("b", 2));
  server.refuses.set("a", { code: "moved_on", version: 3, messages: [] });

  await store.flush();

  assert.deepEqual(returned, ["a moved_on"]);
  assert.deepEqual(sent, ["b"]);
  assert.equal(box.kept.size, 0);
});

Deno.test("WaitingStore sends nobody else's replies, and keeps its own while signed out", async () => {
  const box = openBox();
  const lock = openLock();
  const ana = openPage({ box, lock, userId: "usr_ana" });
  const bo = openPage({ box, lock, userId: "usr_bo" });
  await ana.store.keep(reply("a", 1));

  await bo.store.flush();
  ana.server.refuses.set("a", { code: "signed_out" });
  await ana.store.flush();

  assert.deepEqual(bo.server.taken, []);
  assert.deepEqual(bo.store.replies.value, []);
  assert.equal(box.kept.size, 1);
});

Deno.test("WaitingStore.takeBack() gives it back once, and never after it was sent", async () => {
  const { store, server } = openPage();
  await store.keep(reply("a", 1));
  await store.keep(reply("b", 2));

  assert.equal((await store.takeBack("a"))?.id, "a");
  assert.equal(await store.takeBack("a"), null);
  const [, late] = await Promise.all([store.flush(), store.takeBack("b")]);

  assert.deepEqual(server.taken.includes("b"), late === null);
});

Deno.test("WaitingStore.keep() says when the browser has no room", async () => {
  const box = openBox();
  const { store } = openPage({
    box: { ...box, put: () => Promise.reject(new DOMException("full", "QuotaExceededError")) },
  });

  assert.equal(await store.keep(reply("a", 1)), false);
});

Deno.test("two pages and any weather: each reply arrives once and none is lost", async () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant("write" as const), page: fc.nat(1) }),
    fc.record({ kind: fc.constant("flush" as const), page: fc.nat(1) }),
    fc.record({
      kind: fc.constant("weather" as const),
      fate: fc.constantFrom("answers" as const, "away" as const, "loses_answer" as const),
    }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
      const box = openBox();
      const server = openServer();
      const lock = openLock();
      const pages = [openPage({ box, server, lock }), openPage({ box, server, lock })];
      const written: string[] = [];
      const running: Promise<unknown>[] = [];
      for (const step of steps) {
        if (step.kind === "weather") server.fate = step.fate;
        else if (step.kind === "flush") {
          running.push(pages[step.page]?.store.flush() ?? lock(async () => {}));
        } else {
          const id = `m${written.length}`;
          written.push(id);
          await pages[step.page]?.store.keep(reply(id, written.length));
        }
      }
      await Promise.all(running);
      server.fate = "answers";
      for (const { store } of pages) await store.flush();

      assert.deepEqual([...server.taken].sort(), [...written].sort());
      assert.equal(box.kept.size, 0);
    }),
    { numRuns: 200 },
  );
});
