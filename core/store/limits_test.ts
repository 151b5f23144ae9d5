import assert from "node:assert/strict";
import { checkLimits } from "./limits.ts";
import type { Batch, KeyPart, Write } from "./types.ts";

Deno.test("checkLimits() takes what lies at the limits", () => {
  checkLimits(batch({ writes: [set(["k"], new Uint8Array(65_536))] }));
  checkLimits(batch({ checks: Array.from({ length: 10 }, (_, i) => check([i])) }));
  checkLimits(batch({ writes: Array.from({ length: 1_000 }, (_, i) => set([i], 1)) }));
  checkLimits(batch({ writes: [set(["x".repeat(2_046)], 1)] }));
});

Deno.test("checkLimits() refuses each limit passed by one", () => {
  const cases: [RegExp, Partial<Batch>][] = [
    [/65537 bytes in value of "k", at most 65536/, {
      writes: [set(["k"], new Uint8Array(65_537))],
    }],
    // Two bytes a character: what looks like half of the limit is all of it.
    [/in value of "k"/, { writes: [set(["k"], "é☃".repeat(16_500))] }],
    [/11 checks, at most 10/, { checks: Array.from({ length: 11 }, (_, i) => check([i])) }],
    [/1001 mutations/, { writes: Array.from({ length: 1_001 }, (_, i) => set([i], 1)) }],
    [/2049 bytes in key/, { writes: [set(["x".repeat(2_047)], 1)] }],
    [/2049 bytes in key/, { writes: [{ kind: "delete", path: ["x".repeat(2_047)] }] }],
    [/bytes of keys/, {
      writes: Array.from({ length: 100 }, (_, i) => set([i, "x".repeat(900)], 1)),
    }],
    [/bytes, at most 819200/, {
      writes: Array.from({ length: 14 }, (_, i) => set([i], new Uint8Array(60_000))),
    }],
  ];

  for (const [message, part] of cases) {
    assert.throws(() => checkLimits(batch(part)), message);
    assert.throws(() => checkLimits(batch(part)), RangeError);
  }
});

Deno.test("checkLimits() counts the log entry and its head", () => {
  const changes = [{ type: "settings.changed", actor: { type: "system", id: null, name: "" } }];

  assert.throws(
    () =>
      checkLimits({
        ...batch({ writes: Array.from({ length: 999 }, (_, i) => set([i], 1)) }),
        // Written by hand, as a caller would.
        changes: changes as Batch["changes"],
      }),
    /1001 mutations/,
  );
});

function batch(part: Partial<Batch>): Batch {
  return { checks: [], writes: [], changes: [], jobDueAt: null, ...part };
}

function set(path: KeyPart[], value: unknown): Write {
  return { kind: "set", path, value };
}

function check(path: KeyPart[]) {
  return { path, versionstamp: null };
}
