import assert from "node:assert/strict";
import { fakePorts } from "../../tests/fakes/ports.ts";
import type { Principal } from "../access/mod.ts";
import { createPresence } from "../events/mod.ts";
import { Attendance, IDLE_MS, REPEAT_MS, type UserPrincipal, VIEWING_MS } from "./attendance.ts";

const HERE = { conversationId: "cnv_1", inboxId: "inb_1" };

Deno.test("Attendance counts somebody with several tabs once, as long as one of them is there", () => {
  const { attendance, names } = open();
  attendance.say(HERE, user("ana"), "one", "viewing");
  attendance.say(HERE, user("ana"), "two", "idle");
  attendance.say(HERE, user("bo"), "one", "idle");

  assert.deepEqual(names(), ["ana viewing", "bo idle"]);
  attendance.say(HERE, user("ana"), "one", "left");
  assert.deepEqual(names(), ["ana idle", "bo idle"]);
  attendance.say(HERE, user("ana"), "two", "left");
  assert.deepEqual(names(), ["bo idle"]);
  attendance.stop();
});

Deno.test("Attendance forgets whoever says nothing any more", () => {
  const { attendance, ports, names } = open();
  attendance.say(HERE, user("ana"), "one", "viewing");
  attendance.say(HERE, user("bo"), "one", "idle");

  ports.clock.advance(VIEWING_MS - 1);
  assert.deepEqual(names(), ["ana viewing", "bo idle"]);
  ports.clock.advance(1);
  assert.deepEqual(names(), ["bo idle"]);
  ports.clock.advance(IDLE_MS);
  assert.deepEqual(names(), []);
  ports.clock.advance(REPEAT_MS);
  assert.equal(ports.clock.nextAlarmAt, null);
});

Deno.test("Attendance tells of a change at once, then at most every 2 s, and never of none", () => {
  const { attendance, ports, told } = open();
  attendance.say(HERE, user("ana"), "one", "viewing");
  for (let n = 0; n < 30; n++) {
    ports.clock.advance(100);
    attendance.say(HERE, user("ana"), "one", n % 2 === 0 ? "idle" : "viewing");
  }

  assert.equal(told.length, 2);
  ports.clock.advance(REPEAT_MS);
  const before = told.length;
  for (let n = 0; n < 5; n++) {
    attendance.say(HERE, user("ana"), "one", "viewing");
    ports.clock.advance(10_000);
  }
  assert.equal(told.length, before);
  attendance.say(HERE, user("ana"), "one", "left");
  assert.equal(told.length, before + 1);
  attendance.stop();
});

Deno.test("Attendance tells typing from an unsent draft from looking", () => {
  const { attendance, ports, names } = open();
  attendance.say(HERE, user("ana"), "one", "viewing");
  attendance.say(HERE, user("ana"), "one", "typing");
  attendance.setDrafting("cnv_1", "ana", true);

  assert.deepEqual(names(), ["ana typing"]);
  ports.clock.advance(6_000);
  assert.deepEqual(names(), ["ana drafting"]);
  attendance.setDrafting("cnv_1", "ana", false);
  assert.deepEqual(names(), ["ana viewing"]);
  attendance.stop();
});

Deno.test("Attendance shows who types to the customer, also without a word of their tab", () => {
  const { attendance, ports, names, typing, told } = open();
  const who = { type: "user", id: "ana", name: "ana" } as const;
  typing.setTyping({ conversationId: "cnv_1", who, isTyping: true });
  typing.setTyping({
    conversationId: "cnv_1",
    who: { type: "contact", id: "vis", name: "V" },
    isTyping: true,
  });

  assert.deepEqual(names(), ["ana typing"]);
  assert.deepEqual(told, ["cnv_1"]);
  ports.clock.advance(6_000);
  assert.deepEqual(names(), []);
  attendance.stop();
});

Deno.test("Attendance.checkAccess() lets go of whoever signed out or lost the inbox", async () => {
  const gone = new Set<string>();
  const { attendance, names } = open(({ type, ...rest }) => {
    if (type !== "user" || !("sessionHash" in rest)) return null;
    return gone.has(rest.sessionHash) ? null : { type, ...rest };
  });
  attendance.say(HERE, user("ana"), "one", "viewing");
  attendance.say(HERE, user("bo"), "one", "viewing");
  attendance.say(HERE, user("cy", ["inb_2"]), "one", "viewing");

  await attendance.checkAccess();
  assert.deepEqual(names(), ["ana viewing", "bo viewing"]);
  gone.add("session-bo");
  await attendance.checkAccess();

  assert.deepEqual(names(), ["ana viewing"]);
  attendance.stop();
});

Deno.test("Attendance keeps bounded memory for one who opens ever new tabs", () => {
  const { attendance } = open();
  for (let n = 0; n < 500; n++) {
    attendance.say({ ...HERE, conversationId: `cnv_${n}` }, user("ana"), `tab ${n}`, "viewing");
  }

  assert.equal(attendance.conversationIds().size, 50);
  attendance.stop();
});

Deno.test("Attendance joins what other processes say, until that runs out", () => {
  const { attendance, ports, names, told } = open();
  const bo = { ...HERE, id: "bo", name: "bo", state: "drafting" } as const;
  attendance.say(HERE, user("ana"), "one", "viewing");
  attendance.setRemote("own_2", [bo], ports.clock.now() + 5_000);

  assert.deepEqual(names(), ["ana viewing", "bo drafting"]);
  assert.equal(attendance.localPlaces().length, 1);
  ports.clock.advance(5_000);
  assert.deepEqual(names(), ["ana viewing"]);
  assert.ok(told.length >= 2);
  attendance.stop();
});

function open(refresh: (principal: Principal) => Principal | null = (principal) => principal) {
  const ports = fakePorts();
  const typing = createPresence(ports);
  const attendance = new Attendance({
    ports,
    typing,
    refresh: (principal) => Promise.resolve(refresh(principal)),
  });
  const told: string[] = [];
  attendance.onChange((id) => void told.push(id));
  const names = () => attendance.peopleIn("cnv_1").map(({ name, state }) => `${name} ${state}`);
  return { attendance, ports, typing, told, names };
}

function user(id: string, inboxIds: readonly string[] = ["inb_1"]): UserPrincipal {
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
    inboxIds: new Set(inboxIds),
    sessionHash: `session-${id}`,
  };
}
