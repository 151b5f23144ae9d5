import assert from "node:assert/strict";
import type { User } from "../model/user.ts";
import { type AnswerFacts, checkAnswer } from "./check_answer.ts";

const USER: User = {
  id: "usr_nora",
  name: "Nora",
  email: "nora@parley.example",
  role: "agent",
  active: true,
  availability: "available",
  meetingLink: null,
  avatarAttachmentId: null,
  createdAt: 0,
  updatedAt: 0,
};
const PRINCIPAL = {
  type: "user",
  user: USER,
  inboxIds: new Set(["inb_1"]),
  sessionHash: "",
} as const;
const GOOD: AnswerFacts = {
  event: { verdict: { by: "mx.example", dmarc: "pass" } },
  author: "nora@parley.example",
  user: USER,
  principal: PRINCIPAL,
  code: {
    userId: "usr_nora",
    conversationId: "cnv_1",
    messageId: "msg_1",
    channelId: "chn_1",
    seq: 1,
    expiresAt: 1_000,
  },
  conversation: { inboxId: "inb_1" },
  now: 999,
};

Deno.test("checkAnswer() lets through what its owner wrote, proven, in time and with the right to", () => {
  assert.equal(checkAnswer(GOOD), null);
});

Deno.test("checkAnswer() knows the domain that was vouched for however it is written", () => {
  const event = {
    verdict: { by: "mx", dmarc: "pass", dmarcDomain: "XN--BCHER-KVA.example" },
  } as const;
  const email = "nora@bücher.example";
  assert.equal(checkAnswer({ ...GOOD, event, author: email, user: { ...USER, email } }), null);
});

for (
  const [refusal, facts] of [
    ["automatic", { event: { ...GOOD.event, automatic: true } }],
    ["inactive", { user: null }],
    ["inactive", { principal: null }],
    ["other_sender", { author: null }],
    ["other_sender", { author: "nora@parley.example.evil.example" }],
    ["not_proven", { event: {} }],
    ["not_proven", { event: { verdict: { by: "mx", spf: "pass", dkim: "pass" } } }],
    ["not_proven", { event: { verdict: { by: "mx", dmarc: "none" } } }],
    [
      "not_proven",
      { event: { verdict: { by: "mx", dmarc: "pass", dmarcDomain: "evil.example" } } },
    ],
    ["expired", { now: 1_000 }],
    ["no_right", { conversation: { inboxId: "inb_2" } }],
    ["no_right", { principal: { ...PRINCIPAL, user: { ...USER, role: "viewer" } } }],
  ] as const
) {
  Deno.test(`checkAnswer() refuses as ${refusal}: ${JSON.stringify(facts)}`, () => {
    assert.equal(checkAnswer({ ...GOOD, ...facts }), refusal);
  });
}
