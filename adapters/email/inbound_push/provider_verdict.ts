import type { CheckResult, Verdict } from "../../../core/channel/mod.ts";

/** What SpamAssassin takes for spam, whose scores providers pass on. */
const SPAM_SCORE = 5;

/** What a provider's fields say. Each may come several times: a mail's sender can write a header of the same name. */
export interface ProviderFindings {
  readonly by: string;
  readonly spf?: readonly string[];
  readonly dkim?: readonly string[];
  /** Such as "Yes", "No, score=1.2". */
  readonly spamFlag?: readonly string[];
  readonly spamScore?: readonly string[];
}

/**
 * A provider's word on a mail, from fields a forger may have written too: of several values the worst counts. Without
 * DMARC it vouches for nobody. Undefined when the fields say nothing.
 */
export function providerVerdict(
  { by, spf = [], dkim = [], spamFlag = [], spamScore = [] }: ProviderFindings,
): Verdict | undefined {
  const scores = spamScore.map((text) => Number.parseFloat(text)).filter(Number.isFinite);
  const score = scores.length === 0 ? null : Math.max(...scores);
  const isSpam = spamFlag.length > 0
    ? spamFlag.some((text) => /^\s*yes\b/i.test(text))
    : score !== null && score >= SPAM_SCORE;
  const checks = { spf: worstOf(spf), dkim: worstOf(dkim) };
  if (checks.spf === undefined && checks.dkim === undefined && !isSpam) return undefined;
  return {
    by,
    ...checks.spf === undefined ? {} : { spf: checks.spf },
    ...checks.dkim === undefined ? {} : { dkim: checks.dkim },
    ...isSpam ? { isSpam } : {},
    ...isSpam && score !== null ? { because: `score ${score}` } : {},
  };
}

const WORST_FIRST = ["fail", "softfail", "error", "none", "pass"] as const;

function worstOf(values: readonly string[]): CheckResult | undefined {
  const results = values.filter((text) => text.trim() !== "").map(resultIn);
  return WORST_FIRST.find((one) => results.includes(one));
}

/** The first word: "Pass (sender SPF authorized)", "SoftFail", "temperror". */
function resultIn(text: string): CheckResult {
  const word = /^\s*([a-z]+)/i.exec(text)?.[1]?.toLowerCase();
  switch (word) {
    case "pass":
    case "softfail":
    case "fail":
      return word;
    case "hardfail":
    case "permerror":
      return "fail";
    case "temperror":
      return "error";
    default:
      return "none";
  }
}

/**
 * What SendGrid's field "dkim" says of each signature: "{@posta.example : pass, @x.example : fail}". Its parts are the
 * sender's to choose, so what looks like several results and disagrees is a failure.
 */
export function signatureResults(text: string): readonly string[] {
  return [...text.slice(0, 2_000).matchAll(/:\s*([a-z]+)/gi)].map(([, word = ""]) => word);
}
