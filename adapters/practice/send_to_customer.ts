import {
  type ChannelView,
  err,
  type Io,
  ok,
  type OutboundPart,
  type Result,
  type SendError,
  type SendReceipt,
} from "../../core/channel/mod.ts";
import type { PracticeConfig } from "./config.ts";
import { reactionsTo } from "./reactions_to.ts";
import { seeded } from "./seeded.ts";

/** Failures one can meet, for a while or for good. */
const FAILURES: readonly [SendError, ...SendError[]] = [
  {
    code: "rate_limited",
    retryAfterMs: 5_000,
    scope: "channel",
    message: "Practice takes no more messages for five seconds.",
  },
  { code: "unavailable", message: "Practice cannot be reached right now." },
  { code: "recipient_unreachable", message: "The practice customer has left the building." },
  { code: "rejected", message: "Practice refused the message." },
];

/** Takes a reply, and says what the customer will do about it. */
export function sendToCustomer(
  part: OutboundPart,
  { config }: ChannelView<PracticeConfig>,
  io: Pick<Io, "now">,
): Promise<Result<SendReceipt, SendError>> {
  const now = io.now();
  const id = part.recipient.identities.find(({ kind }) => kind === "external")?.value;
  if (id === undefined) {
    const message = "Only practice customers can be written to here.";
    return Promise.resolve(err({ code: "recipient_unreachable", message }));
  }
  const random = seeded(`${config.seed} send ${part.outboxId} ${now}`);
  if (config.misbehaviour.failures && random.chance(0.3)) {
    return Promise.resolve(err(random.pick(FAILURES)));
  }
  const externalId = `practice ${part.outboxId}${part.index === 0 ? "" : ` ${part.index}`}`;
  const customer = { id, name: part.recipient.name };
  const later = reactionsTo(part, customer, { config, externalId, now });
  return Promise.resolve(ok({ externalId, status: "sent", later: later.slice(0, 10) }));
}
