import type { Verdict } from "../../core/channel/mod.ts";
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
 * @param authservId name under which the trusted server signs its results (RFC 8601); null trusts none
 */
export function readVerdict(
  fields: readonly HeaderField[],
  authservId: string | null,
): Verdict | null {
  const spamBy = spamFilterOf(fields);
  const checks = authservId === null ? null : readResults(fields, authservId);
  if (checks === null && spamBy === null) return null;
  return {
    by: checks === null ? spamBy ?? "" : authservId ?? "",
    ...checks,
    ...spamBy === null ? {} : { isSpam: true },
  };
}

/** Whether the verdict proves that the author is who the mail says: their address stands in From, and DMARC passed for it. */
export function isVouchedFor(
  verdict: Verdict | null,
  { from, sender }: Pick<Author, "from" | "sender">,
): boolean {
  const author = sender.identities.find(({ kind }) => kind === "email")?.value;
  return verdict?.dmarc === "pass" && from !== null && author !== undefined &&
    sameAddress(from.address, author);
}

type Checks = Pick<Verdict, "spf" | "dkim" | "dmarc">;

/** The topmost results under that name: what stands below was there before the trusted server saw the mail. */
function readResults(fields: readonly HeaderField[], authservId: string): Checks | null {
  for (const header of fieldValues(fields, "authentication-results")) {
    const [head = "", ...results] = withoutComments(header.slice(0, MAX_LENGTH)).split(";");
    if (head.trim().split(/\s/)[0]?.toLowerCase() !== authservId.toLowerCase()) continue;
    const outcomes = (method: string) =>
      results.flatMap((result) => {
        const match = /^\s*([a-z]+)(?:\s*\/\s*\d+)?\s*=\s*([a-z]+)/i.exec(result);
        return match?.[1]?.toLowerCase() === method ? [match[2]?.toLowerCase() ?? ""] : [];
      });
    const [spf, dkim, dmarc] = ["spf", "dkim", "dmarc"].map((one) => sumUp(outcomes(one)));
    return {
      ...spf === undefined ? {} : { spf },
      ...dkim === undefined ? {} : { dkim },
      ...dmarc === undefined ? {} : { dmarc },
    };
  }
  return null;
}

/** A mail may carry several signatures: one that holds is enough. */
function sumUp(outcomes: readonly string[]): "pass" | "fail" | "none" | undefined {
  if (outcomes.length === 0) return undefined;
  if (outcomes.includes("pass")) return "pass";
  return outcomes.some((one) => one === "fail" || one === "softfail" || one === "permerror")
    ? "fail"
    : "none";
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
