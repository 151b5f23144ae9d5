import { actorOf, can, type Principal } from "../access/mod.ts";
import type { CoreContext } from "../context.ts";
import { eventLine, putConversation, putMessage } from "../conversations/mod.ts";
import { type CoreError, invalid, notFound } from "../errors.ts";
import { type Once, once } from "../idempotency.ts";
import type { Conversation } from "../model/conversation.ts";
import type { Message } from "../model/message.ts";
import { err, ok, type Result } from "../result.ts";
import { keys, transact, type Tx } from "../store/mod.ts";
import {
  copyAhead,
  MAX_MOVES,
  type MovePlan,
  planMove,
  RESTLESS,
  writeMove,
} from "./move_messages.ts";
import { planSweep } from "./sweep.ts";
import { rowOf } from "./thread_row.ts";
import { marksOf, type UserMark } from "./user_marks.ts";
import { splitSubject } from "./split_subject.ts";

/** What a split led to. */
export interface Split {
  /** The new conversation. */
  readonly conversation: Conversation;
  /** What is left of the old one. */
  readonly origin: Pick<Conversation, "id" | "lastSeq">;
  /** Marks in the new one. */
  readonly marks: readonly UserMark[];
}

/**
 * Makes a conversation of its own out of a message and everything after it, whoever wrote it: a line of thought goes on with
 * its answers, comments and unsent replies. What came before stays. Errors: not_found, forbidden, invalid (`messageId`), conflict,
 * unsupported.
 */
export async function splitConversation(
  context: CoreContext,
  principal: Principal,
  id: string,
  messageId: string,
  options: Once = {},
): Promise<Result<Split, CoreError>> {
  const { store } = context;
  return await store.inTurn(id, async () => {
    for (let attempt = 1; attempt <= MAX_MOVES; attempt++) {
      const plan = await planSplit(context, principal, id, messageId);
      if (plan.ok) {
        const { newId, copies } = plan.value;
        await copyAhead(context, { id: newId, lastSeq: 0 }, copies);
      }
      const result = await transact(
        store,
        (tx) => once<Split | null>(tx, options, () => write(context, principal, plan, tx)),
      );
      if (!result.ok) return result;
      if (result.value !== null) return ok(result.value);
    }
    return err(RESTLESS);
  });
}

interface SplitPlan extends MovePlan {
  readonly newId: string;
  readonly number: number;
  readonly before: Conversation;
  readonly fromSeq: number;
  readonly kept: readonly Message[];
  readonly copies: readonly Message[];
  readonly channelId: string;
  readonly channelType: string;
  readonly inboxId: string;
  readonly marks: readonly UserMark[];
}

async function planSplit(
  context: CoreContext,
  principal: Principal,
  id: string,
  messageId: string,
): Promise<Result<SplitPlan, CoreError>> {
  const { store, ports } = context;
  const [before, ref] = await Promise.all([
    store.get(keys.conversation(id)),
    store.get(keys.messageRef(messageId)),
  ]);
  if (before === null || !can(principal, "conversation.read", before)) {
    return err(notFound("conversation"));
  }
  if (!can(principal, "conversation.write", before)) return err({ code: "forbidden" });
  const first = ref?.conversationId === id ? await store.get(keys.message(id, ref.seq)) : null;
  if (first === null || first.kind === "event") {
    return err(invalid("messageId", "is no message of this conversation"));
  }
  const kept: Message[] = [];
  for await (const { value } of store.list(keys.messagesBetween(id, 1, first.seq))) {
    kept.push(value);
  }
  if (kept.every(({ kind }) => kind === "event")) {
    return err(invalid("messageId", "is the first one: there is nothing to split it from"));
  }
  const marks = await marksOf(store, id);
  const move = await planMove(store, before, first.seq, 2 * marks.length);
  if (!move.ok) return move;
  const newId = ports.ids.next("cnv");
  // Whoever got it forwarded is not its customer: that one goes on as before.
  const channelId = first.aside === undefined
    ? first.channelId ?? before.channelId
    : before.channelId;
  // Mail that came into a chat is answered by mail.
  const channel = channelId === before.channelId ? null : await store.get(keys.channel(channelId));
  return ok({
    ...move.value,
    newId,
    number: await store.nextNumber("conversation"),
    before,
    fromSeq: first.seq,
    kept,
    copies: copiesOf(move.value.messages, { newId, channelId, before }),
    channelId,
    channelType: channel?.type ?? before.channelType,
    inboxId: before.inboxId,
    marks,
  });
}

/** The line that says where they come from is the first. */
const LINES = 1;

function copiesOf(
  messages: readonly Message[],
  { newId, channelId, before }: {
    readonly newId: string;
    readonly channelId: string;
    readonly before: Conversation;
  },
): readonly Message[] {
  return messages.map((message, i) => {
    const { channelId: own = before.channelId, ...rest } = message;
    return {
      ...rest,
      conversationId: newId,
      seq: i + 1 + LINES,
      ...own === channelId ? {} : { channelId: own },
    };
  });
}

/** Null when the conversation went on since the plan was made. */
async function write(
  { ports, adapters }: CoreContext,
  principal: Principal,
  planned: Result<SplitPlan, CoreError>,
  tx: Tx,
): Promise<Result<Split | null, CoreError>> {
  if (!planned.ok) return planned;
  const plan = planned.value;
  const { copies, fromSeq, newId } = plan;
  const before = await tx.get(keys.conversation(plan.before.id));
  if (before?.lastSeq !== plan.before.lastSeq || before.mergedIntoId !== undefined) return ok(null);
  // The line that says where they went takes its place: what is written on it from now on is seen by nobody.
  const first = await tx.get(keys.message(before.id, fromSeq));
  if (JSON.stringify(first) !== JSON.stringify(plan.messages[0])) return ok(null);
  // Asked again: it may have been moved to another inbox meanwhile.
  if (!can(principal, "conversation.write", before)) return err({ code: "forbidden" });

  const actor = actorOf(principal);
  const lastSeq = fromSeq;
  const origin: Conversation = {
    ...before,
    ...rowOf(plan.kept, before),
    lastSeq,
    updatedAt: tx.now,
  };
  const made = newConversation(plan, before, tx.now);
  const leftLine = eventLine(
    ports.ids.next("msg"),
    origin,
    lastSeq,
    {
      type: "split_to",
      from: null,
      to: newId,
      toName: `#${made.number}`,
    },
    actor,
    tx.now,
  );
  const cameLine = eventLine(
    ports.ids.next("msg"),
    made,
    1,
    {
      type: "split_from",
      from: before.id,
      to: null,
      fromName: `#${before.number}`,
    },
    actor,
    tx.now,
  );

  putConversation(tx, before, origin);
  putMessage(tx, origin, leftLine);
  putConversation(tx, null, made);
  putMessage(tx, made, cameLine);
  await writeMove(tx, plan, copies);
  const threadKey = copies.find(({ kind }) => kind === "inbound")?.externalId;
  if (threadKey !== undefined && adapters.get(made.channelType)?.capabilities.email !== true) {
    // Whoever writes over the channel finds it as if that message had begun it.
    tx.set(keys.thread(made.channelId, threadKey), made.id);
  }
  const marks = plan.marks.filter(({ seq }) => seq >= fromSeq)
    .map(({ userId, seq }) => ({ userId, seq: seq - fromSeq + 1 + LINES }));
  for (const { userId, seq } of marks) tx.set(keys.readMark(userId, newId), seq);
  for (const { userId, seq } of plan.marks) {
    // What comes next takes these places: nobody has read it.
    if (seq > lastSeq) tx.set(keys.readMark(userId, before.id), lastSeq);
  }
  planSweep(tx, before.id, tx.now);
  emit(tx, { actor, origin, made, lines: [leftLine, cameLine] });
  return ok({ conversation: made, origin: { id: origin.id, lastSeq }, marks });
}

function newConversation(plan: SplitPlan, before: Conversation, now: number): Conversation {
  const { copies, messages, newId, number, channelId, channelType } = plan;
  const first = copies[0];
  const author = copies.find(({ kind }) => kind === "inbound")?.author;
  const { lane: _, originId: __, ...rest } = before;
  const row = rowOf(copies, { ...before, lastMessageAt: first?.createdAt ?? now });
  return {
    ...rest,
    ...row,
    id: newId,
    number,
    channelId,
    channelType,
    contactId: author?.id ?? before.contactId,
    contactName: author?.name ?? before.contactName,
    subject: splitSubject(copies, before.subject),
    status: "open",
    statusAt: now,
    tags: [],
    priority: null,
    snoozedUntil: null,
    createdAt: first?.createdAt ?? now,
    updatedAt: now,
    version: messages.filter(({ kind }) => kind !== "event").length,
    lastSeq: copies.at(-1)?.seq ?? LINES,
    originId: before.id,
  };
}

function emit(
  tx: Tx,
  { actor, origin, made, lines }: {
    readonly actor: ReturnType<typeof actorOf>;
    readonly origin: Conversation;
    readonly made: Conversation;
    readonly lines: readonly Message[];
  },
): void {
  tx.emit({
    type: "conversation.created",
    actor,
    conversationId: made.id,
    inboxId: made.inboxId,
    contactId: made.contactId,
  });
  tx.emit({
    type: "conversation.updated",
    actor,
    conversationId: origin.id,
    inboxId: origin.inboxId,
    seq: origin.lastSeq,
    changed: ["messages", "preview", "waitingSince", "failedMessageId"],
  });
  for (const { conversationId, id, seq } of lines) {
    const { inboxId } = origin;
    tx.emit({ type: "message.created", actor, conversationId, inboxId, messageId: id, seq });
  }
}
