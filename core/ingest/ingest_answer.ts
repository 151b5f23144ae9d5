import { principalOfUser } from "../access/mod.ts";
import type { AgentMail, MessageEvent } from "../channel/mod.ts";
import type { CoreContext } from "../context.ts";
import { findConversation, placeNow, type Read } from "../conversations/mod.ts";
import { ownWords } from "../mail_html/mod.ts";
import type { Channel } from "../model/channel.ts";
import type { Conversation } from "../model/conversation.ts";
import { ANSWER_LINE } from "../notifications/mod.ts";
import type { PostServices } from "../outbox/mod.ts";
import { sha256 } from "../sha256.ts";
import { type AnswerCodeRecord, keys, type Store } from "../store/mod.ts";
import { checkAnswer } from "./check_answer.ts";
import type { IngestOptions, IngestResult } from "./ingest_message.ts";
import { keepAnswer } from "./keep_answer.ts";
import { noteResult } from "./note_result.ts";
import { postAnswer } from "./post_answer.ts";

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
  services: PostServices,
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
  const answer = { event, options, id, conversation, seenSeq, own };
  const posted = refusal === null && principal !== null
    ? await postAnswer(context, services, principal, answer)
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
