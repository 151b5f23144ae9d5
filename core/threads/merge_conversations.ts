import { actorOf, can, type Principal } from "../access/mod.ts";
import type { CoreContext } from "../context.ts";
import { eventLine, followMerges, putConversation, putMessage } from "../conversations/mod.ts";
import { type CoreError, invalid, notFound } from "../errors.ts";
import type { Conversation } from "../model/conversation.ts";
import type { Message } from "../model/message.ts";
import { planPersonalMove } from "../personal/mod.ts";
import { err, ok, type Result } from "../result.ts";
import { keys, transact, type Tx } from "../store/mod.ts";
import { emptiedRow, mergedRow } from "./merged_row.ts";
import {
  areCopiesThere,
  copyAhead,
  MAX_MOVES,
  type MovePlan,
  planMove,
  RESTLESS,
  writeMove,
} from "./move_messages.ts";
import { planSweep } from "./sweep.ts";
import { marksOf, type UserMark } from "./user_marks.ts";

/** What a merge led to. */
export interface Merged {
  /** The one that is part of the other now. */
  readonly conversation: Conversation;
  /** Marks in the one it went into that moved. */
  readonly marks: readonly UserMark[];
}

/**
 * Makes a conversation part of another: its messages stand behind the other's, below a line that says where they come from, with
 * their own times. What is meant for it later goes to the other one. Asked for twice it answers the same. Errors: not_found,
 * forbidden, invalid (`intoId`), conflict, unsupported.
 */
export async function mergeConversations(
  context: CoreContext,
  principal: Principal,
  id: string,
  intoId: string,
): Promise<Result<Merged, CoreError>> {
  const { store } = context;
  for (let attempt = 1; attempt <= MAX_MOVES; attempt++) {
    const pair = await findPair(context, principal, id, intoId);
    if (!pair.ok) return pair;
    const { from, into } = pair.value;
    if (from.mergedIntoId !== undefined) return ok({ conversation: from, marks: [] });
    // In one order, whichever way round they are merged: two who each wait for the other would wait forever.
    const [first = "", second = ""] = [from.id, into.id].sort();
    const merged = await store.inTurn(
      first,
      () => store.inTurn(second, () => attemptMerge(context, principal, from.id, into.id)),
    );
    if (!merged.ok || merged.value !== null) return merged as Result<Merged, CoreError>;
  }
  return err(RESTLESS);
}

interface Pair {
  readonly from: Conversation;
  /** At the end of any chain of merges. */
  readonly into: Conversation;
}

/** Both as they are now, and whether this caller may make them one. */
async function findPair(
  { store, adapters }: Pick<CoreContext, "store" | "adapters">,
  principal: Principal,
  id: string,
  intoId: string,
): Promise<Result<Pair, CoreError>> {
  const [from, named] = await Promise.all([
    store.get(keys.conversation(id)),
    store.get(keys.conversation(intoId)),
  ]);
  if (from === null || !can(principal, "conversation.read", from)) {
    return err(notFound("conversation"));
  }
  if (!can(principal, "conversation.write", from)) return err({ code: "forbidden" });
  const into = named === null ? null : await followMerges((key) => store.get(key), named);
  if (into === null || !can(principal, "conversation.write", into)) {
    return err(invalid("intoId", "is no conversation you can write in"));
  }
  if (into.id === from.id) {
    return err(
      intoId === id
        ? invalid("intoId", "is the conversation itself")
        : { code: "conflict", message: "That one is part of this conversation already" },
    );
  }
  if (from.mergedIntoId !== undefined) {
    const now = await followMerges((key) => store.get(key), from);
    return now.id === into.id
      ? ok({ from, into })
      : err({ code: "conflict", message: `It is part of #${now.number} already` });
  }
  if (into.status === "spam" || into.status === "trash") {
    return err({ code: "conflict", message: `That conversation is in ${into.status}` });
  }
  // One kind of channel is one adapter. By letters everybody on a thread is named; elsewhere an answer goes to the contact.
  const isSameKind = adapters.get(from.channelType) === adapters.get(into.channelType);
  const isLetter = adapters.get(into.channelType)?.capabilities.email === true;
  const isSamePerson = from.contactId === into.contactId && from.channelId === into.channelId;
  if (!isSameKind || !(isLetter || isSamePerson)) {
    return err({
      code: "unsupported",
      message: isLetter || !isSameKind
        ? "Only conversations over the same kind of channel can be merged: answers would reach only one of them"
        : "Conversations of different people can only be merged where they are mail: answers would reach only one of them",
    });
  }
  return ok({ from, into });
}

/** Null when one of them went on meanwhile. */
async function attemptMerge(
  context: CoreContext,
  principal: Principal,
  id: string,
  intoId: string,
): Promise<Result<Merged | null, CoreError>> {
  const { store } = context;
  const pair = await findPair(context, principal, id, intoId);
  if (!pair.ok) return pair;
  const { from, into } = pair.value;
  if (from.mergedIntoId !== undefined || into.id !== intoId) return ok(null);
  const marks = { from: await marksOf(store, from.id), into: await marksOf(store, into.id) };
  const move = await planMove(store, from, 1, marks.into.length);
  if (!move.ok) return move;
  const copies = copiesOf(move.value.messages, from, into);
  if (!await copyAhead(context, into, copies)) return ok(null);
  const plan: MergePlan = { ...move.value, from, into, copies, marks };
  return await transact(store, (tx) => write(context, principal, plan, tx));
}

interface MergePlan extends MovePlan, Pair {
  readonly copies: readonly Message[];
  readonly marks: { readonly from: readonly UserMark[]; readonly into: readonly UserMark[] };
}

/** The line that says where they come from is before them. */
const LINES = 1;

function copiesOf(
  messages: readonly Message[],
  from: Conversation,
  into: Conversation,
): readonly Message[] {
  return messages.map((message, i) => {
    const { channelId = from.channelId, ...rest } = message;
    return {
      ...rest,
      conversationId: into.id,
      seq: into.lastSeq + LINES + 1 + i,
      ...channelId === into.channelId ? {} : { channelId },
    };
  });
}

async function write(
  { ports }: CoreContext,
  principal: Principal,
  plan: MergePlan,
  tx: Tx,
): Promise<Result<Merged | null, CoreError>> {
  const { copies } = plan;
  const [from, into] = await Promise.all([
    tx.get(keys.conversation(plan.from.id)),
    tx.get(keys.conversation(plan.into.id)),
  ]);
  const isAsPlanned = from?.lastSeq === plan.from.lastSeq && from.mergedIntoId === undefined &&
    into?.lastSeq === plan.into.lastSeq && into.mergedIntoId === undefined;
  if (!isAsPlanned || !await areCopiesThere(tx, copies)) return ok(null);
  // Asked again: one may have been moved to another inbox meanwhile.
  const mayWrite = [from, into].every((one) => can(principal, "conversation.write", one));
  if (!mayWrite) return err({ code: "forbidden" });

  const actor = actorOf(principal);
  const after = mergedRow(into, from, copies, tx.now);
  const emptied = emptiedRow(from, into.id, tx.now);
  const line = eventLine(
    ports.ids.next("msg"),
    after,
    into.lastSeq + LINES,
    {
      type: "merged_from",
      from: from.id,
      to: null,
      fromName: `#${from.number}`,
    },
    actor,
    tx.now,
  );
  putConversation(tx, from, emptied);
  putConversation(tx, into, after);
  putMessage(tx, after, { ...line, text: from.subject });
  await writeMove(tx, plan, copies);
  const marks = movedMarks(plan, after);
  for (const { userId, seq } of marks) tx.set(keys.readMark(userId, into.id), seq);
  planSweep(tx, from.id, tx.now);
  planPersonalMove(tx, from.id, into.id);

  const where = { actor, conversationId: into.id, inboxId: into.inboxId };
  tx.emit({ type: "message.created", ...where, messageId: line.id, seq: line.seq });
  tx.emit({
    type: "conversation.updated",
    ...where,
    changed: ["messages", "version", "status", "tags", "waitingSince"],
  });
  tx.emit({
    type: "conversation.updated",
    actor,
    conversationId: from.id,
    inboxId: from.inboxId,
    changed: ["mergedIntoId", "status"],
  });
  for (const { userId, seq } of marks) {
    tx.emit({ type: "conversation.read", ...where, userId, seq });
  }
  return ok({ conversation: emptied, marks });
}

/** Who had read all of the one has read as far into the other's messages as before. */
function movedMarks({ from, into, marks }: MergePlan, after: Conversation): readonly UserMark[] {
  const inFrom = new Map(marks.from.map(({ userId, seq }) => [userId, seq]));
  return marks.into.filter(({ seq }) => seq >= into.lastUnreadSeq).map(({ userId }) => {
    const seq = inFrom.get(userId) ?? 0;
    return {
      userId,
      seq: seq >= from.lastUnreadSeq ? after.lastSeq : into.lastSeq + LINES + seq,
    };
  });
}
