import assert from "node:assert/strict";
import { providerVerdict, signatureResults } from "./provider_verdict.ts";

const by = "SendGrid";

for (
  const [what, findings, expected] of [
    ["nothing", {}, undefined],
    ["no spam and no checks", { spamFlag: ["No"], spamScore: ["-1"] }, undefined],
    ["SPF", { spf: ["Pass (sender SPF authorized)"] }, { by, spf: "pass" }],
    ["a soft failure", { spf: ["SoftFail"] }, { by, spf: "softfail" }],
    ["name servers that were silent", { spf: ["temperror"] }, { by, spf: "error" }],
    ["a broken record", { spf: ["permerror"] }, { by, spf: "fail" }],
    ["the worst of several", { dkim: ["pass", "Neutral", "FAIL"] }, { by, dkim: "fail" }],
    ["other words", { dkim: ["<b>pass"] }, { by, dkim: "none" }],
    [
      "a flag before a score",
      { spamFlag: ["Yes, score=9"], spamScore: ["2.5"] },
      { by, isSpam: true, because: "score 2.5" },
    ],
    ["a flag that denies a score", { spamFlag: ["No"], spamScore: ["99"] }, undefined],
    ["one flag of two", { spamFlag: ["No", "Yes"] }, { by, isSpam: true }],
    ["a score alone", { spamScore: ["5"] }, { by, isSpam: true, because: "score 5" }],
    ["the higher of two scores", { spamScore: ["4.9", "7.1"] }, {
      by,
      isSpam: true,
      because: "score 7.1",
    }],
    ["a score that is none", { spamScore: ["high", "", "NaN", "Infinity"] }, undefined],
  ] as const
) {
  Deno.test(`providerVerdict() reads ${what}`, () => {
    assert.deepEqual(providerVerdict({ by, ...findings }), expected);
  });
}

Deno.test("signatureResults() finds the word for each signature", () => {
  assert.deepEqual(signatureResults("{@posta.example : pass}"), ["pass"]);
  assert.deepEqual(signatureResults("{@a.example : pass, @b.example : fail}"), ["pass", "fail"]);
  assert.deepEqual(signatureResults("none"), []);
});
