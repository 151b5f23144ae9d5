import type { AutoReplyOccasion, MessageEvent } from "../channel/mod.ts";
import type { CoreContext } from "../context.ts";
import { resolveContact, type ResolvedContact, withoutBadEmail } from "../contacts/mod.ts";
import {
  earlyNews,
  isEarly,
  newConversation,
  placeNow,
  putConversation,
  putMessage,
} from "../conversations/mod.ts";
import type { Channel } from "../model/channel.ts";
import { type Actor, SYSTEM } from "../model/change.ts";
import type { Contact } from "../model/contact.ts";
import type { Conversation } from "../model/conversation.ts";
import { isAside } from "../model/is_aside.ts";
import type { Message } from "../model/message.ts";
import { AUTO_REPLY_JOB } from "../outbox/mod.ts";
import { keys, transact, type Tx } from "../store/mod.ts";
import { noteHeard } from "../windows/mod.ts";
import { chooseConversation } from "./choose_conversation.ts";
import { fileMessage, type Filing } from "./file_message.ts";
import { newParticipant } from "./new_participant.ts";
import { planProfile } from "./plan_profile.ts";
import { type Content, prepareContent } from "./message_content.ts";
import { chatSender } from "./chat_sender.ts";
import { messageOf } from "./message_of.ts";
import { findPlace, type Place } from "./place.ts";
import { rowAfter } from "./row_after.ts";

/** What became of an event. */
export type IngestResult =
  | {
    readonly kind: "stored";
    readonly conversationId: string;
    readonly messageId: string;
    readonly seq: number;
    readonly message: Message;
  }
  /** It was here before: nothing was written. `bodyHash` is that of the first. */
  | {
    readonly kind: "duplicate";
    readonly conversationId: string;
    readonly messageId: string;
    readonly seq: number;
    readonly bodyHash?: string;
  }
  | { readonly kind: "updated"; readonly conversationIds: readonly string[] }
  /** It is about a message that is not here yet, and waits for it. */
  | { readonly kind: "early" }
  | { readonly kind: "ignored"; readonly reason: string };

export interface IngestOptions {
  /** The channel's record, where the caller has just read it. */
  readonly channel?: Channel;
  /** Hash of the body a client sent under its own id. */
  readonly bodyHash?: string;
  readonly journalId?: string;
  /** From before the channel was connected: stored at its own time, without waking anybody. */
  readonly isHistory?: boolean;
  /** It comes from an address of one of our own channels. */
  readonly isOwn?: boolean;
  /** Added to the commit that stores the event: journal state, completion of the job. */
  readonly also?: (tx: Tx, result: IngestResult) => void;
}

/**
 * Stores a customer's message, or a reply to one that was written elsewhere: contact, conversation, message, change and
 * dedupe key in one commit.
 */
export async function ingestMessage(
  context: CoreContext,
  channel: Channel,
  event: MessageEvent,
  options: IngestOptions = {},
): Promise<IngestResult> {
  const turn = await turnOf(context, channel, event);
  const content = await prepareContent(context, event, channel);
  // Nearly every message is new, and the commit checks that it is: only what was refused is looked for. Of replies from
  // elsewhere it is looked for at once, with what was told of them early.
  let isSurelyNew = event.direction === "in";
  return await transact(context.store, (tx) => {
    const work = { context, channel, event, options, content, isSurelyNew, tx };
    isSurelyNew = false;
    return write(work);
  }, { queue: turn });
}

/** Messages of one conversation are stored one after the other. */
async function turnOf(
  { store }: CoreContext,
  channel: Channel,
  event: MessageEvent,
): Promise<string> {
  const [first] = event.hints;
  // Checked when it is stored: a turn taken for nothing does no harm.
  if (first?.by === "conversation") return first.conversationId;
  const { conversation } = await findPlace((key) => store.get(key), channel.id, event);
  const sender = event.sender.identities[0];
  // A sender's first messages take turns too, so that the second finds the thread the first one made.
  return conversation?.id ?? `${channel.id} ${sender?.kind} ${sender?.value}`;
}

/** What is being stored, by one commit. */
export interface Work {
  readonly context: CoreContext;
  readonly channel: Channel;
  readonly event: MessageEvent;
  readonly options: IngestOptions;
  readonly content: Content;
  /** Nothing was stored under this event's id, as far as anybody knows: the commit finds out. */
  readonly isSurelyNew: boolean;
  readonly tx: Tx;
}

async function write(work: Work): Promise<IngestResult> {
  const { context, channel, event, options, tx } = work;
  const dedupeKey = keys.dedupe(channel.id, event.externalId);
  const seen = work.isSurelyNew ? null : await tx.get(dedupeKey);
  if (seen !== null && !isEarly(seen)) {
    const place = await placeNow((key) => tx.read(key), seen);
    const result: IngestResult = { kind: "duplicate", ...seen, ...place };
    options.also?.(tx, result);
    return result;
  }

  const thread = event.hints.find((hint) => hint.by === "thread");
  // Neither needs the other, but for mail into a chat: what both read is read at once.
  const placing = placeWithin(tx, channel.id, event, thread);
  const [[place, found], resolved] = await Promise.all([
    placing,
    chatSender(tx, channel, event, placing)
      .then((sender) => resolveContact(tx, sender, context.ports.ids)),
  ]);
  const { trace, isNew } = resolved;
  // Ours, but not by us: what a provider tells of its own inbox and of other apps.
  const isOutside = event.direction !== "in";
  const contact = isOutside
    ? await noteAnswered(tx, resolved)
    : await liftMarks(tx, resolved.contact, event);
  const { occurredAt } = event;
  if (!isOutside) {
    await noteHeard(tx, context.adapters, channel, { contactId: contact.id, isNew, occurredAt });
  }
  const isHistory = options.isHistory ?? false;
  const { before, originId, isAside: isFromOutside = false, ...chosen } = await chooseConversation(
    tx,
    {
      channelId: channel.id,
      event,
      contact,
      place,
      found,
      isHistory,
    },
  );
  const base = before ?? {
    ...await newConversation(context, channel, event, contact, tx.now),
    ...originId === undefined ? {} : { originId },
  };
  const filing = isOutside ? UNFILED : fileMessage({
    event,
    isBlocked: contact.blocked,
    isOwn: options.isOwn === true && !(place.isSigned && before !== null),
    // Anybody can write anybody's address into a form.
    isKnown: event.fields === undefined && contact.firstAnsweredAt !== undefined,
    isFirst: before === null,
    // The lists name mail addresses: nobody else pays for reading them.
    policy: event.sender.identities.some(({ kind }) => kind === "email")
      ? (await tx.read(keys.inbox(base.inboxId)))?.spamPolicy
      : undefined,
  });
  const message = await messageOf(work, base, contact, {
    filing,
    isAside: isFromOutside,
    early: earlyNews(seen, tx.now),
    trace: [
      trace,
      // What was matched and not followed is told by why it was not.
      ...place.trace.filter(({ step }) => before === found || step !== "conversation_matched"),
      ...chosen.trace,
      ...await newParticipant(tx, before, contact, event),
    ],
  });
  const after = rowAfter(base, message, contact, filing, { isHistory, now: tx.now });

  putConversation(tx, before, after);
  putMessage(tx, after, message, ...options.bodyHash === undefined ? [] : [options.bodyHash]);
  const stored = { conversationId: after.id, messageId: message.id, seq: message.seq };
  const known = {
    ...stored,
    ...options.bodyHash === undefined ? {} : { bodyHash: options.bodyHash },
  };
  if (seen === null) tx.insert(dedupeKey, known);
  else tx.set(dedupeKey, known);
  const { author } = message;
  const actor: Actor = author.type === "contact"
    ? { type: "contact", id: contact.id, name: author.name }
    : { ...SYSTEM, name: author.name };
  const where = {
    actor,
    conversationId: after.id,
    inboxId: after.inboxId,
    ...isHistory ? { isHistory } : {},
  };
  if (before === null) {
    if (thread !== undefined) tx.set(keys.thread(channel.id, thread.threadKey), after.id);
    tx.emit({ type: "conversation.created", ...where });
  } else {
    tx.emit({ type: "conversation.updated", ...where, changed: changedFields(before, after) });
  }
  tx.emit({ type: "message.created", ...where, messageId: message.id, seq: message.seq });

  // Who writes no letters is greeted once: what they write after it was closed goes on with the same conversation.
  const isBegun = before === null ||
    (before.status === "closed" && event.email !== undefined);
  const isAnswered = event.isAnsweredElsewhere !== true && !filing.isAutomatic && !filing.isSpam &&
    !isAside(filing.lane);
  if (!isOutside && !isHistory && !isFromOutside && isAnswered) {
    planAutoReply(work, isBegun, stored);
  }
  if (before === null) {
    planProfile(tx, context.adapters.get(channel.type), channel.id, event, contact);
  }
  const result: IngestResult = { kind: "stored", ...stored, message };
  options.also?.(tx, result);
  return result;
}

/** What was written to a customer is no spam, and no machine's. */
const UNFILED: Filing = { isSpam: false, isAutomatic: false, trace: [] };

/** Somebody wrote to them: they are known from now on. */
async function noteAnswered(
  tx: Tx,
  { contact, isNew }: ResolvedContact,
): Promise<Contact> {
  if (contact.firstAnsweredAt !== undefined) return contact;
  if (!isNew) await tx.get(keys.contact(contact.id));
  const known = { ...contact, firstAnsweredAt: tx.now };
  tx.set(keys.contact(contact.id), known);
  return known;
}

/** Who writes from an address can be reached there. */
async function liftMarks(tx: Tx, contact: Contact, event: MessageEvent): Promise<Contact> {
  if (contact.badEmails === undefined || event.automatic === true) return contact;
  // It says that they wrote it, and was found not to be theirs.
  if (event.verdict?.dmarc === "fail") return contact;
  const lifted = event.sender.identities
    .filter(({ kind }) => kind === "email")
    .reduce((one, { value }) => withoutBadEmail(one, value), contact);
  if (lifted === contact) return contact;
  await tx.get(keys.contact(contact.id));
  tx.set(keys.contact(contact.id), lifted);
  tx.emit({
    type: "contact.updated",
    actor: SYSTEM,
    contactId: contact.id,
    changed: ["badEmails"],
  });
  return lifted;
}

/** Whoever begins a conversation, or writes more than can be taken, may get an answer that the channel's settings hold. */
function planAutoReply(
  { context, channel, event, tx }: Work,
  isBegun: boolean,
  payload: {
    readonly conversationId: string;
    readonly seq: number;
    readonly messageId: string;
  },
): void {
  const adapter = context.adapters.get(channel.type);
  const occasions: readonly AutoReplyOccasion[] = [
    ...event.isTooLarge === true ? ["too_large" as const] : [],
    ...isBegun ? ["begun" as const] : [],
  ];
  const referral = event.referral ?? null;
  const occasion = occasions.find((one) =>
    adapter?.autoReply?.(channel.config, one, tx.now, { referral }) != null
  );
  if (occasion === undefined) return;
  const what = { ...payload, occasion, ...referral === null ? {} : { referral } };
  tx.job({ kind: AUTO_REPLY_JOB, payload: what, dueAt: tx.now });
}

/** Where the event belongs, and the conversation there as it is checked by the commit. */
async function placeWithin(
  tx: Tx,
  channelId: string,
  event: MessageEvent,
  thread: Extract<MessageEvent["hints"][number], { readonly by: "thread" }> | undefined,
): Promise<readonly [Place, Conversation | null]> {
  // Checked: somebody else of the same thread may begin it at this moment.
  if (thread !== undefined) await tx.get(keys.thread(channelId, thread.threadKey));
  const place = await findPlace((key) => tx.read(key), channelId, event);
  const { conversation } = place;
  return [place, conversation && await tx.get(keys.conversation(conversation.id))];
}

function changedFields(before: Conversation, after: Conversation): readonly string[] {
  // Both are the same record type, so its keys are the fields.
  const fields = Object.keys(after) as (keyof Conversation)[];
  return fields.filter((field) => before[field] !== after[field]);
}
