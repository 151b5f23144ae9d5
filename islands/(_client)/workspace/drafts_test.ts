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
  nora.write("cnv_1", "reply", "Ciao", "<b>Ciao</b>");
  nora.write("cnv_1", "comment", "full mailbox", null);

  assert.deepEqual(nora.read("cnv_1", "reply"), { text: "Ciao", html: "<b>Ciao</b>" });
  assert.deepEqual(nora.read("cnv_1", "comment"), { text: "full mailbox", html: null });
  assert.equal(nora.read("cnv_2", "reply"), null);
  assert.equal(new Drafts(storage, "usr_jonas").read("cnv_1", "reply"), null);
});

Deno.test("Drafts forgets empty text and lists what is left", () => {
  const drafts = new Drafts(memory(), "usr_nora");
  drafts.write("cnv_1", "reply", "Ciao", null);
  drafts.write("cnv_2", "comment", "hm", null);

  drafts.write("cnv_1", "reply", "  \n", null);

  assert.deepEqual([...drafts.conversationIds()], ["cnv_2"]);
});

Deno.test("Drafts.read() knows what earlier versions kept", () => {
  const storage = memory();
  storage.setItem("parley:draft:usr_nora:cnv_1:reply", '{"not": ours}');
  storage.setItem("parley:draft:usr_nora:cnv_2:reply", "[1]");
  const drafts = new Drafts(storage, "usr_nora");

  assert.equal(drafts.read("cnv_1", "reply")?.text, '{"not": ours}');
  assert.equal(drafts.read("cnv_2", "reply")?.text, "[1]");
});

Deno.test("Drafts works without storage and says when it is full", () => {
  assert.equal(new Drafts(null, "usr_nora").write("cnv_1", "reply", "x", null), false);
  assert.equal(new Drafts(null, "usr_nora").read("cnv_1", "reply"), null);
  assert.equal(new Drafts(memory(3), "usr_nora").write("cnv_1", "reply", "long", null), false);
});
