import assert from "node:assert/strict";
import { RecentItems } from "./recent_items.ts";

function memory(isFull = false) {
  const held = new Map<string, string>();
  return {
    getItem: (key: string) => held.get(key) ?? null,
    setItem(key: string, value: string) {
      if (isFull) throw new DOMException("full", "QuotaExceededError");
      held.set(key, value);
    },
  };
}

Deno.test("RecentItems keeps the latest eight, each once, apart for each person", () => {
  const storage = memory();
  const recent = new RecentItems(storage, "usr_1");

  for (const id of ["a", "b", "c", "d", "e", "f", "g", "h", "i", "b"]) recent.add(id);

  assert.deepEqual(recent.read(), ["b", "i", "h", "g", "f", "e", "d", "c"]);
  assert.deepEqual(new RecentItems(storage, "usr_2").read(), []);
});

Deno.test("RecentItems remembers nothing where nothing can be kept", () => {
  for (const storage of [null, memory(true)]) {
    const recent = new RecentItems(storage, "usr_1");
    recent.add("a");
    assert.deepEqual(recent.read(), []);
  }
});
