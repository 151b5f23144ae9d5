import {
  findMessage,
  findMessageAs,
  keptEarly,
  putConversation,
  tellMessage,
  withLatestWords,
} from "../conversations/mod.ts";
import type { CoreContext } from "../context.ts";
import type { Channel } from "../model/channel.ts";
import { SYSTEM } from "../model/change.ts";
import type { Conversation } from "../model/conversation.ts";
import type { Message } from "../model/message.ts";
import { keys, transact, type Tx } from "../store/mod.ts";
import { planErasure } from "./drop_delivery.ts";
import type { IngestOptions, IngestResult } from "./ingest_message.ts";
import { messageNewsOf, type NewsEvent } from "./message_news_of.ts";

/**
 * Puts an edit, a deletion or a reaction onto the message it names, ours or a customer's. News of a message that is not
 * here wait for it, under the id it will come by. Told twice or in another order they come to the same.
 */
export async function ingestNews(
  { store }: CoreContext,
  channel: Channel,
  event: NewsEvent,
  options: IngestOptions,
): Promise<IngestResult> {
  const news = messageNewsOf(event);
  const found = await findMessageAs((key) => store.get(key), channel.id, event.messageExternalId);
  const place = found && await store.get(keys.messageRef(found.messageId));
  return await transact<IngestResult>(store, async (tx) => {
    const result = await write(tx);
    options.also?.(tx, result);
    return result;
  }, place === null ? {} : { queue: place.conversationId });

  async function write(tx: Tx): Promise<IngestResult> {
    const key = keys.dedupe(channel.id, event.messageExternalId);
    const known = await tx.get(key);
    const early = keptEarly(known, news, tx.now);
    if (early !== null) {
      tx.set(key, early, { expireInMs: early.expiresAt - tx.now });
      return { kind: "early" };
    }
    const target = await readTarget(tx, channel, event.messageExternalId);
    if (target === null) return { kind: "ignored", reason: "about a message that is gone" };
    const { message, conversation } = target;
    const where = { conversationId: conversation.id, messageId: message.id, seq: message.seq };
    const told = await tellMessage(store, tx, message, news);
    if (told.changed.length === 0) return { kind: "duplicate", ...where };
    tx.set(keys.message(message.conversationId, message.seq), told.message);
    if (news.deletedAt !== null) planErasure(tx, message.journalId);
    const row = await withLatestWords(tx, conversation, told.message);
    // Also when it stays as it is: whoever looks at its messages in another process looks again.
    putConversation(tx, conversation, row);
    const about = { actor: SYSTEM, conversationId: conversation.id, inboxId: conversation.inboxId };
    tx.emit({
      type: "message.updated",
      ...about,
      messageId: message.id,
      seq: message.seq,
      changed: told.changed,
    });
    if (row !== conversation) {
      tx.emit({ type: "conversation.updated", ...about, changed: ["preview"] });
    }
    return { kind: "updated", conversationIds: [conversation.id] };
  }
}

/** The message an id of this channel stands for, with its conversation, both checked by the commit. */
async function readTarget(
  tx: Tx,
  channel: Channel,
  externalId: string,
): Promise<{ readonly message: Message; readonly conversation: Conversation } | null> {
  const known = await findMessageAs((key) => tx.read(key), channel.id, externalId);
  const place = known && await findMessage((key) => tx.read(key), known.messageId);
  if (place === null) return null;
  const [conversation, message] = await Promise.all([
    tx.get(keys.conversation(place.conversationId)),
    tx.get(keys.message(place.conversationId, place.seq)),
  ]);
  return conversation === null || message === null || message.id !== place.id
    ? null
    : { message, conversation };
}
