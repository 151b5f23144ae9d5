import assert from "node:assert/strict";
import fc from "fast-check";
import { fuzzyScore } from "./fuzzy_score.ts";

/** The texts that fit, best first. */
function order(typed: string, ...texts: string[]): readonly string[] {
  return texts
    .map((text) => ({ text, score: fuzzyScore(typed, text) }))
    .filter((one): one is { text: string; score: number } => one.score !== null)
    .sort((a, b) => b.score - a.score)
    .map(({ text }) => text);
}

Deno.test("fuzzyScore() prefers a text's beginning, then a word's, then its middle, then letters apart", () => {
  assert.deepEqual(
    order("as", "Close, asap", "Assign", "Basket", "Add snippet", "Reply"),
    ["Assign", "Close, asap", "Basket", "Add snippet"],
  );
});

Deno.test("fuzzyScore() wants every word, in any order", () => {
  assert.deepEqual(order("me assign", "Assign", "Assign to me", "Mentions"), ["Assign to me"]);
  assert.equal(fuzzyScore("", "Anything"), 1);
  assert.equal(fuzzyScore("x", "Next"), 50 - 0.004);
});

Deno.test("fuzzyScore() is blind to case and accents", () => {
  assert.deepEqual(order("josé MUL", "Jose Müller"), ["Jose Müller"]);
});

Deno.test("fuzzyScore() takes any characters for themselves, and finds every text by itself", () => {
  fc.assert(fc.property(fc.string({ minLength: 1 }), fc.string(), (typed, text) => {
    const score = fuzzyScore(typed, text);
    assert.ok(score === null || Number.isFinite(score));
    assert.notEqual(fuzzyScore(typed, typed), null);
  }));
});
