import { earlyNews, joinNews, NO_NEWS, tellMessage } from "../conversations/mod.ts";
import type { Contact } from "../model/contact.ts";
import type { DeliveryError, Message } from "../model/message.ts";
import {
  type DedupeRecord,
  type EarlyRecord,
  type Key,
  keys,
  type Store,
  type Tx,
  type WatermarkRecord,
} from "../store/mod.ts";
import { advanceStatus, type ReportedStatus } from "./advance_status.ts";

/** A message with what came before the provider's id of it was known here. */
export interface Joined {
  /** With its edits and reactions; its status is as it was. */
  readonly message: Message;
  readonly status: ReportedStatus;
  readonly error?: DeliveryError;
}

/** A commit has ten checks, and a message sent in many pieces as many ids. */
const CHECKED_IDS = 2;

/**
 * Takes what was told early of a message that has left: under its ids, and of all in its conversation up to a time. The
 * caller stores the message and lets the ids stand for it.
 * @param left `status` by what is known so far; `sentAt` by the provider's clock, else ours
 */
export async function joinEarly(
  store: Pick<Store, "blobs">,
  tx: Tx,
  message: Message,
  left: {
    readonly channelIds: readonly string[];
    readonly ids: readonly string[];
    readonly status: ReportedStatus;
    readonly sentAt: number;
    /** Of its conversation, where the same commit makes the message. */
    readonly contact?: Contact;
    /** Where it is noted how far its conversation was read; default: with the conversation. */
    readonly watermark?: Key<WatermarkRecord>;
  },
): Promise<Joined> {
  let news = NO_NEWS;
  for (const [i, id] of left.ids.entries()) {
    for (const channelId of left.channelIds) {
      const key = keys.dedupe(channelId, id);
      const known: DedupeRecord | EarlyRecord | null = i < CHECKED_IDS
        ? await tx.get(key)
        : await tx.read(key);
      news = joinNews(news, earlyNews(known, tx.now) ?? NO_NEWS);
    }
  }
  const told = await tellMessage(store, tx, message, news, left.contact);
  // Letters are read one by one, if anybody says so at all.
  const mark = message.email === undefined
    ? await tx.get(left.watermark ?? keys.watermark(message.conversationId))
    : null;
  const reports: readonly ReportedStatus[] = [
    ...news.receipt === null ? [] : [news.receipt.status],
    ...mark !== null && mark.deliveredUpTo >= left.sentAt ? ["delivered" as const] : [],
    ...mark !== null && mark.readUpTo >= left.sentAt ? ["read" as const] : [],
  ];
  const status = reports.reduce((now, one) => advanceStatus(now, one) ?? now, left.status);
  const error = news.receipt?.error;
  return {
    message: told.message,
    status,
    ...status === "failed" && error !== undefined ? { error } : {},
  };
}
