import assert from "node:assert/strict";
import { fileMessage, type FilingFacts } from "./file_message.ts";

const SENDER = {
  identities: [{ kind: "email", value: "ana@posta.example", verified: false }],
};
const SPAM = { by: "The filter", isSpam: true };

type Event = Partial<FilingFacts["event"]>;

function file(event: Event, facts: Partial<Omit<FilingFacts, "event">> = {}) {
  const { isSpam, lane, isAutomatic, trace } = fileMessage({
    event: { sender: SENDER, ...event },
    isBlocked: false,
    isOwn: false,
    isKnown: false,
    isFirst: true,
    policy: undefined,
    ...facts,
  });
  return { isSpam, lane: lane ?? "people", isAutomatic, steps: trace.map(({ step }) => step) };
}

const policy = { allow: ["posta.example"], deny: [], keepDays: 90 };
const deny = { allow: [], deny: ["ana@posta.example"], keepDays: 90 };
const CASES: readonly [
  words: string,
  event: Event,
  facts: Partial<FilingFacts>,
  lane: string,
  why: readonly string[],
][] = [
  ["a person", {}, {}, "people", []],
  ["a machine", { automatic: true }, {}, "automatic", []],
  ["a newsletter", { automatic: true, lane: "newsletter" }, {}, "newsletter", ["lane"]],
  ["a newsletter without headers", { lane: "newsletter" }, {}, "newsletter", ["lane"]],
  ["a campaign", { automatic: true, lane: "marketing" }, {}, "marketing", ["lane"]],
  ["a role address", { lane: "role" }, {}, "role", ["lane"]],
  ["a role address's machine", { automatic: true, lane: "role" }, {}, "automatic", []],
  ["a role address in a conversation", { lane: "role" }, { isFirst: false }, "role", []],
  ["a role address we know", { lane: "role" }, { isKnown: true }, "people", []],
  [
    "somebody we know, whose mail can be unsubscribed",
    { lane: "newsletter" },
    { isKnown: true },
    "people",
    [],
  ],
  [
    "a newsletter of somebody we know",
    { automatic: true, lane: "newsletter" },
    { isKnown: true },
    "newsletter",
    ["lane"],
  ],
  [
    "a newsletter on the deny list",
    { automatic: true, lane: "newsletter" },
    { policy: deny },
    "spam",
    ["deny_list"],
  ],
  ["an address of ours", {}, { isOwn: true }, "automatic", ["own_address"]],
  ["a blocked contact", {}, { isBlocked: true }, "spam", ["blocked"]],
  ["one on the deny list", {}, { policy: deny }, "spam", ["deny_list"]],
  ["a known one on the deny list", {}, { policy: deny, isKnown: true }, "spam", ["deny_list"]],
  ["one whom the filter dislikes", { verdict: SPAM }, {}, "spam", ["spam_verdict"]],
  ["one the allow list knows", { verdict: SPAM }, { policy }, "people", ["allow_list"]],
  [
    "one on both lists",
    { verdict: SPAM },
    { policy: { ...deny, allow: ["posta.example"] } },
    "people",
    ["allow_list"],
  ],
  ["somebody we know", { verdict: SPAM }, { isKnown: true }, "people", ["known_contact"]],
  [
    "a machine of somebody we know",
    { verdict: SPAM, automatic: true },
    { isKnown: true },
    "spam",
    ["spam_verdict"],
  ],
  [
    "somebody who pretends to be one we know",
    { verdict: { ...SPAM, dmarc: "fail" } },
    { isKnown: true },
    "spam",
    ["spam_verdict"],
  ],
  ["one in a conversation", { verdict: SPAM }, { isFirst: false }, "people", ["spam_verdict"]],
  ["one found clean", { verdict: { by: "x", isSpam: false } }, {}, "people", []],
];
for (const [words, event, facts, lane, why] of CASES) {
  Deno.test(`fileMessage() files mail by ${words} under ${lane}`, () => {
    const filed = file(event, facts);

    assert.equal(filed.isSpam ? "spam" : filed.lane, lane);
    assert.deepEqual(filed.steps, why);
  });
}

Deno.test("fileMessage() takes our own addresses for machines, whatever the mail says", () => {
  assert.equal(file({ automatic: false }, { isOwn: true }).isAutomatic, true);
  assert.equal(file({}).isAutomatic, false);
});
