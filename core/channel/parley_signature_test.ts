import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { SIGNATURE_WINDOW_MS, signParley, verifyParley } from "./parley_signature.ts";

const NOW = 1_772_452_800_000;
const BODY = new TextEncoder().encode('{"events":[]}');
const SECRET = "a secret of thirty-two characters";

Deno.test("signParley() signs the time and the body as any language would", async () => {
  const hex = createHmac("sha256", SECRET).update('1772452800.{"events":[]}').digest("hex");

  assert.equal(await signParley([SECRET], BODY, NOW + 999), `t=1772452800,v1=${hex}`);
});

Deno.test("verifyParley() takes either secret while one replaces the other", async () => {
  const byNew = await signParley(["new secret"], BODY, NOW);
  const byOld = await signParley(["old secret"], BODY, NOW);
  const byBoth = await signParley(["new secret", "old secret"], BODY, NOW);

  for (const header of [byNew, byOld, byBoth]) {
    assert.deepEqual(await verifyParley(header, ["new secret", "old secret"], BODY, NOW), {
      ok: true,
    });
  }
  assert.deepEqual(await verifyParley(byBoth, ["old secret"], BODY, NOW), { ok: true });
  assert.equal((await verifyParley(byOld, ["new secret"], BODY, NOW)).ok, false);
});

Deno.test("verifyParley() refuses what is too old, and what comes from a clock far ahead", async () => {
  const header = await signParley([SECRET], BODY, NOW);
  const reasonAt = async (now: number) => {
    const result = await verifyParley(header, [SECRET], BODY, now);
    return result.ok ? "ok" : result.reason;
  };

  assert.equal(await reasonAt(NOW + SIGNATURE_WINDOW_MS), "ok");
  assert.equal(await reasonAt(NOW - SIGNATURE_WINDOW_MS), "ok");
  assert.equal(await reasonAt(NOW + SIGNATURE_WINDOW_MS + 1), "expired");
  assert.equal(await reasonAt(NOW - SIGNATURE_WINDOW_MS - 1), "expired");
});

Deno.test("verifyParley() says in which way a signature is none", async () => {
  const right = await signParley([SECRET], BODY, NOW);
  const hex = right.split("v1=")[1] ?? "";
  const cases: readonly [header: string | null, reason: string][] = [
    [null, "missing"],
    ["", "missing"],
    ["t=1772452800", "malformed"],
    [`v1=${hex}`, "malformed"],
    [`t=,v1=${hex}`, "malformed"],
    [`t=1772452800,v0=${hex}`, "malformed"],
    [`t=1772452800,v1=${hex.toUpperCase()}`, "malformed"],
    [`t=1772452800,v1=${hex}0`, "malformed"],
    [`t=1772452800,v1=${hex.slice(1)}`, "malformed"],
    [`t=1772452800${`,v1=${hex}`.repeat(5)}`, "malformed"],
    [`t=1772452800,v1=${"a".repeat(100_000)}`, "malformed"],
    [`t=1772452801,v1=${hex}`, "mismatch"],
    [`t=1772452800,v1=${"0".repeat(64)}`, "mismatch"],
  ];
  for (const [header, reason] of cases) {
    const result = await verifyParley(header, [SECRET], BODY, NOW);
    assert.equal(result.ok ? "ok" : result.reason, reason, String(header).slice(0, 90));
  }
});
