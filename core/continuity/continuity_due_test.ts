import assert from "node:assert/strict";
import fc from "fast-check";
import {
  ASK_AGAIN_MS,
  continuityDue,
  type ContinuityFacts,
  MAIL_GAP_MS,
  MAX_AGE_MS,
  MAX_ANSWERS,
} from "./continuity_due.ts";

const NOW = Date.UTC(2026, 2, 2, 9);
const MINUTE_MS = 60_000;
const ADDRESS = { isProven: true, isBad: false, isStopped: false, quietUntil: null };
const DUE: ContinuityFacts = {
  now: NOW,
  afterMs: 10 * MINUTE_MS,
  status: "open",
  unread: [{ seq: 2, at: NOW - 10 * MINUTE_MS }],
  presence: "away",
  address: ADDRESS,
  hasMailbox: true,
  lastMailAt: null,
};

Deno.test("continuityDue() sends once an answer was unread for as long as the setting says", () => {
  assert.deepEqual(continuityDue(DUE), { kind: "send", seqs: [2], nextAt: null });
  assert.deepEqual(
    continuityDue({ ...DUE, now: NOW - 1 }),
    { kind: "wait", dueAt: NOW },
  );
});

for (
  const [because, facts] of [
    ["off", { afterMs: null }],
    ["read", { unread: [] }],
    ["unwanted", { status: "spam" }],
    ["unwanted", { status: "trash" }],
    ["no_address", { address: null }],
    ["stopped", { address: { ...ADDRESS, isStopped: true } }],
    ["bad_address", { address: { ...ADDRESS, isBad: true } }],
    ["no_mailbox", { hasMailbox: false }],
    ["too_old", { unread: [{ seq: 2, at: NOW - MAX_AGE_MS - 1 }] }],
  ] as const
) {
  Deno.test(`continuityDue() sends nothing: ${because} ${JSON.stringify(Object.keys(facts))}`, () => {
    assert.deepEqual(continuityDue({ ...DUE, ...facts }), { kind: "nothing", because });
  });
}

Deno.test("continuityDue() sends what was answered before a chat was closed", () => {
  for (const status of ["closed", "snoozed"] as const) {
    assert.equal(continuityDue({ ...DUE, status }).kind, "send");
  }
});

Deno.test("continuityDue() waits for who is here, and while nobody knows", () => {
  assert.deepEqual(continuityDue({ ...DUE, presence: "here" }), {
    kind: "wait",
    dueAt: NOW + 10 * MINUTE_MS,
  });
  assert.deepEqual(continuityDue({ ...DUE, afterMs: 0, presence: "here" }), {
    kind: "wait",
    dueAt: NOW + ASK_AGAIN_MS,
  });
  assert.deepEqual(continuityDue({ ...DUE, presence: "unknown" }), {
    kind: "wait",
    dueAt: NOW + ASK_AGAIN_MS,
  });
});

Deno.test("continuityDue() keeps a quarter of an hour between the mails of a chat", () => {
  const lastMailAt = NOW - MAIL_GAP_MS + 1;

  assert.deepEqual(continuityDue({ ...DUE, lastMailAt }), { kind: "wait", dueAt: NOW + 1 });
  assert.equal(continuityDue({ ...DUE, lastMailAt: lastMailAt - 1 }).kind, "send");
});

Deno.test("continuityDue() writes to an address nobody has proven once a day", () => {
  const quietUntil = NOW + 60 * MINUTE_MS;
  const unproven = { ...ADDRESS, isProven: false, quietUntil };

  assert.deepEqual(continuityDue({ ...DUE, address: unproven }), {
    kind: "wait",
    dueAt: quietUntil,
  });
  assert.equal(continuityDue({ ...DUE, address: { ...unproven, isProven: true } }).kind, "send");
});

Deno.test("continuityDue() puts ten answers into a mail, the oldest first, and looks again for the others", () => {
  const unread = Array.from({ length: 13 }, (_, i) => ({
    seq: 2 + i,
    at: NOW - 20 * MINUTE_MS + i,
  }));

  const decision = continuityDue({ ...DUE, unread });

  assert.deepEqual(decision, {
    kind: "send",
    seqs: unread.slice(0, MAX_ANSWERS).map(({ seq }) => seq),
    nextAt: NOW + MAIL_GAP_MS,
  });
});

Deno.test("continuityDue() never waits for a time that has passed, and sends to nobody who is here or unreachable", () => {
  const time = fc.integer({ min: NOW - 2 * MAX_AGE_MS, max: NOW });
  fc.assert(fc.property(
    fc.record({
      afterMs: fc.option(fc.integer({ min: 0, max: 1_440 * MINUTE_MS })),
      status: fc.constantFrom("open", "snoozed", "closed", "spam", "trash"),
      unread: fc.array(time, { maxLength: 12 }).map((times) =>
        times.sort((a, b) => a - b).map((at, i) => ({ seq: i + 1, at }))
      ),
      presence: fc.constantFrom("here", "away", "unknown"),
      address: fc.option(fc.record({
        isProven: fc.boolean(),
        isBad: fc.boolean(),
        isStopped: fc.boolean(),
        quietUntil: fc.option(fc.integer({ min: NOW - MAX_AGE_MS, max: NOW + MAX_AGE_MS })),
      })),
      hasMailbox: fc.boolean(),
      lastMailAt: fc.option(time),
    }),
    (facts) => {
      const decision = continuityDue({ ...facts, now: NOW });

      if (decision.kind === "wait") assert.ok(decision.dueAt > NOW);
      if (decision.kind !== "send") return;
      assert.equal(facts.presence, "away");
      assert.ok(facts.address !== null && !facts.address.isBad && !facts.address.isStopped);
      assert.ok(facts.hasMailbox && facts.afterMs !== null);
      assert.ok(decision.seqs.length > 0 && decision.seqs.length <= MAX_ANSWERS);
      assert.equal(decision.seqs[0], facts.unread[0]?.seq);
    },
  ));
});
