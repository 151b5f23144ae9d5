/** The last word on where a message goes, once its sender is known: guards, what is decided for good, and what is only likely. */
import type { MessageEvent } from "../channel/mod.ts";
import type { Contact } from "../model/contact.ts";
import type { Conversation } from "../model/conversation.ts";
import type { Message, TraceStep } from "../model/message.ts";
import { isSameSubject, plainSubject } from "../model/plain_subject.ts";
import { keys, type Tx } from "../store/mod.ts";
import { findRule } from "./find_rule.ts";
import { isFromOutsider } from "./is_from_outsider.ts";
import { isParticipant } from "./new_participant.ts";
import type { Place } from "./place.ts";

/** The conversation a message goes to, and what it came past on the way. */
export interface Chosen {
  /** Null: it begins one. */
  readonly before: Conversation | null;
  readonly trace: readonly TraceStep[];
  /** The one it would have gone to. */
  readonly originId?: string;
  /** It is from somebody outside, to whom that conversation was forwarded: its customer is not to see it. */
  readonly isAside?: boolean;
}

const DAY_MS = 24 * 60 * 60 * 1_000;
/** How many of a sender's latest conversations are looked at, and how many of a thread's latest mails. */
const MAX_CONVERSATIONS = 50;
const MAX_MAILS = 50;

/** A message on its way, and what is known of where it goes. */
export interface Arrival {
  readonly channelId: string;
  readonly event: MessageEvent;
  readonly contact: Contact;
  readonly place: Place;
  /** What the hints led to; checked by the commit. */
  readonly found: Conversation | null;
  /** From before the channel was connected: it goes where its headers lead, as it did then. */
  readonly isHistory: boolean;
}

/** Decides where a message goes; null begins a conversation. */
export async function chooseConversation(
  tx: Pick<Tx, "list" | "read" | "get" | "now">,
  { channelId, event, contact, place, found, isHistory }: Arrival,
): Promise<Chosen> {
  if (found === null) {
    return isHistory
      ? { before: null, trace: [] }
      : await joinLikely(tx, channelId, event, contact);
  }
  if (place.onlyParticipants && !await isParticipant(tx, found, contact, event)) {
    const how = place.trace.find(({ step }) => step === "conversation_matched")?.detail;
    const detail = `${how}: the sender had no part in that conversation`;
    return { before: null, trace: [{ step: "hint_refused", detail }] };
  }
  if (await isFromOutsider(tx, { channelId, event, contact, place, conversation: found })) {
    const detail =
      `#${found.number} was forwarded to them, or to who gave them its address: the customer does not see this`;
    return { before: found, trace: [{ step: "aside", detail }], isAside: true };
  }
  // A machine's answer belongs to what it answers, and opens nothing.
  if (isHistory || event.automatic === true) return { before: found, trace: [] };
  const { reopenDays } = event;
  const isOld = reopenDays !== undefined && found.status === "closed" &&
    tx.now - found.statusAt > reopenDays * DAY_MS;
  if (isOld) {
    const detail = `#${found.number} was closed over ${reopenDays} days ago: this begins another`;
    return { before: null, trace: [{ step: "closed_long_ago", detail }], originId: found.id };
  }
  if (!await isNewSubject(tx, found, event)) return { before: found, trace: [] };
  const rule = await findRule(tx, channelId, "split", event);
  if (rule !== null) {
    const detail =
      `Mail of ${rule.sender} about something else begins a conversation, as ${rule.createdBy} decided`;
    return { before: null, trace: [{ step: "thread_rule", detail }], originId: found.id };
  }
  const detail = "It answers this conversation, which was about something else so far";
  return { before: found, trace: [{ step: "subject_changed", detail }] };
}

/** Nothing leads anywhere: a rule may, the number in its subject line, or that somebody wrote about the same lately. */
async function joinLikely(
  tx: Pick<Tx, "list" | "read" | "get" | "now">,
  channelId: string,
  event: MessageEvent,
  contact: Contact,
): Promise<Chosen> {
  const none: Chosen = { before: null, trace: [] };
  if (event.email === undefined || event.automatic === true) return none;
  const rule = await findRule(tx, channelId, "join", event);
  const numbered = event.hints.find((hint) => hint.by === "number");
  const alike = event.hints.find((hint) => hint.by === "subject");
  if (rule === null && numbered === undefined && alike === undefined) return none;

  const { subject } = event.email;
  const own = await latestOf(tx, channelId, contact.id);
  const chosen = [
    numbered === undefined ? null : pick(
      own.find(({ number }) => number === numbered.number),
      { step: "conversation_matched", detail: numbered.how },
    ),
    rule === null ? null : pick(
      // What it was merged into may be called otherwise.
      own.find((one) => isSameSubject(one.subject, subject)) ?? own[0],
      {
        step: "thread_rule",
        detail:
          `Mail of ${rule.sender} joins the latest conversation, as ${rule.createdBy} decided`,
      },
    ),
    alike === undefined || plainSubject(subject) === "" ? null : pick(
      own.find((one) =>
        isSameSubject(one.subject, subject) &&
        tx.now - one.lastMessageAt <= alike.withinDays * DAY_MS
      ),
      { step: "conversation_matched", detail: alike.how },
    ),
  ].find((one) => one !== null);
  if (chosen == null) return none;
  // Checked from here on.
  const before = await tx.get(keys.conversation(chosen.conversation.id));
  return before === null || before.mergedIntoId !== undefined
    ? none
    : { before, trace: [chosen.step] };
}

function pick(conversation: Conversation | undefined, step: TraceStep) {
  return conversation === undefined ? null : { conversation, step };
}

/** A sender's conversations over a channel that are worth joining, the latest first. */
async function latestOf(
  tx: Pick<Tx, "list" | "read">,
  channelId: string,
  contactId: string,
): Promise<readonly Conversation[]> {
  const ids: string[] = [];
  const latest = tx.list(keys.conversationsOfContact(contactId), {
    reverse: true,
    limit: MAX_CONVERSATIONS,
  });
  for await (const { path } of latest) ids.push(String(path.at(-1)));
  const found = await Promise.all(ids.map((id) => tx.read(keys.conversation(id))));
  return found.filter((one) => one !== null)
    .filter((one) =>
      (one.channelId === channelId || one.answerChannelId === channelId) &&
      one.status !== "spam" && one.status !== "trash" &&
      one.mergedIntoId === undefined
    )
    .sort((a, b) => b.lastMessageAt - a.lastMessageAt);
}

/** Whether a mail of a person is about something its conversation was never about. */
async function isNewSubject(
  tx: Pick<Tx, "list">,
  conversation: Conversation,
  { email }: MessageEvent,
): Promise<boolean> {
  if (email === undefined || plainSubject(email.subject) === "") return false;
  if (isSameSubject(email.subject, conversation.subject)) return false;
  const latest = tx.list(keys.messagesOf(conversation), { reverse: true, limit: MAX_MAILS });
  let hasMail = false;
  for await (const { value } of latest) {
    if (hasSubject(value, email.subject)) return false;
    hasMail ||= value.email !== undefined;
  }
  // A chat that goes on by mail is about nothing in particular.
  return hasMail;
}

function hasSubject({ email }: Message, subject: string): boolean {
  return email !== undefined && isSameSubject(email.subject, subject);
}
