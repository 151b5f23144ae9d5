import assert from "node:assert/strict";
import { makePlan } from "./make_plan.ts";
import type { SeedConversation, SeedStep } from "./plan.ts";

const NOW = Date.UTC(2026, 2, 2, 9);
const plan = makePlan({ seed: 1, now: NOW, conversations: 300, mix: "believable" });
const steps = plan.conversations.flatMap(({ steps }) => steps);

Deno.test("makePlan() makes the same of the same seed, something else of another", () => {
  const options = { now: NOW, conversations: 60, mix: "believable" } as const;

  const again = [1, 1, 2].map((seed) => JSON.stringify(makePlan({ ...options, seed })));

  assert.equal(again[0], again[1]);
  assert.notEqual(again[0], again[2]);
});

Deno.test("makePlan() leaves no word of a script unfilled, and nothing happens later than now", () => {
  assert.equal(plan.conversations.length, 300);
  assert.ok(!/\{\w+\}/.test(JSON.stringify(plan.conversations)));
  for (const conversation of plan.conversations) {
    assert.equal(conversation.steps[0]?.kind, "inbound", "a customer begins");
    assert.ok(isInOrder(conversation), conversation.subject);
    assert.ok(conversation.steps.every(({ at }) => at <= NOW && at > NOW - 40 * 86_400_000));
    assert.ok(plan.people[conversation.person] !== undefined);
  }
});

Deno.test("makePlan() has what a screen or a test may want to show", () => {
  const replies = steps.filter((step) => step.kind === "reply");
  const inbound = steps.filter((step) => step.kind === "inbound");
  const changes = steps.filter((step) => step.kind === "change").map(({ patch }) => patch);
  const outcomes = new Set(replies.map(({ outcome }) => outcome.status));
  const statuses = new Set(changes.map(({ status }) => status));
  const locales = new Set(plan.conversations.map(({ person }) => plan.people[person]?.locale));

  for (const one of ["sent", "delivered", "read", "failed", "scheduled"] as const) {
    assert.ok(outcomes.has(one), one);
  }
  for (const one of ["closed", "snoozed", "spam", "trash"] as const) {
    assert.ok(statuses.has(one), one);
  }
  for (const one of ["nl", "en", "it", "de", "fr", "tr", "ar", "he"]) {
    assert.ok(locales.has(one as "nl"), one);
  }
  assert.ok(inbound.some(({ files = [] }) => files.length > 1));
  assert.ok(inbound.some(({ html = "" }) => html.includes('<img src="https://')));
  assert.ok(inbound.some(({ html = "" }) => html.includes("blockquote")));
  assert.ok(inbound.some(({ text }) => /\p{Emoji_Presentation}/u.test(text)));
  assert.ok(plan.people.some(({ name }) => name === ""));
  assert.ok(plan.conversations.some(({ steps }) => steps.length > 60));
  assert.ok(plan.conversations.some(({ readBy }) => readBy.length === 0));
});

Deno.test("makePlan() can leave everything open, to measure by", () => {
  const open = makePlan({ seed: 1, now: NOW, conversations: 500, mix: "open" });

  assert.equal(open.conversations.length, 500);
  assert.ok(open.conversations.every(({ steps }) => steps.length <= 2));
  assert.ok(!open.conversations.some(({ steps }) => steps.some(isClosing)));
  assert.equal(new Set(open.people.map(({ email }) => email)).size, 500);
});

function isInOrder({ steps }: SeedConversation): boolean {
  return steps.every(({ at }, i) => at >= (steps[i - 1]?.at ?? 0));
}

function isClosing(step: SeedStep): boolean {
  return step.kind === "change" && step.patch.status !== undefined;
}
