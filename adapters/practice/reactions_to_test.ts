import assert from "node:assert/strict";
import fc from "fast-check";
import { eventsFromJson, type InboundEvent, type OutboundPart } from "../../core/channel/mod.ts";
import { PracticeConfig } from "./config.ts";
import { HOSTILE_TEXTS } from "./hostile_texts.ts";
import { reactionsTo } from "./reactions_to.ts";

const NOW = Date.UTC(2026, 2, 2, 12);
const CUSTOMER = { id: "practice 1 1", name: "Tom O’Brien" };
const PART: OutboundPart = {
  outboxId: "msg_1",
  conversationId: "cnv_1",
  conversationNumber: 1,
  createdAt: NOW,
  index: 0,
  recipient: { contactId: "con_1", name: "Tom O’Brien", identities: [] },
  authorName: "Nora Visser",
  text: "Which size do you need?",
  attachments: [],
};

async function eventsAfter(
  part: Partial<OutboundPart>,
  given: object,
  externalId = "practice msg_1",
): Promise<readonly InboundEvent[]> {
  const config = PracticeConfig.parse(given);
  const later = reactionsTo({ ...PART, ...part }, CUSTOMER, { config, externalId, now: NOW });
  const read = await Promise.all(later.map(({ body, at }) => {
    assert.ok(body.length <= 8_000, "it is longer than the contract allows");
    assert.ok(at > NOW);
    return eventsFromJson({ body: new TextEncoder().encode(body), receivedAt: at });
  }));
  return read.flat();
}

Deno.test("reactionsTo() gives events that can be read, whatever is switched on", async () => {
  const switches = [
    ...["repeats", "shuffles", "hostileText", "files", "edits", "reactions", "silences"],
    ...["optOuts", "failures"],
  ];
  const misbehaviour = fc.record(
    Object.fromEntries(switches.map((name) => [name, fc.boolean()])),
    { noNullPrototype: true },
  );
  const text = fc.constantFrom("Which one?", "I will look into it.", "OK.", "Bye!", "");
  await fc.assert(
    fc.asyncProperty(misbehaviour, text, fc.uuid(), async (odd, text, id) => {
      const events = await eventsAfter({ text }, { misbehaviour: odd }, id);
      for (const { type } of events) assert.ok(type !== "ignored" && type !== "unparsable", type);
      const statuses = events.flatMap((one) => one.type === "status" ? [one.status] : []);
      assert.deepEqual([...new Set(statuses)].sort(), ["delivered", "read"]);
    }),
  );
});

Deno.test("reactionsTo() taps one of the quick replies", async () => {
  const quickReplies = [{ title: "Yes", payload: "y" }, { title: "No", payload: "n" }];

  const events = await eventsAfter({ quickReplies }, {});

  const [tap] = events.filter(({ type }) => type === "action");
  assert.ok(tap?.type === "action");
  assert.ok(
    quickReplies.some(({ title, payload }) => title === tap.title && payload === tap.payload),
  );
});

Deno.test("reactionsTo() answers a person, once a message, and no machine", async () => {
  const answers = async (part: Partial<OutboundPart>) =>
    (await eventsAfter(part, {})).filter(({ type }) => type === "message").length;

  assert.equal(await answers({}), 1);
  assert.equal(await answers({ index: 1 }), 0);
  assert.equal(await answers({ isAutomatic: true }), 0);
  assert.equal(await answers({ text: "You’re welcome, see you!" }), 0);
});

/** What customers do to each of many replies with these settings: their deliveries, and what is in them. */
async function reactionsToMany(misbehaviour: object) {
  const config = PracticeConfig.parse({ misbehaviour });
  return await Promise.all(Array.from({ length: 40 }, async (_, n) => {
    const externalId = `practice msg_${n}`;
    const later = reactionsTo(PART, CUSTOMER, { config, externalId, now: NOW });
    const events = await Promise.all(later.map(async ({ body, at }) => {
      const delivery = { body: new TextEncoder().encode(body), receivedAt: at };
      return (await eventsFromJson(delivery)).map((event) => ({ at, event }));
    }));
    return { later, events: events.flat() };
  }));
}

type Reactions = Awaited<ReturnType<typeof reactionsToMany>>[number];

const partsIn = ({ events }: Reactions) =>
  events.flatMap(({ event }) => event.type === "message" ? event.parts : []);

const MISBEHAVIOURS: Readonly<Record<string, (done: Reactions) => boolean>> = {
  repeats: ({ later }) => new Set(later.map(({ body }) => body.trim())).size < later.length,
  shuffles: ({ events }) => {
    const statuses = events.flatMap(({ event, at }) =>
      event.type === "status" ? [{ status: event.status, at }] : []
    );
    return statuses.toSorted((a, b) => a.at - b.at)[0]?.status === "read";
  },
  hostileText: (done) =>
    partsIn(done).some((one) => one.kind === "text" && HOSTILE_TEXTS.includes(one.text)),
  files: (done) => partsIn(done).some(({ kind }) => kind === "media"),
  edits: ({ events }) =>
    events.some(({ event }) =>
      event.type === "message_updated" || event.type === "message_deleted"
    ),
  reactions: ({ events }) => events.some(({ event }) => event.type === "reaction"),
  silences: ({ events }) =>
    events.some(({ event, at }) => event.type === "message" && at > NOW + 3_600_000),
  optOuts: ({ events }) => events.some(({ event }) => event.type === "opt_out"),
};

for (const [name, isDone] of Object.entries(MISBEHAVIOURS)) {
  Deno.test(`reactionsTo() is odd by "${name}" now and then where that is switched on, and never else`, async () => {
    const odd = (await reactionsToMany({ [name]: true })).filter(isDone).length;
    const well = (await reactionsToMany({})).filter(isDone).length;

    assert.ok(odd > 0 && odd < 40, `${odd} of 40`);
    assert.equal(well, 0);
  });
}
