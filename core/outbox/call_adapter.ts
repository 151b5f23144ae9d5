import {
  capabilitiesOf,
  type OutboundPart,
  type SendError,
  type SendReceipt,
} from "../channel/mod.ts";
import type { Channels, OpenedChannel } from "../channels/mod.ts";
import { clip } from "../clip.ts";
import { holdReason } from "../contacts/mod.ts";
import type { CoreContext } from "../context.ts";
import type { Contact } from "../model/contact.ts";
import type { MessagePiece } from "../model/message.ts";
import { err, ok, type Result } from "../result.ts";
import { keys } from "../store/mod.ts";
import type { Claim } from "./claim_message.ts";
import { letterStyleOf } from "./letter_style.ts";
import type { LetterPort } from "./letter_port.ts";
import { mayLeave } from "./may_leave.ts";
import { breaksChannel, type Outcome } from "./next_step.ts";
import { outboundPart, recipients } from "./outbound_part.ts";
import { joinReceipts, withSent } from "./pieces.ts";
import { splitPart } from "./split_part.ts";
import { isLeftAlone, openStandIn, type SentByStandIn } from "./stand_in.ts";

/** How a call ended, with what the provider told. */
export type Called =
  & {
    /** What showed that the message's own channel needs somebody, whatever came of the message. */
    readonly broken?: SendError;
    /** Of a message in pieces: how far it got. */
    readonly pieces?: readonly MessagePiece[];
  }
  & (
    | Exclude<Outcome, { kind: "sent" }>
    | {
      readonly kind: "sent";
      readonly receipt: SendReceipt;
      /** It went by the inbox's fallback address. */
      readonly standIn?: SentByStandIn;
    }
  );

/** Stores how far a message in pieces got, before the next one goes. False: it is not to go on. */
export type NotePieces = (pieces: readonly MessagePiece[]) => Promise<boolean>;

/**
 * Gives the message to its adapter. A letter whose mailbox does not work goes by the inbox's fallback address. Whatever comes back, a throw
 * included, is an outcome.
 */
export async function callAdapter(
  context: CoreContext,
  channels: Pick<Channels, "open">,
  letters: Pick<LetterPort, "content">,
  claim: Claim,
  signal: AbortSignal,
  notePieces: NotePieces,
): Promise<Called> {
  const { store, adapters, ports } = context;
  const refused = (error: SendError): Called => ({ kind: "refused", error });
  if (!adapters.has(claim.conversation.channelType)) {
    return refused({
      code: "unsupported",
      message: "This kind of channel is no longer installed",
    });
  }
  const about = { channelId: claim.outbox.channelId, messageId: claim.message.id };
  let prepared: Result<Prepared, SendError>;
  try {
    prepared = await prepare(context, channels, letters, claim);
  } catch (error) {
    // Nothing was called yet: no doubt about where it is.
    ports.log("error", "message not prepared", { ...about, error: wordsOf(error) });
    return refused({ code: "unavailable", message: "The message could not be read" });
  }
  if (!prepared.ok) return refused(prepared.error);
  const { opened, part } = prepared.value;
  const { channel } = opened;

  async function send(by: OpenedChannel, given: OutboundPart): Promise<Called> {
    const { view, io, redact } = by;
    let result: Result<SendReceipt, SendError>;
    try {
      result = await by.adapter.send(given, view, io(signal));
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
    return result.ok
      ? { kind: "sent", receipt: result.value }
      : refused(shown(result.error, redact));
  }

  /** Those of a message's pieces that have not left, one after the other. */
  async function sendPieces(
    planned: readonly MessagePiece[],
    parts: readonly OutboundPart[],
  ): Promise<Called> {
    let pieces: readonly MessagePiece[] = parts.map((_, i) => planned[i] ?? WAITING);
    const receipts: SendReceipt[] = [];
    for (const given of parts.filter(({ index }) => planned[index]?.state !== "sent")) {
      if (receipts.length > 0 && !await notePieces(pieces)) return { kind: "crashed", pieces };
      const called = await send(opened, given);
      if (called.kind !== "sent") return { ...called, pieces };
      receipts.push(called.receipt);
      pieces = withSent(pieces, given.index, called.receipt);
    }
    return { kind: "sent", receipt: joinReceipts(pieces, receipts), pieces };
  }

  async function sendByStandIn(by: OpenedChannel, reason: string): Promise<Called> {
    const { author } = claim.message;
    const userId = author.type === "user" ? author.id : null;
    const { contactName } = claim.conversation;
    const about = { channelId: by.channel.id, contactName };
    const style = await letterStyleOf({ store }, channels, userId, about);
    if (style === null || part.email === undefined) {
      return refused({ code: "config", message: "The fallback address writes no letters" });
    }
    const called = await send(by, { ...part, email: { ...part.email, ...style } });
    return called.kind === "sent"
      ? { ...called, standIn: { channelId: by.channel.id, style, reason } }
      : called;
  }

  const standIn = part.email === undefined ? null : await openStandIn({ store }, channels, opened);
  if (standIn === null) {
    const { pieces } = claim.message;
    const parts = pieces === undefined
      ? [part]
      : splitPart(part, capabilitiesOf(opened.adapter, opened.view.config));
    const hasBegun = pieces?.some(({ state }) => state === "sent") ?? false;
    // Cut elsewhere than before, some of it would go twice, or never.
    if (hasBegun && parts.length !== pieces?.length) return refused(CUT_OTHERWISE);
    return pieces === undefined || parts.length === 1
      ? await send(opened, part)
      : await sendPieces(pieces, parts);
  }
  if (isLeftAlone(channel, ports.clock.now())) {
    const first = await sendByStandIn(standIn, channel.error ?? "its mailbox does not work");
    return isBroken(first) ? await send(opened, part) : first;
  }
  const first = await send(opened, part);
  if (!isBroken(first)) return first;
  const second = await sendByStandIn(standIn, first.error.message);
  return isBroken(second) ? first : { ...second, broken: first.error };
}

const CUT_OTHERWISE: SendError = {
  code: "rejected",
  message: "The channel’s limits were changed since. Write anew what is missing.",
};
const WAITING: MessagePiece = { state: "waiting", externalId: null };

interface Prepared {
  readonly opened: OpenedChannel;
  readonly part: OutboundPart;
}

/** Everything there is to read before anything is called. */
async function prepare(
  context: CoreContext,
  channels: Pick<Channels, "open">,
  letters: Pick<LetterPort, "content">,
  claim: Claim,
): Promise<Result<Prepared, SendError>> {
  const { store, ports } = context;
  const opened = await channels.open(claim.outbox.channelId);
  if (!opened.ok) return err({ code: "config", message: opened.error });
  if (opened.value.channel.status === "paused") return err(PAUSED);
  // Of a mail to others the customer is no part.
  const contact = claim.message.aside === undefined
    ? await store.get(keys.contact(claim.conversation.contactId))
    : null;
  const held = heldBecause(claim, contact);
  if (held !== null) return err(held);
  const { channel, adapter } = opened.value;
  const { contactId } = claim.conversation;
  const place = { channelId: channel.id, channelType: adapter.id, contactId };
  const { message } = claim;
  // Asked again: it may have closed since the message was written.
  const leaving = await mayLeave(
    (key) => store.get(key),
    context,
    { place, contact, message },
    ports.clock.now(),
  );
  if (!leaving.ok) return leaving;
  const part = await outboundPart(context, letters, claim, contact);
  return ok({ opened: opened.value, part: { ...part, ...leaving.value } });
}

function isBroken(called: Called): called is Extract<Called, { kind: "refused" }> {
  return called.kind === "refused" && breaksChannel(called.error);
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
