import assert from "node:assert/strict";
import fc from "fast-check";
import type { Draft, DraftContent } from "../model/draft.ts";
import { decideSave, type Save } from "./decide_save.ts";

const NOW = 1_000;
const EMPTY = { files: [], recipients: null, history: null, quickReplies: [], baseVersion: null };

Deno.test("decideSave() keeps what a tab wrote, one version after the other", () => {
  const first = written(null, save("a", 1, "Dear"));
  const second = written(first, save("a", 2, "Dear Ada", { after: 1 }));

  assert.equal(first.version, 1);
  assert.equal(second.version, 2);
  assert.equal(second.content.text, "Dear Ada");
  assert.deepEqual(second.content.others, []);
});

Deno.test("decideSave() lets a save that comes late change nothing", () => {
  const second = written(written(null, save("a", 1, "De")), save("a", 2, "Dear"));

  assert.equal(decide(second, save("a", 1, "De")).kind, "stale");
  assert.equal(decide(second, save("a", 2, "Dear")).kind, "stale");
});

Deno.test("decideSave() lets the newer of two tabs win and keeps what the other wrote", () => {
  const one = written(null, save("a", 1, "From the desk", { after: 0 }));
  const two = written(one, save("b", 1, "From the phone", { after: 0 }));

  assert.equal(two.content.text, "From the phone");
  assert.deepEqual(two.content.others, [{ tab: "a", at: 2, text: "From the desk" }]);
});

Deno.test("decideSave() keeps one text for each tab when two type in turns", () => {
  let draft = written(null, save("a", 1, "desk 1", { after: 0 }));
  for (let n = 2; n < 9; n++) {
    const tab = n % 2 === 0 ? "b" : "a";
    draft = written(draft, save(tab, n, `${tab} ${n}`, { after: 0 }));
  }

  assert.equal(draft.content.text, "b 8");
  assert.deepEqual(draft.content.others, [{ tab: "a", at: 8, text: "a 7" }]);
});

Deno.test("decideSave() keeps nothing beside a text that holds it, and forgets it when asked", () => {
  const one = written(null, save("a", 1, "Dear Ada", { after: 0 }));
  const longer = written(one, save("b", 1, "Dear Ada, it is ready", { after: 0 }));
  const other = written(longer, save("a", 2, "Something else", { after: 1 }));
  const done = written(other, save("a", 3, "Something else", { after: 3, dropsOthers: true }));

  assert.deepEqual(longer.content.others, []);
  assert.equal(other.content.others.length, 1);
  assert.deepEqual(done.content.others, []);
});

Deno.test("decideSave() does not bring back what was sent", () => {
  const ended: Draft = {
    state: "ended",
    id: "draft-01",
    version: 4,
    parts: 0,
    updatedAt: 0,
    expiresAt: 9_999,
  };

  assert.equal(decide(ended, save("a", 9, "Dear")).kind, "ended");
  assert.equal(written(ended, save("a", 1, "New", { id: "draft-02" })).version, 5);
});

Deno.test("decideSave() loses no word of up to five tabs, however late they hear of each other", () => {
  const steps = fc.array(fc.record({ tab: fc.integer({ min: 0, max: 4 }), lag: fc.nat(3) }), {
    minLength: 1,
    maxLength: 18,
  });
  fc.assert(fc.property(steps, (all) => {
    let draft: Kept | null = null;
    const texts = [""];
    /** What each tab shows, and the version it goes on from. */
    const tabs = new Map<string, { text: string; version: number }>();
    for (const [n, { tab, lag }] of all.entries()) {
      const name = `tab${tab}`;
      const own = tabs.get(name) ?? { text: "", version: 0 };
      const heard = Math.max(0, texts.length - 1 - lag);
      const from = heard > own.version ? { text: texts[heard] ?? "", version: heard } : own;
      const text = `${from.text} <${n}>`;
      draft = written(draft, save(name, n + 1, text, { after: from.version }));
      texts.push(text);
      tabs.set(name, { text, version: draft.version });
    }
    const kept = [draft?.content.text, ...draft?.content.others.map(({ text }) => text) ?? []];
    for (const n of all.keys()) assert.ok(kept.some((one) => one?.includes(`<${n}>`)), `<${n}>`);
  }));
});

type Kept = Extract<ReturnType<typeof decide>, { kind: "write" }>["draft"];

function save(tab: string, n: number, text: string, more: Partial<Save> = {}): Save {
  return {
    id: "draft-01",
    from: { tab, n },
    after: undefined,
    dropsOthers: false,
    content: { ...EMPTY, text },
    ...more,
  };
}

function decide(stored: Draft | null, one: Save) {
  const content: DraftContent | null = stored?.state === "kept" ? stored.content : null;
  return decideSave(stored, content, one, NOW);
}

function written(stored: Draft | null, one: Save): Kept {
  const decision = decide(stored, one);
  assert.ok(decision.kind === "write", decision.kind);
  return decision.draft;
}
