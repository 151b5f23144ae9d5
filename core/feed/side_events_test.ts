import assert from "node:assert/strict";
import { fakePorts } from "../../tests/fakes/ports.ts";
import type { Principal } from "../access/mod.ts";
import { createPresence } from "../events/mod.ts";
import type { Conversation } from "../model/conversation.ts";
import { SideEvents } from "./side_events.ts";

const TOKEN: Principal = { type: "token", id: "tok_1", name: "bot", role: "owner" };

Deno.test("SideEvents.next() gives the source's values in order, and its end", async () => {
  const { side } = open(values(1, 2));

  assert.equal((await side.next())?.value, 1);
  assert.equal((await side.next())?.value, 2);
  assert.equal((await side.next())?.done, true);
});

Deno.test("SideEvents.next() wakes for typing without losing the value that comes later", async () => {
  const later = Promise.withResolvers<IteratorResult<number, void>>();
  const { side, presence } = open({ next: () => later.promise });

  const woken = side.next();
  presence.setTyping(sign("cnv_1", "con_1"));
  presence.setTyping(sign("cnv_hidden", "con_1"));

  assert.equal(await woken, null);
  assert.deepEqual(side.takeTyping(), [sign("cnv_1", "con_1")]);
  assert.deepEqual(side.takeTyping(), []);
  later.resolve({ done: false, value: 7 });
  assert.equal((await side.next())?.value, 7);
});

Deno.test("SideEvents tells counts once for all changes of a quarter second", async () => {
  const { side, ports } = open({ next: () => new Promise(() => {}) });

  side.countsChanged();
  side.countsChanged();
  assert.equal(side.takeCountsDue(), false);
  ports.clock.advance(250);

  assert.equal(await side.next(), null);
  assert.equal(side.takeCountsDue(), true);
  assert.equal(side.takeCountsDue(), false);
  assert.equal(ports.clock.nextAlarmAt, null);
});

Deno.test("SideEvents.next() throws what the source throws", async () => {
  const { side } = open({ next: () => Promise.reject(new Error("broken")) });

  await assert.rejects(side.next(), /broken/);
});

Deno.test("SideEvents leaves no alarm behind", () => {
  const { side, ports } = open(values());
  side.countsChanged();

  side[Symbol.dispose]();

  assert.equal(ports.clock.nextAlarmAt, null);
});

function open(source: AsyncIterator<number, void>) {
  const ports = fakePorts();
  const presence = createPresence(ports);
  const live = {
    // Only the inbox is looked at.
    get: (id: string) => id === "cnv_1" ? { id, inboxId: "inb_1" } as Conversation : null,
  };
  return { side: new SideEvents(source, TOKEN, { ports, presence, live }), ports, presence };
}

async function* values(...items: readonly number[]): AsyncGenerator<number, void> {
  yield* await Promise.resolve(items);
}

function sign(conversationId: string, id: string) {
  return { conversationId, who: { type: "contact" as const, id, name: "Ada" }, isTyping: true };
}
