import assert from "node:assert/strict";
import { keptFor } from "./kept.ts";

/** As browsers have it: keys are own properties. */
function fakeStorage(refuses: readonly string[] = []): Storage {
  const storage: Record<string, unknown> = {};
  const methods = {
    getItem: (key: string) => storage[key] ?? null,
    setItem(key: string, value: string) {
      if (refuses.includes(key)) throw new Error("QuotaExceededError");
      storage[key] = value;
    },
    removeItem(key: string) {
      delete storage[key];
    },
  };
  for (const [name, value] of Object.entries(methods)) {
    Object.defineProperty(storage, name, { value, enumerable: false });
  }
  // The test uses no other member of Storage.
  return storage as unknown as Storage;
}

Deno.test("keptFor() keeps channels apart", () => {
  const storage = fakeStorage();
  const a = keptFor("chn_a", () => storage);
  const b = keptFor("chn_b", () => storage);

  a.set("token", "1");
  a.set("out.x", "2");

  assert.equal(a.get("token"), "1");
  assert.equal(b.get("token"), null);
  assert.deepEqual(a.names("out."), ["out.x"]);
  assert.deepEqual(b.names(""), []);
  a.remove("token");
  assert.equal(a.get("token"), null);
});

Deno.test("keptFor() works in memory where storage is refused or full", () => {
  const refused = keptFor("chn_a", () => {
    throw new Error("SecurityError");
  });
  const full = keptFor("chn_a", () => fakeStorage(["parley.chn_a.token"]));

  for (const kept of [refused, full]) {
    kept.set("token", "1");
    assert.equal(kept.get("token"), "1");
    assert.deepEqual(kept.names("tok"), ["token"]);
    kept.remove("token");
    assert.equal(kept.get("token"), null);
  }
});
