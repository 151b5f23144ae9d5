import type { MessageEvent } from "../channel/mod.ts";
import type { Channel } from "../model/channel.ts";
import type { Conversation } from "../model/conversation.ts";
import { addressOf } from "../continuity/mod.ts";
import { findMessage, findMessageAs } from "../conversations/mod.ts";
import { keys, type Tx } from "../store/mod.ts";
import type { Place } from "./place.ts";

/**
 * Who wrote an event. Mail into a chat from the address its answers are mailed to is the visitor's, and proves that the
 * address is theirs when it names a mail that went there: nobody else knows that one's id. From any other address it is
 * somebody else's.
 */
export async function chatSender(
  tx: Tx,
  channel: Channel,
  event: MessageEvent,
  placing: Promise<readonly [Place, Conversation | null]>,
): Promise<MessageEvent["sender"]> {
  const { sender } = event;
  const mail = sender.identities.find(({ kind }) => kind === "email");
  if (event.email === undefined || mail === undefined) return sender;
  const [, conversation] = await placing;
  if (conversation === null || conversation.channelId === channel.id) return sender;
  const record = await tx.read(keys.continuity(conversation.id));
  if (record === null || !record.channelIds.includes(channel.id)) return sender;
  const key = keys.visitor(record.visitorId);
  const visitor = await tx.read(key);
  const reached = visitor === null ? null : addressOf(visitor);
  if (reached === null || reached.address !== mail.value.toLowerCase()) return sender;
  // An out-of-office reply says that there is a mailbox, not that somebody reads it.
  const isProven = reached.isProven ||
    event.automatic !== true && await answersLetterTo(tx, channel.id, event, reached.address);
  if (isProven && !reached.isProven) {
    const current = await tx.get(key);
    if (current?.leftEmail?.address === reached.address) {
      tx.set(key, { ...current, leftEmail: { address: reached.address, isProven } });
    }
  }
  return {
    ...sender,
    identities: [
      { kind: "visitor", value: record.visitorId, verified: true },
      { ...mail, verified: isProven },
    ],
  };
}

/**
 * Whether a mail answers one that was mailed to an address. The signed address of a chat proves less: it went to each
 * address that was ever left there, and who left somebody else's may have it from their own.
 */
async function answersLetterTo(
  tx: Tx,
  channelId: string,
  { hints }: MessageEvent,
  address: string,
): Promise<boolean> {
  for (const hint of hints) {
    if (hint.by !== "message") continue;
    const known = await findMessageAs((key) => tx.read(key), channelId, hint.externalId);
    if (known === null) continue;
    const message = await findMessage((key) => tx.read(key), known.messageId);
    if (message?.letter !== undefined && message.event?.to === address) return true;
  }
  return false;
}
