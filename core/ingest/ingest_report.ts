import type { DeliveryReport, MessageEvent } from "../channel/mod.ts";
import type { CoreContext } from "../context.ts";
import {
  findMessage,
  findMessageAs,
  isEarly,
  placeNow,
  putConversation,
} from "../conversations/mod.ts";
import { SYSTEM } from "../model/change.ts";
import type { Channel } from "../model/channel.ts";
import type { Message } from "../model/message.ts";
import {
  advanceStatus,
  afterBounce,
  type Bounced,
  markAddresses,
  putBounceLines,
  sumUp,
} from "../outbox/mod.ts";
import { keys, transact, type Tx } from "../store/mod.ts";
import type { IngestOptions, IngestResult } from "./ingest_message.ts";
import { isOutbound } from "./is_outbound.ts";

/**
 * Joins a mail server's report to the message it is about: a line in the thread for each recipient, the message failed
 * when it reached none of those it was written to, wrong addresses marked.
 * @returns null when the event is no report, or on a message that is not here: it is a message of its own then
 */
export async function ingestReport(
  context: CoreContext,
  channel: Channel,
  event: MessageEvent,
  options: IngestOptions,
): Promise<IngestResult | null> {
  const { report } = event;
  if (report === undefined || options.isHistory === true) return null;
  const found = await findTarget(context, channel, report);
  if (found === null) return null;
  return await transact<IngestResult | null>(context.store, async (tx) => {
    const dedupeKey = keys.dedupe(channel.id, event.externalId);
    const seen = await tx.get(dedupeKey);
    if (seen !== null && !isEarly(seen)) {
      const place = await placeNow((key) => tx.read(key), seen);
      const result: IngestResult = { kind: "duplicate", ...seen, ...place };
      options.also?.(tx, result);
      return result;
    }
    const [before, message] = await Promise.all([
      tx.get(keys.conversation(found.conversationId)),
      tx.get(keys.message(found.conversationId, found.seq)),
    ]);
    if (before === null || message === null || message.id !== found.id) return null;
    if (!isOutbound(message)) return null;
    if ((message.channelId ?? before.channelId) !== channel.id) return null;
    const contact = await tx.read(keys.contact(before.contactId));
    const bounced = sumUp(message, contact?.emails ?? [], report.recipients);
    // Whom we never wrote to, nobody can report on: a forged report could mark any address.
    if (bounced.recipients.length === 0) return null;

    const isFailed = bounced.isUndelivered && message.automatic !== true &&
      advanceStatus(message.status, "failed") !== null;
    const where = { actor: SYSTEM, conversationId: before.id, inboxId: before.inboxId };
    const facts = { message, lines: bounced.recipients.length, isFailed };
    const after = afterBounce(before, facts, tx.now);
    putConversation(tx, before, after);
    const lines = putBounceLines(tx, context.ports.ids, {
      conversation: after,
      about: message,
      recipients: bounced.recipients,
      journalId: options.journalId,
    });
    changeMessage(tx, message, bounced, isFailed);
    tx.emit({
      type: "message.updated",
      ...where,
      messageId: message.id,
      seq: message.seq,
      changed: ["status"],
    });
    tx.emit({ type: "conversation.updated", ...where, changed: ["failedMessageId", "status"] });
    await markAddresses(tx, bounced.recipients, contact);

    const stored = {
      conversationId: after.id,
      messageId: lines[0]?.id ?? message.id,
      seq: lines[0]?.seq ?? message.seq,
    };
    tx.set(dedupeKey, stored);
    const result: IngestResult = { kind: "stored", ...stored, message };
    options.also?.(tx, result);
    return result;
  }, { queue: found.conversationId });
}

async function findTarget(
  { store }: CoreContext,
  channel: Channel,
  { targets }: DeliveryReport,
): Promise<Message | null> {
  for (const target of targets) {
    const id = target.by === "outbox"
      ? target.outboxId
      : (await findMessageAs((key) => store.get(key), channel.id, target.messageExternalId))
        ?.messageId;
    const found = id === undefined ? null : await findMessage((key) => store.get(key), id);
    if (found !== null) return found;
  }
  return null;
}

function changeMessage(tx: Tx, message: Message, bounced: Bounced, isFailed: boolean): void {
  tx.set(keys.message(message.conversationId, message.seq), {
    ...message,
    ...bounced.failedTo.length === 0 ? {} : { failedTo: bounced.failedTo },
    ...isFailed && bounced.error !== null ? { status: "failed", error: bounced.error } : {},
  });
}
