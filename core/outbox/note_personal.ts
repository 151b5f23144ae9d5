import { putPersonal, removePersonal } from "../personal/mod.ts";
import type { Message } from "../model/message.ts";
import { keys, type Tx } from "../store/mod.ts";

/**
 * Keeps a conversation among the scheduled ones of a reply's author, at the time of their next one in it, or takes it
 * out. In each commit that changes what is scheduled.
 * @param change what this commit does: times of the author's it adds, and places of those that are scheduled no more
 */
export async function noteScheduled(
  tx: Tx,
  { author, conversationId }: Pick<Message, "author" | "conversationId">,
  { dueAts = [], leaving = [] }: {
    readonly dueAts?: readonly number[];
    readonly leaving?: readonly number[];
  },
): Promise<void> {
  if (author.type !== "user" || author.id === null) return;
  const times = [...dueAts];
  // What is asked for sees the store, not this commit.
  for await (const { value } of tx.list(keys.outboxOf(conversationId))) {
    if (value.state !== "scheduled" || leaving.includes(value.seq)) continue;
    const other = await tx.read(keys.message(conversationId, value.seq));
    if (other?.author.id === author.id) times.push(other.sendAt ?? value.job.dueAt);
  }
  const place = { userId: author.id, list: "scheduled", conversationId } as const;
  if (times.length > 0) await putPersonal(tx, place, Math.min(...times));
  else await removePersonal(tx, place);
}

/** Puts a conversation among those its author has answered, in the commit that says that a reply has left. */
export async function noteSent(
  tx: Tx,
  { kind, author, conversationId, automatic }: Message,
): Promise<void> {
  if (kind !== "reply" || author.type !== "user" || author.id === null || automatic) return;
  await putPersonal(tx, { userId: author.id, list: "sent", conversationId }, tx.now);
}
