import assert from "node:assert/strict";
import { InboundEvent } from "./events.ts";

const MESSAGE = {
  type: "message",
  externalId: "one@example.com",
  occurredAt: 1,
  direction: "in",
  sender: { identities: [{ kind: "email", value: "ana@example.com", verified: false }] },
  hints: [],
  parts: [{ kind: "text", text: "Hello" }],
} as const;

Deno.test("InboundEvent takes ids of 998 bytes and refuses what could not be a key", () => {
  for (const id of ["x", "x".repeat(998), "é".repeat(499)]) {
    assert.equal(InboundEvent.safeParse({ ...MESSAGE, externalId: id }).success, true, id);
  }
  for (const id of ["", "x".repeat(999), "é".repeat(500), "a\0b"]) {
    for (
      const event of [
        { ...MESSAGE, externalId: id },
        { ...MESSAGE, hints: [{ by: "thread", threadKey: id, how: "test" }] },
        { ...MESSAGE, hints: [{ by: "message", externalId: id, how: "test" }] },
        { ...MESSAGE, sender: { identities: [{ kind: "x", value: id, verified: true }] } },
      ]
    ) assert.equal(InboundEvent.safeParse(event).success, false, JSON.stringify(event));
  }
});

Deno.test("InboundEvent refuses more identities than a commit can check", () => {
  const identities = (count: number) =>
    Array.from({ length: count }, (_, i) => ({ kind: "x", value: String(i), verified: true }));

  assert.equal(
    InboundEvent.safeParse({ ...MESSAGE, sender: { identities: identities(5) } }).success,
    true,
  );
  assert.equal(
    InboundEvent.safeParse({ ...MESSAGE, sender: { identities: identities(6) } }).success,
    false,
  );
});

Deno.test("InboundEvent refuses times no date can hold: a thread that shows one could not be opened", () => {
  for (const occurredAt of [-1, 8_640_000_000_000_001, 1e20, Infinity, NaN]) {
    assert.equal(InboundEvent.safeParse({ ...MESSAGE, occurredAt }).success, false);
  }
  assert.equal(InboundEvent.safeParse({ ...MESSAGE, occurredAt: 1.5 }).success, true);
});
