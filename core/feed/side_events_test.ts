import assert from "node:assert/strict";
import { fakePorts } from "../../tests/fakes/ports.ts";
import type { Principal } from "../access/mod.ts";
import type { DraftNews } from "../drafts/mod.ts";
import { createPresence } from "../events/mod.ts";
import type { Conversation } from "../model/conversation.ts";
import { Attendance } from "../presence/mod.ts";
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

function open(source: AsyncIterator<number, void>, principal: Principal = TOKEN) {
  const ports = fakePorts();
  const presence = createPresence(ports);
  const live = {
    // Only the inbox is looked at.
    get: (id: string) => id === "cnv_1" ? { id, inboxId: "inb_1" } as Conversation : null,
  };
  const attendance = new Attendance({
    ports,
    typing: presence,
    refresh: () => Promise.resolve(null),
  });
  const drafts = new Set<(news: DraftNews) => void>();
  const desk = {
    attendance,
    onDraft(listener: (news: DraftNews) => void) {
      drafts.add(listener);
      return () => void drafts.delete(listener);
    },
  };
  return {
    side: new SideEvents(source, principal, { ports, presence, live, desk }),
    tellDraft: (news: DraftNews) => drafts.forEach((listener) => listener(news)),
    attendance,
    ports,
    presence,
  };
}

Deno.test("SideEvents tells who else is in a conversation the caller may read, and that they left", () => {
  const { side, attendance } = open({ next: () => new Promise(() => {}) }, user("usr_1"));
  const ana = { id: "usr_2", name: "usr_2", state: "viewing" };

  attendance.say({ conversationId: "cnv_1", inboxId: "inb_1" }, user("usr_1"), "t", "viewing");
  assert.deepEqual(side.takePeople(), []);
  attendance.say({ conversationId: "cnv_2", inboxId: "inb_2" }, user("usr_2"), "t", "viewing");
  attendance.say({ conversationId: "cnv_done", inboxId: "inb_1" }, user("usr_2"), "t", "viewing");

  assert.deepEqual(side.takePeople(), [{ conversationId: "cnv_done", people: [ana] }]);
  attendance.say({ conversationId: "cnv_done", inboxId: "inb_1" }, user("usr_2"), "t", "left");
  attendance.stop();
  assert.deepEqual(side.takePeople(), []);
});

Deno.test("SideEvents begins with who is where already", async () => {
  const { attendance, ports, presence } = open({ next: () => new Promise(() => {}) });
  attendance.say({ conversationId: "cnv_1", inboxId: "inb_1" }, user("usr_2"), "t", "idle");
  const desk = { attendance, onDraft: () => () => {} };
  const live = { get: () => null };

  const late = new SideEvents({ next: () => new Promise<never>(() => {}) }, TOKEN, {
    ports,
    presence,
    live,
    desk,
  });

  assert.equal(await late.next(), null);
  assert.equal(late.takePeople()[0]?.people[0]?.state, "idle");
  attendance.stop();
});

Deno.test("SideEvents tells a draft to its author only, and only how it is now", () => {
  const own = open({ next: () => new Promise(() => {}) }, user("usr_1"));
  const others = open({ next: () => new Promise(() => {}) }, user("usr_2"));
  const place = { conversationId: "cnv_1", userId: "usr_1", kind: "reply", draftId: "d1" } as const;

  for (const { tellDraft } of [own, others]) {
    tellDraft({ ...place, draft: null });
    tellDraft({ ...place, draftId: "d2", draft: null });
  }

  assert.deepEqual(own.side.takeDrafts().map(({ draftId }) => draftId), ["d2"]);
  assert.deepEqual(others.side.takeDrafts(), []);
});

function user(id: string): Extract<Principal, { type: "user" }> {
  return {
    type: "user",
    user: {
      id,
      name: id,
      email: `${id}@parley.example`,
      role: "agent",
      active: true,
      availability: "available",
      meetingLink: null,
      avatarAttachmentId: null,
      createdAt: 0,
      updatedAt: 0,
    },
    inboxIds: new Set(["inb_1"]),
    sessionHash: id,
  };
}

async function* values(...items: readonly number[]): AsyncGenerator<number, void> {
  yield* await Promise.resolve(items);
}

function sign(conversationId: string, id: string) {
  return { conversationId, who: { type: "contact" as const, id, name: "Ada" }, isTyping: true };
}
