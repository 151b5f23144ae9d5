import assert from "node:assert/strict";
import fc from "fast-check";
import { fakePorts } from "../../tests/fakes/ports.ts";
import { createVault } from "./vault.ts";

const OLD = "an old secret that is long enough for us";
const NEW = "a new secret that is long enough for us!";

Deno.test("vault.open() gives back any text that seal() took", async () => {
  const vault = open(NEW);
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: "binary" }), async (text) => {
      // A lone surrogate has no UTF-8 form.
      const whole = text.toWellFormed();

      const sealed = await vault.seal("channel", whole);

      assert.equal(await vault.open("channel", sealed), whole);
    }),
    { numRuns: 40 },
  );
});

Deno.test("vault.open() opens what an older secret sealed, whatever their number", async () => {
  const sealed = await open(OLD).seal("channel", "hush");

  assert.equal(await open(NEW, OLD).open("channel", sealed), "hush");
  assert.equal(await open(NEW, "x".repeat(32), OLD).open("channel", sealed), "hush");
  assert.equal(await open(NEW).open("channel", sealed), null);
});

Deno.test("vault.open() opens nothing under another purpose, nor what was changed", async () => {
  const vault = open(NEW);
  const sealed = await vault.seal("channel", "hush");
  const other = await vault.seal("channel", "loud");

  assert.equal(await vault.open("smtp", sealed), null);
  assert.equal(await vault.open("channel", { ...sealed, data: other.data }), null);
  assert.equal(await vault.open("channel", { ...sealed, iv: other.iv }), null);
  assert.equal(await vault.open("channel", { ...sealed, data: "*" }), null);
  assert.equal(
    await vault.open("channel", { ...sealed, iv: "", data: "" }).catch(() => null),
    null,
  );
});

Deno.test("vault.mac() differs by purpose, text and secret; macs() starts with the newest", async () => {
  const vault = open(NEW, OLD);
  const macs = await vault.macs("reply", "cnv_1");
  const all = [
    await vault.mac("reply", "cnv_1"),
    await vault.mac("reply", "cnv_2"),
    await vault.mac("visitor", "cnv_1"),
    await open(OLD).mac("reply", "cnv_1"),
  ].map((mac) => mac.toHex());

  assert.equal(new Set(all).size, 4);
  assert.deepEqual(macs.map((mac) => mac.toHex()), [all[0], all[3]]);
  assert.ok(all.every((mac) => mac.length === 64));
});

Deno.test("vault.fingerprint() is the same for one secret and tells nothing of it", async () => {
  const fingerprint = await open(NEW).fingerprint();

  assert.equal(fingerprint, await open(NEW, OLD).fingerprint());
  assert.notEqual(fingerprint, await open(OLD).fingerprint());
  assert.match(fingerprint, /^[0-9a-f]{32}$/);
});

Deno.test("createVault() refuses a secret of under 32 bytes", () => {
  assert.throws(() => open("x".repeat(31)), RangeError);
  assert.throws(() => open(NEW, "short"), RangeError);
});

function open(current: string, ...old: string[]) {
  return createVault({ current, old }, fakePorts().random);
}
