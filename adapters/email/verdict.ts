import { domainToASCII } from "node:url";
import type { CheckResult, Verdict } from "../../core/channel/mod.ts";
import type { Author } from "./author.ts";
import { sameAddress } from "./mail_addresses.ts";
import { fieldValue, fieldValues, type HeaderField } from "./mime/mod.ts";

/** Scores of Exchange from which it files as junk. */
const JUNK_SCL = 5;
const MAX_LENGTH = 8_192;

/**
 * What the receiving side says of a mail: SPF, DKIM and DMARC by the server the mailbox trusts, and any filter's word that
 * it is spam. That word anybody could have written, but nobody writes it about their own mail; that a mail is no spam is
 * therefore not believed.
 * @param trusted `own`: results of our own receiver, which then nobody else can add to; `authservId`: name under which the
 *   trusted server signs its results (RFC 8601), null trusts none
 */
export function readVerdict(
  fields: readonly HeaderField[],
  trusted: { readonly own: string | null; readonly authservId: string | null },
): Verdict | null {
  const spamBy = spamFilterOf(fields);
  const spam = spamBy === null ? {} : { isSpam: true };
  const checked = trusted.own === null
    ? readTrusted(fields, trusted.authservId)
    : readOwn(trusted.own);
  if (checked === null) return spamBy === null ? null : { by: spamBy, ...spam };
  return { ...spam, ...checked };
}

/**
 * What a provider says of a mail it handed over, and what the mail carries: the provider's word counts, but it says
 * nothing of DMARC that a trusted server said before.
 */
export function mergeVerdicts(provider: Verdict, carried: Verdict | undefined): Verdict {
  if (carried === undefined) return provider;
  const told = carried.dmarc !== undefined && provider.dmarc === undefined ? carried : provider;
  const spam = [provider, carried].find(({ isSpam }) => isSpam === true);
  const { isSpam: _, because: __, ...checks } = told;
  return spam === undefined ? checks : {
    ...checks,
    isSpam: true,
    ...spam.because === undefined ? {} : { because: spam.because },
  };
}

/** Whether the verdict proves that the author is who the mail says: their address stands in From, and DMARC passed for it. */
export function isVouchedFor(
  verdict: Verdict | null,
  { from, sender }: Pick<Author, "from" | "sender">,
): boolean {
  const author = sender.identities.find(({ kind }) => kind === "email")?.value;
  if (verdict?.dmarc !== "pass" || from === null || author === undefined) return false;
  const domain = domainToASCII(from.address.split("@").at(-1) ?? "");
  const isSameDomain = verdict.dmarcDomain === undefined ||
    (domain !== "" && domainToASCII(verdict.dmarcDomain) === domain);
  return isSameDomain && sameAddress(from.address, author);
}

type Checks = Pick<Verdict, "spf" | "dkim" | "dmarc" | "dmarcDomain">;

/** The topmost results under that name: what stands below was there before the trusted server saw the mail. */
function readTrusted(fields: readonly HeaderField[], authservId: string | null): Verdict | null {
  if (authservId === null) return null;
  for (const header of fieldValues(fields, "authentication-results")) {
    const { by, ...results } = parseResults(header);
    if (by.toLowerCase() !== authservId.toLowerCase()) continue;
    return { by: authservId, ...checksOf(results) };
  }
  return null;
}

/** Those of our receiver also say what the sender's domain wants done with a mail that fails. */
function readOwn(header: string): Verdict {
  const { by, results } = parseResults(header);
  const checks = checksOf({ results });
  const policy = results.find(({ method }) => method === "dmarc")?.properties.get("policy.p");
  const isUnwanted = checks.dmarc === "fail" && (policy === "reject" || policy === "quarantine");
  return {
    by: by.slice(0, 253),
    ...checks,
    ...isUnwanted
      ? { isSpam: true, because: `not sent by ${checks.dmarcDomain}, whose policy is ${policy}` }
      : {},
  };
}

interface MethodResult {
  /** Such as "dkim", lower case. */
  readonly method: string;
  readonly result: string;
  /** Such as "header.from". */
  readonly properties: ReadonlyMap<string, string>;
}

function parseResults(
  header: string,
): { readonly by: string; readonly results: readonly MethodResult[] } {
  const [head = "", ...parts] = withoutComments(header.slice(0, MAX_LENGTH)).split(";");
  const results = parts.flatMap((part) => {
    const match = /^\s*([a-z]+)(?:\s*\/\s*\d+)?\s*=\s*([a-z]+)/i.exec(part);
    if (match === null) return [];
    const properties = part.slice(match[0].length)
      .matchAll(/\s([a-z]+\.[a-z-]+)\s*=\s*([^\s;]+)/gi);
    return [{
      method: match[1]?.toLowerCase() ?? "",
      result: match[2]?.toLowerCase() ?? "",
      properties: new Map(
        [...properties].map(([, name = "", value = ""]) =>
          [name.toLowerCase(), value.toLowerCase()] as const
        ),
      ),
    }];
  });
  return { by: head.trim().split(/\s/)[0] ?? "", results };
}

function checksOf({ results }: { readonly results: readonly MethodResult[] }): Checks {
  const outcomes = (method: string) =>
    results.filter((one) => one.method === method).map(({ result }) => result);
  const [spf, dkim, dmarc] = ["spf", "dkim", "dmarc"].map((one) => sumUp(outcomes(one)));
  const dmarcDomain = results.find(({ method }) => method === "dmarc")?.properties
    .get("header.from")?.split("@").at(-1)?.slice(0, 255);
  return {
    ...spf === undefined ? {} : { spf },
    ...dkim === undefined ? {} : { dkim },
    ...dmarc === undefined ? {} : { dmarc },
    ...dmarcDomain === undefined ? {} : { dmarcDomain },
  };
}

/** A mail may carry several signatures: one that holds is enough. */
function sumUp(outcomes: readonly string[]): CheckResult | undefined {
  const has = (...words: readonly string[]) => outcomes.some((one) => words.includes(one));
  if (outcomes.length === 0) return undefined;
  if (has("pass")) return "pass";
  if (has("fail", "hardfail", "permerror")) return "fail";
  if (has("softfail")) return "softfail";
  return has("temperror") ? "error" : "none";
}

function spamFilterOf(fields: readonly HeaderField[]): string | null {
  const says = (name: string, pattern: RegExp) => pattern.test(fieldValue(fields, name) ?? "");
  if (says("x-spam-flag", /^yes\b/i) || says("x-spam-status", /^yes\b/i)) return "The spam filter";
  if (says("x-mailgun-sflag", /^yes\b/i)) return "Mailgun";
  const scl = Number(fieldValue(fields, "x-ms-exchange-organization-scl") ?? "-1");
  const isJunk = scl >= JUNK_SCL || says("x-forefront-antispam-report", /\bSFV:SPM\b/i);
  return isJunk ? "Microsoft 365" : null;
}

/** RFC 5322 comments, which may hold anything, a semicolon too; one that never ends takes the rest. */
function withoutComments(text: string): string {
  let depth = 0;
  let result = "";
  for (const char of text) {
    if (char === "(") depth++;
    else if (char === ")") depth = Math.max(0, depth - 1);
    else if (depth === 0) result += char;
  }
  return result;
}
