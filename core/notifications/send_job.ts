import { can, principalOfUser, RateLimiter } from "../access/mod.ts";
import type { NoticeThread, SendError } from "../channel/mod.ts";
import type { Channels, OpenedChannel } from "../channels/mod.ts";
import type { CoreContext } from "../context.ts";
import { placeNow } from "../conversations/mod.ts";
import type { JobHandler } from "../jobs/mod.ts";
import type { Conversation } from "../model/conversation.ts";
import type { Message } from "../model/message.ts";
import type { NotificationEvent, User } from "../model/user.ts";
import { err, ok, type Result } from "../result.ts";
import { followersOf } from "../personal/mod.ts";
import { keys, transact } from "../store/mod.ts";
import { giveAnswerCode, readToldSeq } from "./answer_code.ts";
import { type AnswerRefusal, refusalAdvice } from "./answer_refusal.ts";
import { noticeMail } from "./notice_mail.ts";
import { type News, readNews } from "./notice_messages.ts";
import { findAnswerChannel } from "./notice_route.ts";
import { readStaff, whoIsTold } from "./who_is_told.ts";

/**
 * Kind of the job that tells one person: payload `{userId, conversationId, seq, messageId?, refusal?, isMention?}`, of
 * the first message to tell of. With `refusal` it tells what came of their answer, with `isMention` that it names them.
 */
export const SEND_NOTICE_JOB = "notifications.send";

/** A notification that could not be sent for so long is no news any more. */
const GIVE_UP_MS = 60 * 60_000;

/** Whoever knows the address of a notification must not fill its owner's mailbox. */
const REFUSALS = { name: "answer_refused", max: 10, windowMs: 60 * 60_000 } as const;

/** The handler of the send job. Everything is looked at again: what was read meanwhile is not told. */
export function createNoticeSender(
  context: CoreContext,
  channels: Pick<Channels, "open" | "ownAddresses">,
): JobHandler {
  const { store, ports, config, adapters } = context;
  const limits = new RateLimiter(store);
  const base = config.url ?? `http://localhost:${config.port}`;

  return async function sendNotice(job, run) {
    const { userId, refusal = null } = job.payload;
    const { conversationId, seq } = await placeNow((key) => store.get(key), job.payload);
    const told = await read({
      userId: String(userId),
      conversationId,
      fromSeq: seq,
      // Written by `core/ingest` from the same type.
      refusal: refusal as AnswerRefusal | null,
      isMention: job.payload.isMention === true,
      isFirstTry: job.attempts === 1,
    });
    if (told === null) return;
    const sent = await send(told, run.signal);
    if (sent.ok) return await noteTold(told);
    const isPassing = ["unavailable", "rate_limited", "ambiguous"].includes(sent.error.code);
    if (isPassing && ports.clock.now() - job.firstDueAt < GIVE_UP_MS) {
      throw new Error(`Cannot send notification: ${sent.error.code}`);
    }
    const { code, provider } = sent.error;
    ports.log("warn", "notification not sent", { userId, conversationId, code, provider });
  };

  /** The next mention's mail does not bring the same again. */
  async function noteTold({ user, reason, news: { last } }: Told): Promise<void> {
    if (reason !== "mention" || last === null) return;
    const key = keys.mentionNews(user.id, last.conversationId);
    await transact(store, async (tx) => {
      const unread = await tx.get(key);
      if (unread !== null && last.seq > unread.toldSeq) {
        tx.set(key, { ...unread, toldSeq: last.seq });
      }
    });
  }

  /** Null when there is nothing to tell any more. */
  async function read(
    { userId, conversationId, fromSeq, refusal, isMention, isFirstTry }: {
      readonly userId: string;
      readonly conversationId: string;
      readonly fromSeq: number;
      readonly refusal: AnswerRefusal | null;
      readonly isMention: boolean;
      readonly isFirstTry: boolean;
    },
  ): Promise<Told | null> {
    const [principal, conversation, readUpTo] = await Promise.all([
      principalOfUser(store, userId),
      store.get(keys.conversation(conversationId)),
      store.get(keys.readMark(userId, conversationId)),
    ]);
    if (principal === null || conversation === null) return null;
    const { user } = principal;
    const isAllowed = can(principal, "conversation.read", { inboxId: conversation.inboxId });
    if (refusal !== null) {
      const isOften = isFirstTry &&
        !(await limits.take([{ ...REFUSALS, subject: userId }])).ok;
      if (isOften) return null;
      const news = isAllowed && refusal === "news"
        ? await readNews(store, { conversation, fromSeq, userId })
        : NO_NEWS;
      return { user, conversation, isAllowed, refusal, reason: null, news };
    }
    if (!isAllowed) return null;
    if (isMention) {
      const unread = await store.get(keys.mentionNews(userId, conversationId));
      const doneUpTo = Math.max(readUpTo ?? 0, unread?.toldSeq ?? 0);
      if (unread === null || doneUpTo >= fromSeq) return null;
      const news = await readNews(store, { conversation, fromSeq, userId });
      return news.last === null
        ? null
        : { user, conversation, isAllowed, refusal, reason: "mention", news };
    }
    const followers = await followersOf(store, conversationId);
    const told = whoIsTold(conversation, await readStaff(store), followers);
    const reason = told.get(userId) ?? null;
    if (reason === null) return null;
    // A try before this one may have noted what it did not bring.
    const toldUpTo = isFirstTry ? await readToldSeq(store, { userId, conversationId }) : 0;
    const from = Math.max(fromSeq, (readUpTo ?? 0) + 1, toldUpTo + 1);
    const news = await readNews(store, { conversation, fromSeq: from, userId });
    return news.isFromCustomer ? { user, conversation, isAllowed, refusal, reason, news } : null;
  }

  async function send(told: Told, signal: AbortSignal): Promise<Result<null, SendError>> {
    const { user, conversation, isAllowed } = told;
    // A mailbox of ours that somebody signs in with would be told of its own news for ever.
    const isOwn = await channels.ownAddresses();
    if (isOwn(user.email)) return ok(null);
    const answers = await findAnswerChannel(store, channels, conversation);
    if (answers === null && ports.systemMailer === undefined) return ok(null);
    const { last } = told.news;
    // Whoever is asked by a colleague would answer the customer.
    const thread = answers !== null && isAllowed && last !== null && told.reason !== "mention"
      ? await threadOf(user, last, answers)
      : null;
    const mail = noticeMail({
      // Who lost the right to read learns nothing of what the conversation is about.
      number: conversation.number,
      subject: isAllowed ? conversation.subject : "Your answer",
      contactName: isAllowed ? conversation.contactName : "Parley",
      channelLabel: adapters.get(conversation.channelType)?.label ?? conversation.channelType,
      reason: told.reason,
      refusal: told.refusal === null ? null : refusalAdvice(told.refusal),
      messages: told.news.messages,
      more: told.news.more,
      canAnswer: thread !== null,
      url: `${base}/inbox/all/open/${encodeURIComponent(conversation.id)}`,
      settingsUrl: `${base}/settings/profile`,
    });
    const { systemMailer } = ports;
    if (systemMailer !== undefined) {
      try {
        await systemMailer({ to: user.email, ...mail, ...thread }, signal);
        return ok(null);
      } catch (error) {
        // Parley's mailer tells passing troubles from others in words only: all are tried again.
        const provider = error instanceof Error ? error.message : "unknown";
        return err({ code: "unavailable", message: "Parley's mail was not taken", provider });
      }
    }
    if (answers?.adapter.notices === undefined) return ok(null);
    const { view, io } = answers;
    return await answers.adapter.notices.send(
      { to: user.email, ...mail, thread },
      view,
      io(signal),
    );
  }

  /** How an answer to the mail finds its conversation, and how far its author had read. */
  async function threadOf(
    user: User,
    { id: messageId, conversationId, seq }: Message,
    { adapter, view }: OpenedChannel,
  ): Promise<NoticeThread> {
    const { notices } = adapter;
    if (notices === undefined) throw new TypeError(`Cannot notify: "${adapter.id}" has no notices`);
    const about = { userId: user.id, conversationId, channelId: view.id, seq, messageId };
    const code = await giveAnswerCode(store, about);
    return {
      replyTo: notices.answerAddress(view.config, code),
      messageId: notices.noticeId(view.config, code, seq),
      // No mail has this id: it is what all of the conversation have in common.
      references: [notices.noticeId(view.config, code, 0)],
    };
  }
}

interface Told {
  readonly user: User;
  readonly conversation: Conversation;
  /** They may still read it. */
  readonly isAllowed: boolean;
  readonly refusal: AnswerRefusal | null;
  readonly reason: NotificationEvent | null;
  readonly news: News;
}

const NO_NEWS: News = { messages: [], more: 0, isFromCustomer: false, last: null };
