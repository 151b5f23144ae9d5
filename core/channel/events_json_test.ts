import assert from "node:assert/strict";
import fc from "fast-check";
import { InboundEvent } from "./events.ts";
import { eventsFromJson, MAX_EVENTS } from "./events_json.ts";

const AT = 1_772_452_800_000;
const MESSAGE = {
  type: "message",
  externalId: "m1",
  occurredAt: AT,
  direction: "in",
  sender: { identities: [{ kind: "external", value: "u1", verified: true }], name: "Ana" },
  hints: [{ by: "thread", threadKey: "u1", how: "their chat" }],
  parts: [{ kind: "text", text: "Hello" }],
};

async function read(value: unknown): Promise<readonly InboundEvent[]> {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return await eventsFromJson({ body: new TextEncoder().encode(text), receivedAt: AT });
}

async function reasonOf(event: unknown): Promise<string> {
  const [first] = await read({ events: [event] });
  return first?.type === "ignored" ? first.reason : `taken as ${first?.type}`;
}

Deno.test("eventsFromJson() gives events as they are, and files their bytes", async () => {
  const file = { kind: "media", name: "a.txt", type: "text/plain" };
  const events = await read({
    events: [
      { ...MESSAGE, parts: [...MESSAGE.parts, { ...file, base64: "aGk=" }] },
      { ...MESSAGE, externalId: "m2", parts: [{ ...file, ref: "https://files.example/a.txt" }] },
    ],
  });

  assert.deepEqual(events, [
    { ...MESSAGE, parts: [...MESSAGE.parts, { ...file, bytes: new Uint8Array([104, 105]) }] },
    { ...MESSAGE, externalId: "m2", parts: [{ ...file, ref: "https://files.example/a.txt" }] },
  ]);
});

const ANA = { kind: "psid", value: "ana", verified: true };
const OPT_OUT = { type: "opt_out", externalId: "o1", occurredAt: AT };

Deno.test("eventsFromJson() ignores what is no event and says why, and takes the others", async () => {
  const events = await read({
    events: [MESSAGE, { type: "moon_phase" }, null, { ...MESSAGE, externalId: "m2" }],
  });

  assert.deepEqual(events.map(({ type }) => type), ["message", "ignored", "ignored", "message"]);
  assert.equal(new Set(events.map(({ externalId }) => externalId)).size, 4);
  const cases: readonly [event: unknown, reason: RegExp][] = [
    [{ type: "moon_phase" }, /^of an unknown kind$/],
    [[], /^not an event$/],
    [{ ...MESSAGE, externalId: undefined }, /^externalId: /],
    [{ ...MESSAGE, occurredAt: "today" }, /^occurredAt: /],
    [{ ...MESSAGE, surprise: 1 }, /surprise/],
    [{ ...MESSAGE, parts: [{ kind: "text" }] }, /^parts\.0\.text: /],
    [{ ...MESSAGE, sender: { identities: [{ ...ANA, kind: "k".repeat(3_000) }] } }, /^sender\./],
    [{ ...MESSAGE, clientId: "c".repeat(1_000) }, /^clientId: /],
    [{ ...OPT_OUT, identities: Array(6).fill(ANA) }, /^identities: /],
    [{ type: "unparsable", externalId: "x", occurredAt: AT, reason: "so there" }, /^so there$/],
  ];
  for (const [event, reason] of cases) assert.match(await reasonOf(event), reason);
});

Deno.test("eventsFromJson() lets nobody name attachments of ours or speak for mail", async () => {
  const file = { kind: "media", name: "a", type: "text/plain" };
  const withFile = (more: object) => ({ ...MESSAGE, parts: [{ ...file, ...more }] });
  const verdict = { by: "me", isSpam: false };

  assert.match(await reasonOf(withFile({ attachmentId: "att_1" })), /base64/);
  assert.match(await reasonOf(withFile({ ref: "x", attachmentId: "att_1" })), /base64/);
  assert.match(await reasonOf(withFile({ bytes: { 0: 1 } })), /base64/);
  assert.match(await reasonOf(withFile({ base64: "***" })), /base64/);
  assert.match(await reasonOf(withFile({})), /base64/);
  const form = { type: "submission", externalId: "f1", occurredAt: AT, identities: [], fields: [] };
  assert.match(await reasonOf({ ...form, files: [{ ...file, attachmentId: "att_1" }] }), /base64/);
  assert.equal(
    await reasonOf({ ...form, files: [{ ...file, base64: "" }] }),
    "taken as submission",
  );
  assert.match(await reasonOf({ ...MESSAGE, verdict }), /mail only/);
  assert.match(await reasonOf({ ...MESSAGE, agentMail: { is: "notice", code: "c" } }), /mail only/);
});

Deno.test("eventsFromJson() says what is no delivery", async () => {
  const one = async (value: unknown) => (await read(value))[0]?.type;

  for (const given of ["", "null", "[]", "{", '{"events":1}', "[".repeat(100_000)]) {
    assert.equal(await one(given), "unparsable", given.slice(0, 20));
  }
  assert.equal(await one({ events: Array(MAX_EVENTS + 1).fill(MESSAGE) }), "unparsable");
  assert.equal(await one({ events: [] }), "ignored");
});

Deno.test("eventsFromJson() gives only events, whatever stands in them", async () => {
  const wild = fc.dictionary(
    fc.constantFrom(...Object.keys(MESSAGE)),
    fc.oneof(fc.jsonValue(), fc.constantFrom(...Object.values(MESSAGE))),
  );
  await fc.assert(fc.asyncProperty(fc.array(wild, { maxLength: 5 }), async (events) => {
    const read_ = await read({ events });

    assert.equal(read_.length, Math.max(events.length, 1));
    for (const event of read_) assert.ok(InboundEvent.safeParse(event).success);
  }));
});
