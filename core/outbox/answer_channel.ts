import type { AnyAdapter } from "../channel/mod.ts";
import { mailChannelOf } from "../channels/mod.ts";
import type { Channel } from "../model/channel.ts";
import type { Conversation } from "../model/conversation.ts";
import { keys, type Tx } from "../store/mod.ts";

/** Why a form is not answered. */
export const NO_MAILBOX =
  "A form is answered by mail, and its inbox has no mailbox: connect one in the settings";

type Reader = Pick<Tx, "read" | "list">;

/**
 * By which channel a conversation is answered: its own, but a form by a mailbox. That is the one which answered before,
 * so that a customer is written to from one address; else the one its settings name; else the inbox's.
 * @returns null for a form where there is no mailbox
 */
export async function answerChannelOf(
  reader: Reader,
  adapters: ReadonlyMap<string, AnyAdapter>,
  { channelId, channelType, inboxId, answerChannelId }: Conversation,
): Promise<string | null> {
  const port = adapters.get(channelType)?.form;
  if (port === undefined) return channelId;
  const channel = await reader.read(keys.channel(channelId));
  const wanted = channel === null ? null : port.replyChannelId(channel.config);
  for (const id of [answerChannelId ?? null, wanted]) {
    const named = id === null ? null : await reader.read(keys.channel(id));
    if (named !== null && writesLetters(adapters, named)) return named.id;
  }
  return (await mailChannelOf(reader, adapters, inboxId))?.id ?? null;
}

function writesLetters(adapters: ReadonlyMap<string, AnyAdapter>, channel: Channel): boolean {
  return channel.status !== "paused" && adapters.get(channel.type)?.letters !== undefined;
}
