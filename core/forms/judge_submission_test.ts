import assert from "node:assert/strict";
import { countLinks, type GuardFacts, judgeSubmission } from "./judge_submission.ts";

const NOW = 1_000_000;
const FINE: GuardFacts = {
  guards: { minFillMs: 2_000, proofOfWork: true },
  now: NOW,
  isHoneypotFilled: false,
  site: { host: "shop.example", isTrusted: true },
  token: { kind: "valid", nonce: "n", issuedAt: NOW - 10_000 },
  proof: "right",
  captcha: null,
  domain: "takes_mail",
  links: 0,
};

Deno.test("judgeSubmission() lets a form of a person pass, and says what spoke for it", () => {
  const { isSpam, because, notes } = judgeSubmission(FINE);

  assert.deepEqual([isSpam, because], [false, null]);
  assert.deepEqual(notes.map(({ detail }) => detail), [
    "Sent from shop.example",
    "The browser worked for it",
  ]);
});

const SPAM: readonly (readonly [RegExp, Partial<GuardFacts>])[] = [
  [/people do not see/, { isHoneypotFilled: true }],
  [/evil\.example is none of the trusted/, { site: { host: "evil.example", isTrusted: false } }],
  [/does not say which site/, { site: { host: null, isTrusted: false } }],
  [/never shown/, { token: { kind: "forged" } }],
  [/within 1\.9 s/, { token: { kind: "valid", nonce: "n", issuedAt: NOW - 1_900 } }],
  [/proof of work is wrong/, { proof: "wrong" }],
  [/not solved/, { captcha: { code: "missing", message: "Turnstile was not solved" } }],
  [/could not be asked/, { captcha: { code: "unavailable", message: "It could not be asked" } }],
  [/takes no mail/, { domain: "takes_none" }],
  [/3 links/, { links: 3, proof: "none" }],
];

for (const [because, facts] of SPAM) {
  Deno.test(`judgeSubmission() names the guard: ${because.source}`, () => {
    const judged = judgeSubmission({ ...FINE, ...facts });

    assert.equal(judged.isSpam, true);
    assert.match(judged.because ?? "", because);
  });
}

const FINE_TOO: readonly Partial<GuardFacts>[] = [
  { token: { kind: "none" }, proof: "none" },
  { token: { kind: "expired" }, proof: "none" },
  { token: { kind: "valid", nonce: "n", issuedAt: NOW - 2_000 } },
  { guards: { minFillMs: 0, proofOfWork: false }, proof: "wrong" },
  { proof: "used" },
  { domain: "unknown" },
  { domain: null },
  { links: 9 },
  { links: 2, proof: "none" },
  { links: 5, proof: "none", captcha: { code: "solved", message: "Its captcha was solved" } },
];

Deno.test("judgeSubmission() leaves what no guard speaks against", () => {
  for (const facts of FINE_TOO) {
    assert.equal(judgeSubmission({ ...FINE, ...facts }).because, null, JSON.stringify(facts));
  }
});

Deno.test("countLinks() counts addresses in any markup", () => {
  assert.equal(countLinks(["see https://a.example and www.b.example", "none"]), 2);
  assert.equal(countLinks(['<a href="x">y</a> [url=z]z[/url]']), 2);
  assert.equal(countLinks(["I paid 3.50 in the shop, see awww.cute"]), 0);
});
