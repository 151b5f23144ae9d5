import type { ProviderAnswer } from "./call_provider.ts";
import type { SendError } from "./errors.ts";

const RATE_WAIT_MS = 60_000;
const LONGEST_WAIT_MS = 6 * 60 * 60 * 1_000;

/**
 * What an answer other than success means by its HTTP status alone: for providers that keep to it. The provider's own
 * words are left out, so that nothing of the request is told.
 * @param label the provider, as people know it
 * @param now epoch ms
 */
export function answerError(
  label: string,
  { status, headers, isHtml }: ProviderAnswer & { readonly isHtml: boolean },
  now: number,
): SendError {
  const provider = `HTTP ${status}`;
  const of = (
    code: Exclude<SendError["code"], "rate_limited" | "rejected">,
    message: string,
  ): SendError => ({ code, message, provider });
  // A page is never the API's: a proxy, a firewall or a wrong address answered.
  if (isHtml) return of("unavailable", `Something else than ${label} answered in its place.`);
  if (status === 429) {
    const waitMs = retryAfter(headers.get("retry-after"), now) ?? RATE_WAIT_MS;
    const retryAfterMs = Math.min(Math.max(waitMs, 1_000), LONGEST_WAIT_MS);
    const message = `${label} takes no more messages for the moment.`;
    return { code: "rate_limited", scope: "channel", retryAfterMs, message, provider };
  }
  if (status >= 500 || status === 408 || status === 425) {
    return of("unavailable", `${label} cannot be reached right now.`);
  }
  if (status === 401) return of("unauthorized", `${label} does not accept the channel's key.`);
  if (status === 402 || status === 403) {
    return of("permission", `${label} does not let this channel send.`);
  }
  if (status === 413) return of("too_large", `The message is larger than ${label} takes.`);
  if (status < 400 || status === 404 || status === 405) {
    return of("config", `This is not where ${label} takes messages.`);
  }
  return { code: "rejected", message: `${label} refused the message.`, provider };
}

/** Waiting time of a Retry-After header, in seconds or as a date, in ms; null without a usable one. */
export function retryAfter(header: string | null, now: number): number | null {
  if (header === null) return null;
  const seconds = /^\s*(\d{1,7}(?:\.\d+)?)\s*$/.exec(header)?.[1];
  if (seconds !== undefined) return Math.ceil(Number(seconds) * 1_000);
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(at - now, 0);
}
