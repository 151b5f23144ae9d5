import type { Channels } from "../channels/mod.ts";
import type { CoreContext } from "../context.ts";
import { putConversation, putMessage } from "../conversations/mod.ts";
import type { JobHandler } from "../jobs/mod.ts";
import type { Conversation } from "../model/conversation.ts";
import { fill } from "../model/fill.ts";
import type { EmailFields, Message } from "../model/message.ts";
import { letterStyleOf, replySubject, SEND_JOB, trimReferences } from "../outbox/mod.ts";
import { type ContinuityRecord, keys, transact, type Tx } from "../store/mod.ts";
import { continuityDue } from "./continuity_due.ts";
import { companyNameOf } from "./letter_content.ts";
import { letterWords } from "./letter_words.ts";
import { SYSTEM } from "../model/change.ts";
import { lookAt, showPlan } from "./plan_letter.ts";
import { type ChatState, LETTER_BUCKET, type PresenceOf, readChatState } from "./read_facts.ts";

const DAY_MS = 24 * 60 * 60_000;
/** How far back the mails of a chat are looked for. */
const LOOK_BACK = 200;

/** The handler of the letter job: looks whether a visitor still waits, and writes them one letter for all answers. */
export function createLetterWriter(
  context: CoreContext,
  channels: Pick<Channels, "open">,
  presenceOf: PresenceOf,
  planChat: (conversationId: string, merged: ContinuityRecord) => Promise<void>,
): JobHandler {
  const { store } = context;

  return async function writeLetter(job, run) {
    const conversationId = String(job.payload.conversationId);
    const merged = await transact(store, async (tx) => {
      run.complete(tx);
      const [before, record] = await Promise.all([
        tx.get(keys.conversation(conversationId)),
        tx.get(keys.continuity(conversationId)),
      ]);
      // Another look was planned in place of this one, which was late.
      if (before === null || record === null || record.job?.id !== job.id) return null;
      if (before.mergedIntoId !== undefined) {
        tx.set(keys.continuity(conversationId), { ...record, job: null });
        return { record, intoId: before.mergedIntoId };
      }
      const state = await readChatState(context, tx, before, record);
      const presence = await presenceOf(record.visitorId);
      const decision = continuityDue({ ...state.facts, presence });
      const key = keys.continuity(conversationId);
      switch (decision.kind) {
        case "nothing":
          tx.set(key, { ...record, job: null });
          break;
        case "wait":
          tx.set(key, { ...record, job: lookAt(tx, conversationId, decision.dueAt) });
          await showPlan(tx, before, state.unread, decision.dueAt);
          break;
        case "send": {
          const seqs = new Set(decision.seqs);
          const answers = state.unread.filter(({ seq }) => seqs.has(seq));
          const sentBy = await send(context, channels, tx, before, state, answers);
          const { nextAt } = decision;
          tx.set(
            key,
            sentBy === null ? { ...record, job: null } : {
              ...record,
              job: nextAt === null ? null : lookAt(tx, conversationId, nextAt),
              lastMailAt: tx.now,
              channelIds: [...new Set([...record.channelIds, ...sentBy])],
            },
          );
        }
      }
      return null;
    }, { queue: conversationId });
    // What was planned for it goes on where its messages are.
    if (merged !== null) await planChat(merged.intoId, merged.record);
  };
}

/** Queues the letter. @returns the channels it may leave by; null when the mailbox's settings cannot be read */
async function send(
  context: CoreContext,
  channels: Pick<Channels, "open">,
  tx: Tx,
  before: Conversation,
  { visitor, address, mailbox, facts }: ChatState,
  answers: readonly Message[],
): Promise<readonly string[] | null> {
  const { store, ports } = context;
  const author = answers.at(-1)?.author;
  // The decision to send is only made where these are known.
  if (visitor === null || address === null || mailbox === null || author === undefined) return null;
  const userId = author.type === "user" ? author.id : null;
  const about = { channelId: mailbox.id, contactName: before.contactName };
  const [style, inbox, company] = await Promise.all([
    letterStyleOf({ store }, channels, userId, about),
    tx.read(keys.inbox(before.inboxId)),
    companyNameOf(context, before.channelId),
  ]);
  if (style === null) return null;

  const seq = before.lastSeq + 1;
  const conversationId = before.id;
  const { words } = letterWords(visitor.locale ?? "");
  const subject = fill(words.subject, { name: company });
  const letter: Message = {
    id: ports.ids.next("msg"),
    conversationId,
    seq,
    kind: "event",
    author,
    text: "",
    hasHtml: false,
    attachments: [],
    status: "queued",
    trace: [],
    createdAt: tx.now,
    event: { type: "mailed", from: null, to: address },
    channelId: mailbox.id,
    letter: { answerIds: answers.map((one) => one.id) },
    email: {
      ...await headers(tx, before, subject, address),
      ...style,
      includesHistory: false,
    },
  };
  const after = { ...before, lastSeq: seq, updatedAt: tx.now };
  putConversation(tx, before, after);
  putMessage(tx, after, letter);
  tx.insert(keys.outbox(conversationId, seq), {
    messageId: letter.id,
    conversationId,
    seq,
    channelId: mailbox.id,
    state: "queued",
    job: tx.job({
      kind: SEND_JOB,
      payload: { conversationId, seq, messageId: letter.id },
      dueAt: tx.now,
    }),
    attempts: 0,
    waitingBefore: null,
    answersWhenSent: false,
  });
  if (facts.address?.isProven === false) {
    const resetAt = tx.now + DAY_MS;
    tx.set(keys.rate(LETTER_BUCKET, address), { count: 1, resetAt }, { expireInMs: DAY_MS });
  }
  const where = { actor: SYSTEM, conversationId, inboxId: before.inboxId };
  tx.emit({ type: "message.created", ...where, messageId: letter.id, seq });
  tx.emit({ type: "conversation.updated", ...where, changed: ["updatedAt"] });
  const standIn = inbox?.fallback?.channelId;
  return standIn === undefined ? [mailbox.id] : [mailbox.id, standIn];
}

/** Mails of one chat are one thread in the visitor's mail program: the same subject, each naming those before. */
async function headers(
  tx: Pick<Tx, "list">,
  conversation: Conversation,
  subject: string,
  address: string,
): Promise<EmailFields> {
  const ids: string[] = [];
  const newestFirst = tx.list(keys.messagesOf(conversation), { reverse: true, limit: LOOK_BACK });
  for await (const { value } of newestFirst) {
    const id = value.letter === undefined ? value.email?.messageId : value.externalId;
    if (id !== undefined && id !== "") ids.unshift(id);
  }
  return {
    from: null,
    to: [{ name: "", address }],
    cc: [],
    bcc: [],
    replyTo: [],
    subject: ids.length === 0 ? subject : replySubject(subject),
    messageId: "",
    inReplyTo: ids.at(-1) ?? null,
    references: trimReferences(ids),
    senderVerified: true,
  };
}
