import { actorOf, type Principal, principalOfUser } from "../access/mod.ts";
import type { Attachments } from "../attachments/mod.ts";
import type { AgentMail, MessageEvent } from "../channel/mod.ts";
import type { Channels } from "../channels/mod.ts";
import type { CoreContext } from "../context.ts";
import { findConversation, placeNow, type Read } from "../conversations/mod.ts";
import { type OwnWords, ownWords } from "../mail_html/mod.ts";
import type { Channel } from "../model/channel.ts";
import type { Conversation } from "../model/conversation.ts";
import type { Message } from "../model/message.ts";
import { ANSWER_LINE, type AnswerRefusal, isNews } from "../notifications/mod.ts";
import { postMessage } from "../outbox/mod.ts";
import { sha256 } from "../sha256.ts";
import { type AnswerCodeRecord, keys, type Store, type Tx } from "../store/mod.ts";
import { checkAnswer } from "./check_answer.ts";
import type { IngestOptions, IngestResult } from "./ingest_message.ts";
import { keepAnswer } from "./keep_answer.ts";
import { noteResult } from "./note_result.ts";

/** What posting an answer needs of other services. */
export interface AnswerServices {
  readonly attachments: Attachments;
  readonly channels: Pick<Channels, "ownAddresses" | "open">;
}

/** What became of a mail with a notification's code; `ordinary`: it is to be stored like any other, as this event. */
export type AnsweredMail =
  | { readonly kind: "done"; readonly result: IngestResult }
  | { readonly kind: "ordinary"; readonly event: MessageEvent };

/**
 * Takes the answer of one of the team to a notification: posted as their reply when it is proven to be theirs, else kept
 * as a comment. Machines' answers and notifications that came back stay in the journal.
 */
export async function ingestAnswer(
  context: CoreContext,
  services: AnswerServices,
  channel: Channel,
  event: MessageEvent,
  options: IngestOptions,
): Promise<AnsweredMail> {
  const { store } = context;
  const mail = event.agentMail;
  if (mail === undefined) return { kind: "ordinary", event };
  const code = await store.get(keys.answerCode(mail.code));
  if (code === null) return { kind: "ordinary", event: withNote(event, UNKNOWN_CODE) };
  const ignored = async (reason: string): Promise<AnsweredMail> => ({
    kind: "done",
    result: await noteResult(store, options, { kind: "ignored", reason }),
  });
  if (mail.is === "notice") return await ignored("A notification of ours");
  if (mail.is === "report") return await ignored("A report on a notification of ours");
  if (options.isHistory === true) return await ignored("An answer from before");
  if (event.automatic === true) return await ignored("A machine's answer to a notification");
  const { conversation, seenSeq } = await findAnswered(store, mail, code);
  if (conversation === null) return await ignored("Its conversation is gone");
  if (channel.id !== code.channelId && channel.inboxId !== conversation.inboxId) {
    return { kind: "ordinary", event: withNote(event, OTHER_INBOX) };
  }
  const user = await store.get(keys.user(code.userId));
  if (mail.author !== user?.email && await isOfCustomer(store, conversation, event)) {
    return { kind: "ordinary", event: withHint(event, conversation.id) };
  }
  // The same mail again, by whichever mailbox, is the same message.
  const id = `msg_${sha256(`${mail.code} ${event.externalId}`).slice(0, 26)}`;
  const seen = await store.get(keys.messageRef(id));
  if (seen !== null) {
    const { conversationId, seq } = seen;
    const result = { kind: "duplicate", conversationId, messageId: id, seq } as const;
    return { kind: "done", result: await noteResult(store, options, result) };
  }
  const principal = await principalOfUser(store, code.userId);
  const own = await ownWords(bodyOf(event), ANSWER_LINE);
  const facts = { event, author: mail.author, user, principal, code, conversation };
  const refusal = checkAnswer({ ...facts, now: context.ports.clock.now() });
  const work: Work = { context, services, event, options, id, conversation, seenSeq, own };
  const posted = refusal === null && principal !== null
    ? await postAnswer(work, principal)
    : refusal ?? "inactive";
  if (typeof posted !== "string") return { kind: "done", result: posted };
  const result = await keepAnswer(context, event, {
    id,
    conversationId: conversation.id,
    user,
    author: mail.author,
    refusal: posted,
    words: own.text || bodyOf(event).text,
    seenSeq,
  }, options);
  return { kind: "done", result };
}

interface Work {
  readonly context: CoreContext;
  readonly services: AnswerServices;
  readonly event: MessageEvent;
  readonly options: IngestOptions;
  readonly id: string;
  readonly conversation: Conversation;
  /** The latest message the author of the answer knew of; -1 when nobody can tell. */
  readonly seenSeq: number;
  readonly own: OwnWords;
}

/** Where the answered messages lie now: threads may have been split or merged since the notification. */
async function findAnswered(
  store: Store,
  mail: Extract<AgentMail, { is: "answer" }>,
  code: AnswerCodeRecord,
): Promise<{ readonly conversation: Conversation | null; readonly seenSeq: number }> {
  const read: Read = (key) => store.get(key);
  const seenSeq = mail.seenSeq ?? code.seq;
  const place = await placeNow(read, code);
  const conversation = await findConversation(read, place.conversationId);
  const isWhereItWas = conversation?.id === code.conversationId && place.seq === code.seq;
  // Elsewhere there is more that its author has not read, and perhaps another customer.
  return { conversation, seenSeq: isWhereItWas ? seenSeq : -1 };
}

/** Posts it through the outbox, with its checks and limits. */
async function postAnswer(
  { context, services, event, options, id, conversation, seenSeq, own }: Work,
  principal: Principal & { readonly type: "user" },
): Promise<IngestResult | AnswerRefusal> {
  const { store, adapters } = context;
  if (await hasNews(store, conversation.id, seenSeq, principal.user.id)) return "news";
  const attachmentIds = await uploadFiles(services.attachments, principal, event, own);
  if (own.text === "" && attachmentIds.length === 0) return "empty";
  const isRich = adapters.get(conversation.channelType)?.capabilities.text.dialect === "html";
  const also = (tx: Tx, message: Message): void => {
    const { seq } = message;
    const conversationId = conversation.id;
    // Whoever answers has read what is answered.
    const userId = principal.user.id;
    tx.set(keys.readMark(userId, conversationId), seq);
    tx.emit({
      type: "conversation.read",
      actor: actorOf(principal),
      conversationId,
      inboxId: conversation.inboxId,
      userId,
      seq,
    });
    options.also?.(tx, stored(message));
  };
  const posted = await postMessage(context, services, principal, conversation.id, {
    id,
    kind: "reply",
    ...isRich && own.html !== null ? { html: own.html } : { text: own.text },
    ...attachmentIds.length === 0 ? {} : { attachmentIds },
    undoSeconds: 0,
    ifVersion: conversation.version,
  }, { origin: originOf(event, options), also });
  if (posted.ok) {
    const { message, isReplay } = posted.value;
    return isReplay
      ? await noteResult(store, options, { ...stored(message), kind: "duplicate" })
      : stored(message);
  }
  return posted.error.code === "version_conflict"
    ? "news"
    : posted.error.code === "forbidden" || posted.error.code === "not_found"
    ? "no_right"
    : "refused";
}

function stored(message: Message) {
  const { conversationId, id, seq } = message;
  return { kind: "stored" as const, conversationId, messageId: id, seq, message };
}

function originOf(event: MessageEvent, { journalId }: IngestOptions) {
  const by = event.verdict?.by ?? "";
  return {
    trace: [{ step: "answered_by_mail", detail: `By mail; ${by} vouches for the sender` }],
    ...journalId === undefined ? {} : { journalId },
  };
}

/** Somebody wrote whom the author of an answer had not read. */
async function hasNews(
  store: Pick<Store, "list">,
  conversationId: string,
  seenSeq: number,
  userId: string,
): Promise<boolean> {
  const range = keys.messagesBetween(conversationId, seenSeq + 1, Number.MAX_SAFE_INTEGER);
  for await (const { value } of store.list(range)) if (isNews(value, userId)) return true;
  return false;
}

/** Their files, but for the pictures of signature and quote. */
async function uploadFiles(
  attachments: Attachments,
  principal: Principal,
  event: MessageEvent,
  own: OwnWords,
): Promise<readonly string[]> {
  const ids: string[] = [];
  for (const part of event.parts) {
    if (part.kind !== "media" || part.bytes === undefined) continue;
    if (part.contentId !== undefined && own.droppedImages.has(part.contentId)) continue;
    const { name, type } = part;
    // A view of the parsed mail: the store takes bytes of their own.
    const bytes = new Uint8Array(part.bytes);
    const file = await attachments.upload({ kind: "principal", principal }, { name, type, bytes });
    if (!file.ok) throw new RangeError(`Cannot keep a file of an answer: ${file.error.code}`);
    ids.push(file.value.id);
  }
  return ids;
}

/** A customer may have got the address in a copy: their words are no answer of ours. */
async function isOfCustomer(
  store: Pick<Store, "get">,
  conversation: Conversation,
  { sender, hints }: MessageEvent,
): Promise<boolean> {
  const [first] = hints;
  if (first?.by === "conversation" && first.conversationId === conversation.id) return true;
  for (const { kind, value } of sender.identities) {
    if (await store.get(keys.identity(kind, value)) === conversation.contactId) return true;
  }
  return false;
}

function bodyOf({ parts }: MessageEvent): { readonly text: string; readonly html: string } {
  const texts = parts.filter((part) => part.kind === "text");
  return {
    text: texts.map(({ text }) => text).join("\n"),
    html: texts.map(({ html = "" }) => html).join("\n").trim(),
  };
}

const UNKNOWN_CODE = "An answer code that is not ours was ignored";
const OTHER_INBOX = "An answer code of another inbox was ignored";

function withNote(event: MessageEvent, detail: string): MessageEvent {
  return { ...event, notes: [...event.notes ?? [], { step: "reply_code_refused", detail }] };
}

function withHint(event: MessageEvent, conversationId: string): MessageEvent {
  const hint = { by: "conversation", conversationId, how: "A notification's address" } as const;
  return { ...event, hints: [hint, ...event.hints].slice(0, 50) };
}
