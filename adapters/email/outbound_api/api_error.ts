import { retryAfter, type SendError } from "../../../core/channel/mod.ts";
import type { ApiAnswer, ApiProvider, Meaning } from "./api_provider.ts";

const MAX_WORDS_LENGTH = 200;
const RATE_WAIT_MS = 60_000;
const LONGEST_WAIT_MS = 6 * 60 * 60 * 1_000;

/**
 * What an answer other than success means.
 * @param secrets texts that must not get into what is shown or logged
 */
export function apiError(
  provider: Pick<ApiProvider, "label" | "refusalIn">,
  answer: ApiAnswer & { readonly isHtml: boolean },
  { now, secrets }: { readonly now: number; readonly secrets: readonly string[] },
): SendError {
  const { label } = provider;
  const { status, headers } = answer;
  // A page is never the API's: a proxy, a firewall or a wrong address answered.
  if (answer.isHtml) {
    const message = `Something else than ${label} answered in its place.`;
    return { code: "unavailable", message, provider: `HTTP ${status}` };
  }
  const { words, meaning } = provider.refusalIn(answer);
  const text = [`HTTP ${status}`, shown(words, secrets)].filter(Boolean).join(" ");
  const { code, ...more } = meaning ?? byStatus(status, label);
  if (code === "rate_limited") {
    const told = "retryAfterMs" in more ? more.retryAfterMs : undefined;
    const retryAfterMs = retryAfter(headers.get("retry-after"), now) ?? told ?? RATE_WAIT_MS;
    return {
      code,
      scope: "channel",
      retryAfterMs: Math.min(Math.max(retryAfterMs, 1_000), LONGEST_WAIT_MS),
      message: `${label} takes no more mail for the moment.`,
      provider: text,
    };
  }
  const given = "message" in more ? more.message : undefined;
  return { code, message: given ?? usualMessage(code, label), provider: text };
}

function byStatus(status: number, label: string): Meaning {
  if (status === 429) return { code: "rate_limited" };
  if (status >= 500 || status === 408 || status === 425) return { code: "unavailable" };
  if (status === 401 || status === 403) return { code: "unauthorized" };
  if (status === 402) {
    return { code: "permission", message: `${label} does not let this account send.` };
  }
  if (status === 413) return { code: "too_large" };
  if (status < 400 || status === 404 || status === 405) return { code: "config" };
  return { code: "rejected" };
}

function usualMessage(code: Exclude<Meaning["code"], "rate_limited">, label: string): string {
  switch (code) {
    case "unauthorized":
      return `${label} does not accept the key of this mailbox.`;
    case "unavailable":
      return `${label} cannot be reached right now.`;
    case "ambiguous":
      return `${label} did not say whether it took the mail. It may have arrived.`;
    case "config":
      return `This is not where ${label} takes mail. Check the address and the domain.`;
    case "too_large":
      return `The mail is larger than ${label} takes.`;
    case "permission":
      return `${label} does not let this mailbox send.`;
    case "policy_blocked":
      return `${label} refused the mail by a policy or a spam filter.`;
    case "recipient_unreachable":
      return `${label} sends nothing to this address.`;
    case "window_closed":
    case "opted_out":
    case "signed_out":
    case "rejected":
    case "unsupported":
      return `${label} refused the mail.`;
  }
}

function shown(words: string, secrets: readonly string[]): string {
  const clean = secrets.filter((secret) => secret !== "")
    .reduce((text, secret) => text.replaceAll(secret, "…"), words);
  return clean.replace(/[\p{Cc}\s]+/gu, " ").trim().slice(0, MAX_WORDS_LENGTH);
}
