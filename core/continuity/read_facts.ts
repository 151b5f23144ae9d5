import { mailChannelOf } from "../channels/mod.ts";
import { holdReason } from "../contacts/mod.ts";
import type { CoreContext } from "../context.ts";
import type { Channel } from "../model/channel.ts";
import type { Conversation } from "../model/conversation.ts";
import type { Message } from "../model/message.ts";
import { type ContinuityRecord, keys, type Tx, type VisitorRecord } from "../store/mod.ts";
import { addressOf } from "./chat_visitor.ts";
import type { ContinuityFacts, Presence } from "./continuity_due.ts";
import { unreadAnswers } from "./unread_answers.ts";

/** Of unproven addresses: one mail a day, whichever chats they were left in. */
export const LETTER_BUCKET = "chat_letter";

/** What is known of a chat, as the decision needs it and as a letter is made of it. */
export interface ChatState {
  readonly facts: Omit<ContinuityFacts, "presence">;
  readonly unread: readonly Message[];
  readonly visitor: VisitorRecord | null;
  readonly address: string | null;
  readonly mailbox: Channel | null;
}

/** Reads it within a commit. The caller checks the conversation and the record. */
export async function readChatState(
  { adapters }: Pick<CoreContext, "adapters">,
  tx: Tx,
  conversation: Conversation,
  record: Pick<ContinuityRecord, "visitorId" | "lastMailAt">,
): Promise<ChatState> {
  const { channelId, inboxId, contactId, status } = conversation;
  const [channel, visitor, contact, unread, mailbox] = await Promise.all([
    tx.read(keys.channel(channelId)),
    tx.read(keys.visitor(record.visitorId)),
    tx.read(keys.contact(contactId)),
    unreadAnswers(tx, conversation),
    mailChannelOf(tx, adapters, inboxId),
  ]);
  const reached = visitor === null ? null : addressOf(visitor);
  const [rate, stoppedAt] = reached === null ? [null, null] : await Promise.all([
    // Checked: another chat may be about to write to the same address.
    reached.isProven ? null : tx.get(keys.rate(LETTER_BUCKET, reached.address)),
    tx.read(keys.noLetters(channelId, reached.address)),
  ]);
  return {
    unread,
    visitor,
    address: reached?.address ?? null,
    mailbox,
    facts: {
      now: tx.now,
      afterMs: settingOf(adapters, channel),
      status,
      unread: unread.map((one) => ({ seq: one.seq, at: one.sentAt ?? one.createdAt })),
      address: reached === null ? null : {
        isProven: reached.isProven,
        isBad: holdReason(contact, [reached.address]) !== null,
        isStopped: stoppedAt !== null,
        quietUntil: rate?.resetAt ?? null,
      },
      hasMailbox: mailbox !== null,
      lastMailAt: record.lastMailAt,
    },
  };
}

/** When answers of a channel go by mail, in ms after they came; null where they never do. */
export function settingOf(
  adapters: CoreContext["adapters"],
  channel: Channel | null,
): number | null {
  if (channel === null || channel.status === "paused") return null;
  return adapters.get(channel.type)?.visitor?.continuity?.(channel.config)?.afterMs ?? null;
}

/** Asked only when everything else is known: it may look into the store. */
export type PresenceOf = (visitorId: string) => Promise<Presence>;
