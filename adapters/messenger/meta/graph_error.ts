import { z } from "zod";
import {
  answerError,
  type ProviderAnswer,
  retryAfter,
  type SendError,
} from "../../../core/channel/mod.ts";

const Refused = z.object({
  error: z.object({
    code: z.int(),
    error_subcode: z.int().optional().catch(undefined),
    is_transient: z.boolean().optional().catch(undefined),
    fbtrace_id: z.string().regex(/^[\w-]{1,40}$/).optional().catch(undefined),
  }),
});
const Usage = z.record(
  z.string(),
  z.array(z.object({ estimated_time_to_regain_access: z.number().nonnegative() })),
);

const MINUTE_MS = 60_000;
const LONGEST_WAIT_MS = 6 * 60 * MINUTE_MS;

const RATE_CODES: ReadonlySet<number> = new Set([4, 17, 32, 613, 80006]);
const PASSING_CODES: ReadonlySet<number> = new Set([1, 2, 1200]);
const LATE: ReadonlySet<number> = new Set([2018278, 2018065, 2534022]);
const UNREACHABLE: ReadonlySet<number> = new Set([2018108, 1545041, 2018001]);
const RESTRICTED: ReadonlySet<number> = new Set([230, 368, 1893063, 2534122, 2534029]);
const UPLOAD_FAILED = 2018047;

/** What a refusal of the Graph API means, by its numbers: its words are in the reader's language. */
export function graphError(
  answer: ProviderAnswer & { readonly isHtml: boolean },
  now: number,
): SendError {
  const { data } = Refused.safeParse(answer.json);
  if (answer.isHtml || data === undefined) return answerError("Facebook", answer, now);
  const { code, error_subcode: subcode = 0, is_transient, fbtrace_id: trace } = data.error;
  const numbers = [
    `Graph error ${code}`,
    ...subcode === 0 ? [] : [`subcode ${subcode}`],
    `HTTP ${answer.status}`,
    ...trace === undefined ? [] : [`trace ${trace}`],
  ];
  const provider = numbers.join(", ");
  const of = (
    code: Exclude<SendError["code"], "rate_limited" | "rejected">,
    message: string,
  ): SendError => ({ code, message, provider });

  if (RATE_CODES.has(code) || answer.status === 429) {
    return {
      code: "rate_limited",
      scope: "channel",
      retryAfterMs: waitMs(answer.headers, now),
      message: "Facebook takes no more messages for the moment.",
      provider,
    };
  }
  if (RESTRICTED.has(code) || RESTRICTED.has(subcode)) {
    return of("policy_blocked", "Facebook restricts this Page or app by one of its policies.");
  }
  if (LATE.has(subcode)) {
    return of("window_closed", "The customer wrote too long ago for Facebook to let us answer.");
  }
  if (UNREACHABLE.has(subcode) || code === 551) {
    return of(
      "recipient_unreachable",
      "This person gets nothing from the Page: they blocked it, or their account is gone.",
    );
  }
  if (code === 190 || code === 102) {
    return of("unauthorized", "Facebook no longer takes the Page's token. Connect the Page again.");
  }
  if (is_transient === true || PASSING_CODES.has(code)) {
    return of("unavailable", "Facebook cannot take the message right now.");
  }
  if (code === 3 || code === 10 || (code >= 200 && code <= 299)) {
    return of("permission", "The app lacks a permission for this Page.");
  }
  if (subcode === UPLOAD_FAILED) {
    const message = "Facebook did not take the file.";
    return { code: "rejected", field: "attachments", message, provider };
  }
  if (code === 100) return { code: "rejected", message: "Facebook refused the message.", provider };
  return { ...answerError("Facebook", answer, now), provider };
}

/** Until when a limit holds, in ms; Meta tells it in minutes, in a header of its own. */
function waitMs(headers: Headers, now: number): number {
  const usage = Usage.safeParse(parse(headers.get("x-business-use-case-usage"))).data ?? {};
  const minutes = Object.values(usage).flat()
    .map((one) => one.estimated_time_to_regain_access);
  const told = retryAfter(headers.get("retry-after"), now) ??
    Math.max(0, ...minutes) * MINUTE_MS;
  return Math.min(Math.max(told === 0 ? MINUTE_MS : told, 1_000), LONGEST_WAIT_MS);
}

function parse(text: string | null): unknown {
  try {
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
