import { z } from "zod";
import {
  answerError,
  type CalledProvider,
  err,
  ExternalId,
  ok,
  type Result,
  type SendError,
} from "../../core/channel/mod.ts";
import { LABEL } from "./call_program.ts";

/** Refusals a program may give by their code; `signed_out` is Parley's own. */
const CODES = [
  "unavailable",
  "ambiguous",
  "unauthorized",
  "permission",
  "window_closed",
  "recipient_unreachable",
  "opted_out",
  "rejected",
  "too_large",
  "unsupported",
  "policy_blocked",
  "config",
] as const;

const Refusal = z.object({
  error: z.object({
    code: z.enum([...CODES, "rate_limited"]),
    message: z.string().trim().min(1).max(500).optional().catch(undefined),
    retryAfterMs: z.number().min(0).optional().catch(undefined),
  }),
});
const Sent = z.object({
  externalId: ExternalId.nullable().default(null).catch(null),
  status: z.enum(["sent", "delivered"]).default("sent").catch("sent"),
});
/** What a program tells of a message it took. */
export type Sent = z.infer<typeof Sent>;

const LONGEST_WAIT_MS = 6 * 60 * 60 * 1_000;

/**
 * What an answer of a channel's program means. Pure.
 * @param options `dropsRepeated`: a call whose answer was lost can be made again; `now`, epoch ms
 */
export function readAnswer(
  called: CalledProvider,
  { dropsRepeated, now }: { readonly dropsRepeated: boolean; readonly now: number },
): Result<Sent, SendError> {
  const unreached = `${LABEL} cannot be reached right now.`;
  const lost = (message: string) =>
    err<SendError>({ code: dropsRepeated ? "unavailable" : "ambiguous", message });
  if (called.kind === "not_allowed") return err({ code: "config", message: called.reason });
  if (called.kind === "not_reached") return err({ code: "unavailable", message: unreached });
  if (called.kind === "lost") return lost(`${LABEL} broke off. It may have sent the message.`);
  const { answer } = called;
  const isSuccess = answer.status >= 200 && answer.status < 300;
  if (answer.isHtml) return err(answerError(LABEL, answer, now));
  const refusal = Refusal.safeParse(answer.json).data?.error;
  if (refusal !== undefined) return err(errorOf(refusal, answer, now));
  if (!isSuccess) return err(answerError(LABEL, answer, now));
  if (isObject(answer.json) && "error" in answer.json) {
    return err({ code: "rejected", message: `${LABEL} refused the message.` });
  }
  const { data } = Sent.safeParse(answer.status === 204 ? {} : answer.json);
  return data === undefined ? lost(`${LABEL} did not say in JSON what became of it.`) : ok(data);
}

function errorOf(
  { code, message, retryAfterMs }: z.infer<typeof Refusal>["error"],
  answer: Extract<CalledProvider, { kind: "answered" }>["answer"],
  now: number,
): SendError {
  const provider = { provider: `HTTP ${answer.status}, ${code}` };
  if (code !== "rate_limited") {
    return { code, message: message ?? SENTENCES[code], ...provider };
  }
  const byHeader = answerError(LABEL, { ...answer, status: 429 }, now);
  if (byHeader.code !== "rate_limited") return byHeader;
  return {
    ...byHeader,
    ...provider,
    ...message === undefined ? {} : { message },
    ...retryAfterMs === undefined
      ? {}
      : { retryAfterMs: Math.min(Math.max(retryAfterMs, 1_000), LONGEST_WAIT_MS) },
  };
}

/** For programs that give no words of their own. */
const SENTENCES: Readonly<Record<typeof CODES[number], string>> = {
  unavailable: "The other side cannot send right now.",
  ambiguous: "The other side does not know whether it was sent.",
  unauthorized: "The other side does not accept this channel.",
  permission: "The other side does not let this channel send.",
  window_closed: "The time in which one may answer is over.",
  recipient_unreachable: "The customer cannot be reached.",
  opted_out: "The customer does not want to be written to.",
  rejected: "The other side refused the message.",
  too_large: "The message is too large for the other side.",
  unsupported: "The other side cannot send such a message.",
  policy_blocked: "The other side's rules forbid the message.",
  config: "The other side is not set up right.",
};

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
