import { eraseDrafts } from "../drafts/mod.ts";
import { DEFAULT_SPAM_POLICY } from "../inboxes/mod.ts";
import type { JobHandler } from "../jobs/mod.ts";
import { emptyPersonal } from "../personal/mod.ts";
import { SANITIZER_VERSION } from "../mail_html/mod.ts";
import type { Conversation } from "../model/conversation.ts";
import type { Message } from "../model/message.ts";
import { type JournalRecord, keys, type Store, transact, type Tx } from "../store/mod.ts";
import { dropFiles } from "./drop_files.ts";
import { donePlace } from "./put.ts";
import { SYSTEM } from "../model/change.ts";

/**
 * Kind of the job that deletes what a deleted conversation held: payload `{conversationId, channelId}`; with `isPerson`,
 * deliveries that hold messages of others too are deleted as well.
 */
export const ERASE_JOB = "conversation.erase";

const DAY_MS = 24 * 60 * 60 * 1_000;
/** Conversations looked at in one go, per inbox. */
const BATCH = 500;
/** Messages deleted in one commit: each may have a hundred files. */
const PAGE = 5;
/** How long a deleted message is known when it comes again: its mailbox may still hold it. */
const REMEMBERED_MS = 30 * DAY_MS;

/**
 * Deletes for good what has been spam for longer than its inbox keeps it. Each conversation goes in one commit, together
 * with the job that deletes what it held.
 * @returns how many were deleted
 */
export async function purgeSpam(store: Store, now: number): Promise<number> {
  let count = 0;
  for await (const { value: inbox } of store.list(keys.inboxes())) {
    const { keepDays } = inbox.spamPolicy ?? DEFAULT_SPAM_POLICY;
    if (keepDays === null) continue;
    const upTo = now - keepDays * DAY_MS;
    for await (
      const { path } of store.list(keys.doneUpTo("spam", inbox.id, upTo), { limit: BATCH })
    ) {
      if (await deleteSpam(store, String(path.at(-1)), upTo)) count++;
    }
  }
  return count;
}

/** False when it is no longer spam, or became it again later. */
async function deleteSpam(store: Store, id: string, upTo: number): Promise<boolean> {
  return await transact(store, async (tx) => {
    const conversation = await tx.get(keys.conversation(id));
    if (conversation?.status !== "spam" || conversation.statusAt > upTo) return false;
    deleteConversation(tx, conversation);
    return true;
  }, { queue: id });
}

/**
 * Deletes a conversation for good, together with the job that deletes what it held. Called in its queue.
 * @param options `isPerson`: nothing of whoever wrote it may stay
 */
export function deleteConversation(
  tx: Tx,
  conversation: Conversation,
  { isPerson = false }: { readonly isPerson?: boolean } = {},
): void {
  const { id, contactId, createdAt, inboxId, channelId } = conversation;
  tx.delete(keys.conversation(id));
  tx.delete(keys.liveConversation(id));
  const place = donePlace(conversation);
  if (place !== null) tx.delete(keys.done(...place));
  tx.delete(keys.conversationOfContact(contactId, createdAt, id));
  tx.delete(keys.continuity(id));
  tx.delete(keys.readTold(id));
  tx.delete(keys.watermark(id));
  tx.emit({ type: "conversation.deleted", actor: SYSTEM, conversationId: id, inboxId });
  const payload = { conversationId: id, channelId, ...isPerson ? { isPerson } : {} };
  tx.job({ kind: ERASE_JOB, payload, dueAt: tx.now });
}

/** The handler of the erase job: a few messages with their files and raw deliveries per commit, until none is left. */
export function createEraser(store: Store): JobHandler {
  return async function erase(job, run) {
    const conversationId = String(job.payload.conversationId);
    const channelId = String(job.payload.channelId);
    const isPerson = job.payload.isPerson === true;
    for (let isDone = false; !isDone && !run.signal.aborted;) {
      isDone = await transact(store, async (tx) => {
        const page: Message[] = [];
        for await (const { value } of tx.list(keys.messages(conversationId), { limit: PAGE })) {
          page.push(value);
        }
        for (const message of page) await deleteMessage(tx, channelId, message, isPerson);
        return page.length === 0;
      });
    }
    run.signal.throwIfAborted();
    await emptyPersonal(store, conversationId, run.signal);
    await transact(store, (tx) => eraseDrafts(tx, conversationId));
    for await (const { value } of store.list(keys.users())) {
      await transact(store, (tx) => {
        tx.delete(keys.readMark(value.id, conversationId));
        return Promise.resolve();
      });
    }
  };
}

async function deleteMessage(
  tx: Tx,
  channelId: string,
  message: Message,
  isPerson: boolean,
): Promise<void> {
  const { conversationId, seq, id } = message;
  tx.delete(keys.message(conversationId, seq));
  const place = await tx.read(keys.messageRef(id));
  // A copy left behind by a split or a merge: all that belongs to it is where the message is.
  if (place !== null && (place.conversationId !== conversationId || place.seq !== seq)) return;
  tx.delete(keys.messageRef(id));
  tx.delete(keys.messageTexts(id));
  for (const images of [true, false]) tx.delete(keys.sanitized(id, SANITIZER_VERSION, images));
  if (message.bodyBlobId !== undefined) tx.dropBlob(message.bodyBlobId);
  const outbox = await tx.get(keys.outbox(conversationId, seq));
  if (outbox !== null) {
    tx.cancelJob(outbox.job);
    tx.delete(keys.outbox(conversationId, seq));
  }
  await dropFiles(tx, message);
  if (message.externalId !== undefined) {
    const key = keys.dedupe(message.channelId ?? channelId, message.externalId);
    const known = await tx.read(key);
    if (known !== null) tx.set(key, known, { expireInMs: REMEMBERED_MS });
  }
  await deleteDelivery(tx, message, isPerson);
}

/** A delivery that holds messages of other conversations too stays with them, unless a person is to be forgotten. */
async function deleteDelivery(
  tx: Tx,
  { journalId, conversationId }: Message,
  isPerson: boolean,
): Promise<void> {
  if (journalId === undefined) return;
  const journal = await tx.get(keys.journal(journalId));
  if (journal === null) return;
  if (!isPerson && journal.conversationIds.some((one) => one !== conversationId)) return;
  deleteJournal(tx, journal);
}

/** Deletes a delivery as it came. */
export function deleteJournal(tx: Tx, { id, channelId, hash, receivedAt, blob }: JournalRecord) {
  tx.delete(keys.journal(id));
  tx.delete(keys.journalDedupe(channelId, hash));
  tx.delete(keys.journalFailed(channelId, receivedAt, id));
  tx.dropBlob(blob.id);
}
