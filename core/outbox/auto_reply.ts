import type { AutoReplyOccasion } from "../channel/mod.ts";
import type { Channels } from "../channels/mod.ts";
import type { CoreContext } from "../context.ts";
import { placeNow, putConversation, putMessage } from "../conversations/mod.ts";
import type { JobHandler } from "../jobs/mod.ts";
import type { Conversation } from "../model/conversation.ts";
import type { EmailFields, MailAddress, Message } from "../model/message.ts";
import { keys, transact, type Tx } from "../store/mod.ts";
import {
  AUTO_REPLY_LIMITS,
  AUTO_REPLY_SCOPES,
  autoReplySubjects,
  countAutoReply,
} from "./auto_reply_guard.ts";
import { replySubject } from "./reply_fields.ts";
import { queueMessage } from "./queue_message.ts";

/** Kind of the job that answers a message by itself: payload `{conversationId, seq, messageId}` of that message, and what for. */
export const AUTO_REPLY_JOB = "outbox.auto_reply";

const NAME = "Automatic reply";
/** Each occasion is counted by itself: an answer of the morning must not keep the other back. */
const BUCKETS: Readonly<Record<AutoReplyOccasion, string>> = {
  begun: "auto_reply",
  too_large: "auto_reply_too_large",
};

/** The handler of the auto-reply job. Whether a message may be answered by a machine at all is decided when it comes in. */
export function createAutoReplier(
  context: CoreContext,
  channels: Pick<Channels, "ownAddresses">,
): JobHandler {
  const { store, adapters } = context;

  return async function autoReply(job, run) {
    const { conversationId, seq } = await placeNow((key) => store.get(key), job.payload);
    const isOwn = await channels.ownAddresses();
    await transact(store, async (tx) => {
      run.complete(tx);
      const [before, message] = await Promise.all([
        tx.get(keys.conversation(conversationId)),
        tx.read(keys.message(conversationId, seq)),
      ]);
      if (before === null || before.status === "spam" || message === null) return;
      const channel = await tx.read(keys.channel(before.channelId));
      if (channel === null || channel.status === "paused") return;
      const occasion = job.payload.occasion === "too_large" ? "too_large" : "begun";
      const { referral = null } = job.payload;
      const facts = { referral: referral === null ? null : String(referral) };
      const text = adapters.get(channel.type)
        ?.autoReply?.(channel.config, occasion, tx.now, facts) ?? null;
      if (text === null) return;
      if (message.email === undefined) {
        // Somebody was quicker: a greeting behind their words would be odd.
        if (!await isAnswered(tx, before, seq)) post(context, tx, before, text, null);
        return;
      }
      const to = recipientOf(message.email);
      if (to === null || isOwn(to.address)) return;
      if (!await takeTurn(tx, BUCKETS[occasion], before.channelId, to.address)) return;
      post(context, tx, before, text, letter(before, message.email, to));
    }, { queue: conversationId });
  };
}

/** Whether a message has a reply behind it, from here or from another app of the provider. */
async function isAnswered(tx: Tx, conversation: Conversation, seq: number): Promise<boolean> {
  for await (const { value } of tx.list(keys.messagesOf(conversation, seq + 1))) {
    if (value.kind === "reply") return true;
  }
  return false;
}

/** Whoever the mail says is to be answered, alone: never those it was copied to. */
function recipientOf({ replyTo, from }: EmailFields): MailAddress | null {
  return replyTo[0] ?? from;
}

/** What the mail said of itself goes back to proven senders only: to others it would be anybody's way to write to them. */
function letter(conversation: Conversation, mail: EmailFields, to: MailAddress): EmailFields {
  const { senderVerified, messageId, references, subject } = mail;
  return {
    from: null,
    to: [senderVerified ? to : { name: "", address: to.address }],
    cc: [],
    bcc: [],
    replyTo: [],
    subject: senderVerified ? replySubject(subject || conversation.subject) : NAME,
    messageId: "",
    inReplyTo: messageId,
    references: [...references.slice(-10), messageId],
    senderVerified: true,
  };
}

/** False when a limit is reached. The counts are part of the commit that sends. */
async function takeTurn(
  tx: Tx,
  bucket: string,
  channelId: string,
  address: string,
): Promise<boolean> {
  const subjects = autoReplySubjects(channelId, address);
  const [one, domain, channel] = await Promise.all(
    AUTO_REPLY_SCOPES.map((scope) => tx.get(keys.rate(bucket, subjects[scope]))),
  );
  const counted = countAutoReply({
    address: one ?? null,
    domain: domain ?? null,
    channel: channel ?? null,
  }, tx.now);
  if (!counted.ok) return false;
  for (const scope of AUTO_REPLY_SCOPES) {
    const expireInMs = AUTO_REPLY_LIMITS[scope].windowMs;
    tx.set(keys.rate(bucket, subjects[scope]), counted.counts[scope], { expireInMs });
  }
  return true;
}

/** Queues the reply. The customer waits as before, and the list keeps showing their words. */
function post(
  { ports }: CoreContext,
  tx: Tx,
  before: Conversation,
  text: string,
  email: EmailFields | null,
): void {
  const seq = before.lastSeq + 1;
  const conversationId = before.id;
  const message: Message = {
    id: ports.ids.next("msg"),
    conversationId,
    seq,
    kind: "reply",
    author: { type: "bot", id: null, name: NAME },
    text,
    hasHtml: false,
    attachments: [],
    status: "queued",
    trace: [{
      step: "auto_reply",
      detail: `Sent by the channel's setting, once ${
        email === null ? "in a conversation" : "a day to a person"
      }`,
    }],
    createdAt: tx.now,
    ...email === null ? {} : { email },
    automatic: true,
  };
  const after = { ...before, version: before.version + 1, lastSeq: seq, updatedAt: tx.now };
  putConversation(tx, before, after);
  putMessage(tx, after, message);
  queueMessage(tx, message, {
    channelId: before.channelId,
    dueAt: tx.now,
    waitingBefore: null,
    answersWhenSent: false,
  });
  const actor = { type: "bot", id: null, name: NAME } as const;
  const where = { actor, conversationId, inboxId: before.inboxId };
  tx.emit({ type: "message.created", ...where, messageId: message.id, seq });
  tx.emit({ type: "conversation.updated", ...where, changed: ["version"] });
}
