import {
  type Body,
  fitTrace,
  type PreparedBody,
  storeBody,
  tellMessage,
} from "../conversations/mod.ts";
import { clip } from "../clip.ts";
import { displayName } from "../contacts/mod.ts";
import type { Contact } from "../model/contact.ts";
import type { Conversation } from "../model/conversation.ts";
import type { Message, TraceStep } from "../model/message.ts";
import { joinEarly } from "../outbox/mod.ts";
import { keys, type MessageNews } from "../store/mod.ts";
import { planErasure } from "./drop_delivery.ts";
import { type Filing, verdictSteps } from "./file_message.ts";
import type { Work } from "./ingest_message.ts";
import { linkMedia } from "./media.ts";

/** What was decided of a message before its record is made. */
export interface MessageFacts {
  readonly filing: Filing;
  /** It is from somebody outside, to whom the conversation was forwarded. */
  readonly isAside: boolean;
  readonly trace: Message["trace"];
  /** What was told of it before it came. */
  readonly early: MessageNews | null;
}

/** The record of an event's message, its body and files linked by the commit, with what was told of it early. */
export async function messageOf(
  work: Work,
  conversation: Conversation,
  contact: Contact,
  facts: MessageFacts,
): Promise<Message> {
  const { context: { store }, channel, event, options, tx } = work;
  const early = facts.early;
  const isGone = early !== null && early.deletedAt !== null;
  const made = await newMessage(work, conversation, contact, facts, isGone);
  if (isGone) planErasure(tx, options.journalId);
  if (made.kind !== "reply") {
    return early === null ? made : (await tellMessage(store, tx, made, early, contact)).message;
  }
  const thread = event.hints.find((hint) => hint.by === "thread");
  const { message, status, error } = await joinEarly(store, tx, made, {
    channelIds: [channel.id],
    ids: [event.externalId],
    status: "sent",
    sentAt: made.sentAt ?? tx.now,
    contact,
    // Nothing can be noted with a conversation that is only made.
    ...conversation.lastSeq > 0 || thread === undefined
      ? {}
      : { watermark: keys.threadWatermark(channel.id, thread.threadKey) },
  });
  return { ...message, status, ...error === undefined ? {} : { error } };
}

async function newMessage(
  work: Work,
  conversation: Conversation,
  contact: Contact,
  facts: MessageFacts,
  isGone: boolean,
): Promise<Message> {
  const { context, channel, event, options, content, tx } = work;
  const id = context.ports.ids.next("msg");
  const isHistory = options.isHistory === true;
  return {
    id,
    conversationId: conversation.id,
    seq: conversation.lastSeq + 1,
    ...authorOf(work, contact),
    ...facts.isAside ? asideOf(work, contact) : {},
    ...storeBody(tx, bodyOf(work, facts.early, isGone)),
    attachments: isGone
      ? []
      : await linkMedia(tx, content.media, { conversationId: conversation.id, messageId: id }),
    trace: fitTrace([...facts.trace, ...steps(work, facts.filing)]),
    createdAt: isHistory ? Math.min(event.occurredAt, tx.now) : tx.now,
    externalId: event.externalId,
    // Mail into a chat, or about what came over another mailbox.
    ...channel.type === conversation.channelType &&
        !(facts.isAside && channel.id !== conversation.channelId)
      ? {}
      : { channelId: channel.id },
    ...event.clientId === undefined ? {} : { clientId: event.clientId },
    ...content.email === null ? {} : { email: content.email },
    ...content.fields === null || isGone ? {} : { fields: content.fields },
    ...options.journalId === undefined ? {} : { journalId: options.journalId },
  };
}

/** A text that was changed since is kept beside the later ones, as far as those go. */
function bodyOf(
  { content }: Work,
  early: MessageNews | null,
  isGone: boolean,
): PreparedBody {
  if (!isGone && (early === null || early.texts.length === 0)) return content.body;
  const body: Body = { text: isGone ? "" : clip(content.body.body.text, MAX_EDITED) };
  return { kind: "inline", body };
}

const MAX_EDITED = 10_000;

function authorOf(
  { context, channel, event, tx }: Work,
  contact: Contact,
): Pick<Message, "kind" | "author" | "status" | "sentAt" | "isOutside"> {
  if (event.direction === "in") {
    const author = { type: "contact", id: contact.id, name: displayName(contact) } as const;
    return { kind: "inbound", author, status: "received" };
  }
  const label = context.adapters.get(channel.type)?.label ?? channel.name;
  return {
    kind: "reply",
    author: { type: "system", id: null, name: event.author?.trim() || `Somebody in ${label}` },
    status: "sent",
    sentAt: Math.min(event.occurredAt, tx.now),
    isOutside: true,
  };
}

/** What its customer never sees: told like a comment, by who wrote it. */
function asideOf({ content }: Work, contact: Contact): Pick<Message, "kind" | "aside"> {
  const from = content.email?.from ?? { name: "", address: contact.emails[0] ?? "" };
  return { kind: "comment", aside: { to: [{ ...from, name: from.name || displayName(contact) }] } };
}

/** What is worth knowing of a message besides how it was matched. */
function steps({ event, options, content }: Work, filing: Filing): readonly TraceStep[] {
  const { payload, referral } = event;
  return [
    ...filing.trace,
    ...verdictSteps(event.verdict),
    ...event.direction === "in" ? [] : [{
      step: "written_elsewhere",
      detail: "Its provider told of it: it was not sent by Parley",
    }],
    ...filing.isAutomatic
      ? [{ step: "automatic", detail: "Sent by a machine: nobody is notified" }]
      : [],
    ...options.isHistory === true
      ? [{ step: "imported", detail: "From before the channel was connected: nobody is notified" }]
      : [],
    ...content.cut,
    ...payload === undefined || payload === "" ? [] : [{ step: "payload", detail: payload }],
    ...referral === undefined || referral === "" ? [] : [{ step: "referral", detail: referral }],
    ...event.notes ?? [],
  ];
}
