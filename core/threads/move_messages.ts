/** Messages on their way from one conversation to another: what is planned, copied ahead, and written in the moving commit. */
import type { CoreContext } from "../context.ts";
import type { CoreError } from "../errors.ts";
import type { Conversation } from "../model/conversation.ts";
import type { Message } from "../model/message.ts";
import { noteScheduled } from "../outbox/mod.ts";
import { err, ok, type Result } from "../result.ts";
import {
  keys,
  type MessageRefRecord,
  type OutboxRecord,
  type Store,
  storedBytes,
  transact,
  type Tx,
} from "../store/mod.ts";
import { planSweep } from "./sweep.ts";

/** One commit says where all of them lie and how far everybody has read; it has 1,000 mutations. */
const MAX_MUTATIONS = 950;
/** Attempts when other processes keep writing into a conversation. */
export const MAX_MOVES = 5;
/** Unsent ones are version checks in that commit, which has ten. */
const MAX_UNSENT = 4;
/** Of a commit of copies. */
const BATCH_BYTES = 400_000;
const BATCH_MESSAGES = 200;
/** Copies that nobody took over are deleted after this. */
const ABANDONED_MS = 10 * 60_000;

/** Messages to be moved, as they were when they were read. */
export interface MovePlan {
  /** Oldest first. */
  readonly messages: readonly Message[];
  readonly refs: readonly MessageRefRecord[];
  /** Those on their way out, by their place now. */
  readonly unsent: readonly OutboxRecord[];
}

/** A conversation that never stands still long enough to be moved. */
export const RESTLESS: CoreError = {
  code: "conflict",
  message: "Messages keep coming in: try again in a moment",
};

/**
 * Reads what is to be moved. Errors: unsupported when it is more than one commit can move; conflict for too much unsent.
 * @param otherMutations of the commit that moves them
 */
export async function planMove(
  store: Store,
  from: Pick<Conversation, "id" | "lastSeq">,
  fromSeq: number,
  otherMutations: number,
): Promise<Result<MovePlan, CoreError>> {
  const count = from.lastSeq - fromSeq + 1;
  const room = MAX_MUTATIONS - otherMutations;
  if (count > room) {
    const message = `${count} messages are too many to move at once: at most ${room}`;
    return err({ code: "unsupported", message });
  }
  const messages: Message[] = [];
  for await (
    const { value } of store.list(keys.messagesBetween(from.id, fromSeq, from.lastSeq + 1))
  ) messages.push(value);
  const unsent: OutboxRecord[] = [];
  for await (const { value } of store.list(keys.outboxOf(from.id))) {
    if (value.seq >= fromSeq) unsent.push(value);
  }
  if (unsent.length > MAX_UNSENT) {
    return err({
      code: "conflict",
      message: `${unsent.length} replies wait to be sent: at most ${MAX_UNSENT} can be moved along`,
    });
  }
  const refs = await store.getMany(messages.map(({ id }) => keys.messageRef(id)));
  return ok({
    messages,
    refs: refs.map((ref, i) => ref ?? { conversationId: from.id, seq: messages[i]?.seq ?? 0 }),
    unsent,
  });
}

/**
 * Writes the copies beyond the end of the conversation they go to, with the job that deletes them if nothing follows.
 * @param into where they go and how far it reached when they were planned; 0 for one that is to be made
 * @returns false when another process has written there meanwhile: what stands in their places is not theirs to replace
 */
export async function copyAhead(
  { store, ports }: CoreContext,
  { id: conversationId, lastSeq }: Pick<Conversation, "id" | "lastSeq">,
  copies: readonly Message[],
): Promise<boolean> {
  const dueAt = ports.clock.now() + ABANDONED_MS;
  for (let start = 0; start < copies.length;) {
    const end = batchEnd(copies, start);
    const isFree = await transact(store, async (tx) => {
      const now = await tx.get(keys.conversation(conversationId));
      if ((now?.lastSeq ?? 0) !== lastSeq) return false;
      if (start === 0) planSweep(tx, conversationId, dueAt);
      for (const copy of copies.slice(start, end)) {
        tx.set(keys.message(copy.conversationId, copy.seq), copy);
      }
      return true;
    });
    if (!isFree) return false;
    start = end;
  }
  return true;
}

/**
 * Whether the copies are still there; checked by the commit that makes them the conversation's own. Another process may
 * have swept there, for a move before this one: from the first on.
 */
export async function areCopiesThere(
  tx: Pick<Tx, "get">,
  [first]: readonly Message[],
): Promise<boolean> {
  if (first === undefined) return true;
  return (await tx.get(keys.message(first.conversationId, first.seq)))?.id === first.id;
}

function batchEnd(copies: readonly Message[], start: number): number {
  let end = start;
  for (let bytes = 0; end < copies.length && end - start < BATCH_MESSAGES; end++) {
    bytes += storedBytes(copies[end]);
    if (bytes > BATCH_BYTES && end > start) break;
  }
  return end;
}

/** Says in a commit where the messages lie from now on, and takes what is unsent along. */
export async function writeMove(
  tx: Tx,
  { refs, unsent }: Pick<MovePlan, "refs" | "unsent">,
  copies: readonly Message[],
): Promise<void> {
  for (const [i, { id, conversationId, seq }] of copies.entries()) {
    tx.set(keys.messageRef(id), { ...refs[i], conversationId, seq });
  }
  const scheduled: Message[] = [];
  const placeOf = new Map(copies.map((copy) => [copy.id, copy]));
  for (const { conversationId: oldId, seq: oldSeq, messageId } of unsent) {
    const record = await tx.get(keys.outbox(oldId, oldSeq));
    const copy = placeOf.get(messageId);
    if (record === null || copy === undefined) continue;
    const { conversationId, seq } = copy;
    tx.delete(keys.outbox(oldId, oldSeq));
    // Its job finds it by the message's id.
    tx.set(keys.outbox(conversationId, seq), { ...record, conversationId, seq });
    if (record.state === "scheduled") scheduled.push(copy);
  }
  const leaving = unsent.map(({ seq }) => seq);
  for (const copy of scheduled) {
    const dueAts = scheduled.filter(({ author }) => author.id === copy.author.id)
      .flatMap(({ sendAt }) => sendAt ?? []);
    await noteScheduled(tx, copy, { dueAts });
    for (const conversationId of new Set(unsent.map((one) => one.conversationId))) {
      await noteScheduled(tx, { ...copy, conversationId }, { leaving });
    }
  }
}
