import type { OutboundPart, SendError, SendReceipt } from "../channel/mod.ts";
import type { Channels } from "../channels/mod.ts";
import { clip } from "../clip.ts";
import { holdReason } from "../contacts/mod.ts";
import type { CoreContext } from "../context.ts";
import type { Contact } from "../model/contact.ts";
import type { Result } from "../result.ts";
import { keys } from "../store/mod.ts";
import type { Claim } from "./claim_message.ts";
import type { Outcome } from "./next_step.ts";
import { outboundPart, recipients } from "./outbound_part.ts";

/** How a call ended, with what the provider told. */
export type Called = Exclude<Outcome, { kind: "sent" }> | {
  readonly kind: "sent";
  readonly receipt: SendReceipt;
};

/** Gives the message to its adapter; whatever comes back, a throw included, is an outcome. */
export async function callAdapter(
  { store, adapters, ports }: CoreContext,
  channels: Pick<Channels, "open">,
  claim: Claim,
  signal: AbortSignal,
): Promise<Called> {
  const adapter = adapters.get(claim.conversation.channelType);
  const refused = (error: SendError): Called => ({ kind: "refused", error });
  if (adapter === undefined) {
    return refused({
      code: "unsupported",
      message: "This kind of channel is no longer installed",
    });
  }
  const opened = await channels.open(claim.outbox.channelId);
  if (!opened.ok) return refused({ code: "config", message: opened.error });
  const { channel, view, io, redact } = opened.value;
  if (channel.status === "paused") return refused(PAUSED);
  const contact = await store.get(keys.contact(claim.conversation.contactId));
  const held = heldBecause(claim, contact);
  if (held !== null) return refused(held);
  const about = { channelId: channel.id, messageId: claim.message.id };
  let part: OutboundPart;
  try {
    part = await outboundPart(store, claim, contact);
  } catch (error) {
    // Nothing was called yet: no doubt about where it is.
    ports.log("error", "message not prepared", { ...about, error: wordsOf(error) });
    return refused({ code: "unavailable", message: "The message could not be read" });
  }
  let result: Result<SendReceipt, SendError>;
  try {
    result = await adapter.send(part, view, io(signal));
  } catch (error) {
    // An adapter that throws has a bug; the message may be out.
    ports.log("error", "adapter threw while sending", {
      ...about,
      error: redact(wordsOf(error)),
    });
    return refused({
      code: "ambiguous",
      message: "Sending broke off in the middle. It may have arrived.",
    });
  }
  return result.ok ? { kind: "sent", receipt: result.value } : refused(shown(result.error, redact));
}

/** Mail to addresses that it came back from waits for somebody who insists. */
function heldBecause({ message, outbox }: Claim, contact: Contact | null): SendError | null {
  if (message.email === undefined || outbox.isInsisted === true) return null;
  const { to } = recipients(message.email, contact?.emails ?? []);
  const mark = holdReason(contact, to.map(({ address }) => address));
  return mark === null ? null : {
    code: "recipient_unreachable",
    message: `Held: the last mail to ${mark.address} came back. Retry sends it all the same.`,
    provider: mark.reason,
  };
}

const PAUSED: SendError = {
  code: "rate_limited",
  message: "The channel is paused",
  retryAfterMs: 60_000,
  scope: "channel",
};
const MAX_WORDS = 1_000;

/** A refusal fit to be stored: without secrets, and not as long as a provider likes. */
function shown(error: SendError, redact: (text: string) => string): SendError {
  const words = (text: string) => clip(redact(text), MAX_WORDS);
  return {
    ...error,
    message: words(error.message),
    ...error.provider === undefined ? {} : { provider: words(error.provider) },
  };
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? clip(error.message, MAX_WORDS) : "unknown";
}
