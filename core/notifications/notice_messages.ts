import { readBody } from "../conversations/mod.ts";
import { clip } from "../clip.ts";
import { sanitize, sanitizeOutgoing, splitQuotedHtml, splitQuotedText } from "../mail_html/mod.ts";
import type { Conversation } from "../model/conversation.ts";
import type { Message } from "../model/message.ts";
import { keys, type Store } from "../store/mod.ts";
import type { NoticeMessage } from "./notice_mail.ts";

const MAX_MESSAGES = 10;
const MAX_TEXT = 10_000;
/** Larger mails are told by their text: what is large is mostly a newsletter's design. */
const MAX_HTML = 50_000;
/** However long somebody was away. */
const LOOK_AT = 200;

/** What there is to tell of a conversation. */
export interface News {
  readonly messages: readonly NoticeMessage[];
  /** Those that are not told. */
  readonly more: number;
  /** A customer wrote one of them. */
  readonly isFromCustomer: boolean;
  /** The last one that is told; null when there is none. */
  readonly last: Message | null;
}

/**
 * What others wrote from a message on, colleagues too: who answers has to know. Each without what it quotes.
 * @param userId whose own messages are no news
 */
export async function readNews(
  store: Pick<Store, "list" | "blobs">,
  { conversation, fromSeq, userId }: {
    readonly conversation: Pick<Conversation, "id" | "lastSeq">;
    readonly fromSeq: number;
    readonly userId: string;
  },
): Promise<News> {
  const found: Message[] = [];
  const range = keys.messagesOf(conversation, fromSeq);
  for await (const { value } of store.list(range, { limit: LOOK_AT })) {
    if (isNews(value, userId)) found.push(value);
  }
  const told = found.slice(0, MAX_MESSAGES);
  return {
    messages: await Promise.all(told.map((message) => shown(store, message))),
    more: found.length - told.length,
    isFromCustomer: found.some(({ kind }) => kind === "inbound"),
    last: told.at(-1) ?? null,
  };
}

/** Whether somebody else wrote a message, which an answer may depend on. Pure. */
export function isNews(
  { kind, author, automatic, trace, status, deletedAt }: Message,
  userId: string,
): boolean {
  if (kind === "event" || status === "canceled" || automatic === true) return false;
  // What was taken back is nothing to be told of.
  if (deletedAt !== undefined) return false;
  if (author.type === "user" && author.id === userId) return false;
  // A machine's mail, and our own note about an answer that was not sent.
  return !trace.some(({ step }) => step === "automatic" || step === "answer_refused");
}

async function shown(store: Pick<Store, "blobs">, message: Message): Promise<NoticeMessage> {
  const body = await readBody(store, message);
  return {
    author: authorOf(message),
    at: message.createdAt,
    text: clip(splitQuotedText(body.text).text.trim(), MAX_TEXT),
    html: body.html === undefined ? null : await harmless(body.html),
    files: message.attachments.map(({ name }) => name),
  };
}

function authorOf({ kind, author: { name }, aside }: Message): string {
  if (aside !== undefined) return `${name} (hidden from the customer)`;
  return kind === "comment" ? `${name} (comment)` : name;
}

/** Without images: remote ones would tell their sender who read it, and inline ones are in Parley. */
async function harmless(html: string): Promise<string | null> {
  const { html: clean } = await sanitize(html, { images: "block", cid: () => null });
  const words = await sanitizeOutgoing(splitQuotedHtml(clean).visible);
  return words.length > MAX_HTML ? null : words;
}
