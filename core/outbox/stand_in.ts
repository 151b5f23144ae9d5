import type { LetterStyle } from "../channel/mod.ts";
import type { Channels, OpenedChannel } from "../channels/mod.ts";
import type { CoreContext } from "../context.ts";
import type { Channel } from "../model/channel.ts";
import type { Message, TraceStep } from "../model/message.ts";
import { keys } from "../store/mod.ts";

/** A broken channel is left alone for so long; then a letter tries it again, which mends it when it works. */
const LEFT_ALONE_MS = 10 * 60_000;

/** How a letter went out that its own channel could not send. */
export interface SentByStandIn {
  /** The channel of the inbox's fallback address. */
  readonly channelId: string;
  readonly style: LetterStyle;
  /** Why not by its own, in words. */
  readonly reason: string;
}

/** Whether a channel is so freshly broken that its stand-in goes first. */
export function isLeftAlone({ status, updatedAt }: Channel, now: number): boolean {
  return status === "error" && now - updatedAt < LEFT_ALONE_MS;
}

/** The channel of the inbox's fallback address, to send in place of one of its mailboxes; null when there is none. */
export async function openStandIn(
  { store }: Pick<CoreContext, "store">,
  channels: Pick<Channels, "open">,
  { channel, adapter }: OpenedChannel,
): Promise<OpenedChannel | null> {
  if (adapter.letters === undefined) return null;
  const inbox = await store.get(keys.inbox(channel.inboxId));
  const id = inbox?.fallback?.channelId;
  if (id === undefined || id === channel.id) return null;
  const opened = await channels.open(id);
  return opened.ok && opened.value.adapter === adapter && opened.value.channel.status === "ready"
    ? opened.value
    : null;
}

/** The message as it went out: its true sender, and the trace that says why. */
export function sentByStandIn(
  message: Message,
  { style, reason }: Pick<SentByStandIn, "style" | "reason">,
): Message {
  const { address } = style.from;
  const step: TraceStep = { step: "fallback_address", detail: `Sent by ${address}: ${reason}` };
  return {
    ...message,
    trace: [...message.trace.filter((one) => one.step !== step.step), step],
    ...message.email === undefined ? {} : { email: { ...message.email, ...style } },
  };
}
