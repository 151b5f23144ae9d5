import assert from "node:assert/strict";
import { Drafts, type DraftStorage } from "./drafts.ts";

function memory(room = Infinity): DraftStorage {
  const items = new Map<string, string>();
  return {
    get length() {
      return items.size;
    },
    key: (index) => [...items.keys()][index] ?? null,
    getItem: (key) => items.get(key) ?? null,
    setItem(key, value) {
      if (value.length > room) throw new DOMException("full", "QuotaExceededError");
      items.set(key, value);
    },
    removeItem: (key) => void items.delete(key),
  };
}

Deno.test("Drafts keeps replies and comments apart, per user and conversation", () => {
  const storage = memory();
  const nora = new Drafts(storage, "usr_nora");
  nora.write("cnv_1", "reply", "Ciao");
  nora.write("cnv_1", "comment", "full mailbox");

  assert.equal(nora.read("cnv_1", "reply"), "Ciao");
  assert.equal(nora.read("cnv_1", "comment"), "full mailbox");
  assert.equal(nora.read("cnv_2", "reply"), "");
  assert.equal(new Drafts(storage, "usr_jonas").read("cnv_1", "reply"), "");
});

Deno.test("Drafts forgets empty text and lists what is left", () => {
  const drafts = new Drafts(memory(), "usr_nora");
  drafts.write("cnv_1", "reply", "Ciao");
  drafts.write("cnv_2", "comment", "hm");

  drafts.write("cnv_1", "reply", "  \n");

  assert.deepEqual([...drafts.conversationIds()], ["cnv_2"]);
});

Deno.test("Drafts works without storage and says when it is full", () => {
  assert.equal(new Drafts(null, "usr_nora").write("cnv_1", "reply", "x"), false);
  assert.equal(new Drafts(null, "usr_nora").read("cnv_1", "reply"), "");
  assert.equal(new Drafts(memory(3), "usr_nora").write("cnv_1", "reply", "long"), false);
});
