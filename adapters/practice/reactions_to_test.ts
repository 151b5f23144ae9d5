import assert from "node:assert/strict";
import fc from "fast-check";
import { eventsFromJson, type InboundEvent, type OutboundPart } from "../../core/channel/mod.ts";
import { PracticeConfig } from "./config.ts";
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
