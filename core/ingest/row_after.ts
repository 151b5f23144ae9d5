import { displayName } from "../contacts/mod.ts";
import { previewOfMessage } from "../conversations/mod.ts";
import type { Contact } from "../model/contact.ts";
import type { Conversation } from "../model/conversation.ts";
import type { Message } from "../model/message.ts";
import { afterPost } from "../outbox/mod.ts";
import type { Filing } from "./file_message.ts";
import { afterAside, afterHistory, afterInbound } from "./place.ts";

/**
 * The record after a message that came in: a customer's, a reply to one that was written elsewhere, or one from before the
 * channel was connected. Pure.
 * @param now epoch ms
 */
export function rowAfter(
  base: Conversation,
  message: Message,
  contact: Contact,
  filing: Filing,
  { isHistory, now }: { readonly isHistory: boolean; readonly now: number },
): Conversation {
  const { seq, kind, createdAt } = message;
  // The row shows who the thread is with, even when a colleague of theirs writes.
  const contactName = contact.id === base.contactId ? displayName(contact) : base.contactName;
  const news = { seq, preview: previewOfMessage(message), isBlocked: filing.isSpam, contactName };
  if (isHistory) {
    const previewKind = kind === "event" ? "inbound" : kind;
    return afterHistory(base, { ...news, at: createdAt, previewKind });
  }
  if (message.aside !== undefined) {
    return afterAside(base, { ...news, isQuiet: filing.isAutomatic || filing.isSpam }, now);
  }
  if (kind === "reply") return afterPost(base, message, { isReply: true, assigneeId: null }, now);
  return afterInbound(base, {
    ...news,
    automatic: filing.isAutomatic,
    ...filing.lane === undefined ? {} : { lane: filing.lane },
  }, now);
}
