import assert from "node:assert/strict";
import { ok } from "./result.ts";
import { ensureRunning, type Running, type Slot, slot } from "./slot.ts";

/** Only who boots it is looked at here, never what it holds. */
function createRunning(): Running {
  return {
    address: { hostname: "127.0.0.1", port: 0 },
    cron: () => Promise.resolve(),
    stop: () => Promise.resolve(),
    // Neither is read by the slot, which only passes what boots on.
  } as Partial<Running> as Running;
}

Deno.test("ensureRunning() boots once for all who ask at the same time", async () => {
  let boots = 0;
  const of: Slot = {
    boot: async () => {
      boots++;
      await Promise.resolve();
      return ok(createRunning());
    },
  };

  const results = await Promise.all(Array.from({ length: 20 }, () => ensureRunning(of)));

  assert.equal(boots, 1);
  assert.equal(new Set(results).size, 1);
});

Deno.test("ensureRunning() throws when nobody left a boot()", () => {
  assert.throws(() => ensureRunning({}), /the slot holds no boot/);
});

Deno.test("slot() is one per process, found by all copies of the module", () => {
  const found = slot();

  assert.equal(slot(), found);
  // The key that serve.ts uses.
  assert.equal((globalThis as { [key: symbol]: unknown })[Symbol.for("parley")], found);
});
