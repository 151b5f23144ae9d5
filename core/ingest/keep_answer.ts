import type { MessageEvent } from "../channel/mod.ts";
import type { CoreContext } from "../context.ts";
import {
  findConversation,
  fitTrace,
  putConversation,
  putMessage,
  storeBody,
} from "../conversations/mod.ts";
import { SYSTEM } from "../model/change.ts";
import type { Message } from "../model/message.ts";
import type { User } from "../model/user.ts";
import { type AnswerRefusal, refusalWords, SEND_NOTICE_JOB } from "../notifications/mod.ts";
import { afterPost } from "../outbox/mod.ts";
import { transact } from "../store/mod.ts";
import type { IngestOptions, IngestResult } from "./ingest_message.ts";
import { linkMedia } from "./media.ts";
import { prepareContent } from "./message_content.ts";
import { verdictSteps } from "./file_message.ts";

/** Messages shown to who nobody can tell what they had read. */
const LATEST = 5;

/** An answer by mail that must not go to the customer. */
export interface RefusedAnswer {
  /** Of the comment. */
  readonly id: string;
  readonly conversationId: string;
  /** Whose it should have been; null when they are gone. */
  readonly user: User | null;
  readonly author: string | null;
  readonly refusal: AnswerRefusal;
  readonly words: string;
  /** The latest message they knew of; -1 when nobody can tell. */
  readonly seenSeq: number;
}

/**
 * Keeps such an answer as a comment that says what it is, and plans a mail that tells its owner why: one commit.
 * Nothing in it is taken for anybody's words.
 */
export async function keepAnswer(
  context: CoreContext,
  event: MessageEvent,
  answer: RefusedAnswer,
  options: IngestOptions,
): Promise<IngestResult> {
  const { id, user, refusal } = answer;
  const text = [noteOf(answer), answer.words].filter((one) => one !== "").join("\n\n");
  const content = await prepareContent(context, {
    ...event,
    parts: [
      { kind: "text", text },
      ...event.parts.filter(({ kind }) => kind === "media"),
    ],
  });
  return await transact<IngestResult>(context.store, async (tx) => {
    const before = await findConversation((key) => tx.get(key), answer.conversationId);
    if (before === null) {
      const gone = { kind: "ignored", reason: "Its conversation is gone" } as const;
      options.also?.(tx, gone);
      return gone;
    }
    const conversationId = before.id;
    const message: Message = {
      id,
      conversationId,
      seq: before.lastSeq + 1,
      kind: "comment",
      author: SYSTEM,
      ...storeBody(tx, content.body),
      attachments: await linkMedia(tx, content.media, { conversationId, messageId: id }),
      status: "sent",
      trace: fitTrace([
        { step: "answer_refused", detail: `Not sent: ${refusalWords(refusal)}` },
        ...verdictSteps(event.verdict),
        ...content.cut,
        ...event.notes ?? [],
      ]),
      createdAt: tx.now,
      ...options.journalId === undefined ? {} : { journalId: options.journalId },
    };
    const after = afterPost(before, message, { isReply: false, assigneeId: null }, tx.now);
    putConversation(tx, before, after);
    putMessage(tx, after, message);
    const where = { actor: SYSTEM, conversationId, inboxId: after.inboxId };
    tx.emit({ type: "message.created", ...where, messageId: id, seq: message.seq });
    tx.emit({ type: "conversation.updated", ...where, changed: ["version"] });
    // A machine is told nothing: it would answer.
    if (user?.active && refusal !== "automatic") {
      const { seenSeq } = answer;
      const seq = seenSeq < 0 ? Math.max(1, before.lastSeq - LATEST) : seenSeq + 1;
      const payload = { userId: user.id, conversationId, seq, refusal };
      tx.job({ kind: SEND_NOTICE_JOB, payload, dueAt: tx.now });
    }
    const { seq } = message;
    const stored = { kind: "stored", conversationId, messageId: id, seq, message } as const;
    options.also?.(tx, stored);
    return stored;
  }, { queue: answer.conversationId });
}

function noteOf({ user, author, refusal }: RefusedAnswer): string {
  const whose = user === null ? "A colleague who is gone" : user.name;
  const from = author === null ? "an unclear sender" : author;
  return `An answer by mail for ${whose}, from ${from}, was not sent to the customer: ${
    refusalWords(refusal)
  }.`;
}
