import type { CoreError } from "../errors.ts";
import { invalid } from "../errors.ts";
import { readBody } from "../conversations/mod.ts";
import { sanitizeOutgoing, splitQuotedText } from "../mail_html/mod.ts";
import type { Contact } from "../model/contact.ts";
import type { Conversation } from "../model/conversation.ts";
import type { MailAddress, Message } from "../model/message.ts";
import { err, ok, type Result } from "../result.ts";
import { keys, type Store } from "../store/mod.ts";
import { hasLeft } from "./advance_status.ts";
import type { ForwardedMessage } from "./forwarded_words.ts";

/** The latest messages of a conversation that are passed on, and how many are looked through for them. */
const MAX_MESSAGES = 50;
const LOOK_BACK = 500;

/** What is passed on, the oldest first. */
export type ForwardSource =
  | { readonly kind: "conversation"; readonly messages: readonly Message[] }
  | { readonly kind: "message"; readonly messages: readonly [Message] }
  /** Between the team and somebody outside already: it can be answered. */
  | { readonly kind: "aside"; readonly messages: readonly [Message] };

/**
 * Finds what is to be passed on. Of a whole conversation that is what its customer wrote and got: never what only the team, or
 * others outside, were told. Errors: invalid.
 */
export async function findForwardSource(
  store: Pick<Store, "get" | "list">,
  conversation: Conversation,
  messageId: string | undefined,
): Promise<Result<ForwardSource, CoreError>> {
  if (messageId !== undefined) {
    const ref = await store.get(keys.messageRef(messageId));
    const message = ref?.conversationId === conversation.id
      ? await store.get(keys.message(conversation.id, ref.seq))
      : null;
    if (message === null) return err(invalid("messageId", "is no message of this conversation"));
    if (message.aside !== undefined) return ok({ kind: "aside", messages: [message] });
    return isPublic(message)
      ? ok({ kind: "message", messages: [message] })
      : err(invalid("messageId", "is nothing to pass on: only your team sees it"));
  }
  const found: Message[] = [];
  const newestFirst = store.list(keys.messagesOf(conversation), {
    reverse: true,
    limit: LOOK_BACK,
  });
  for await (const { value } of newestFirst) {
    if (isPublic(value)) found.unshift(value);
    if (found.length === MAX_MESSAGES) break;
  }
  return found.length === 0
    ? err(invalid("messageId", "has to name a message: there is nothing to pass on yet"))
    : ok({ kind: "conversation", messages: found });
}

/** Its customer wrote it, or got it. */
function isPublic({ kind, status, deletedAt }: Message): boolean {
  return deletedAt === undefined && (kind === "inbound" || (kind === "reply" && hasLeft(status)));
}

/** A message as others get to read it: one alone is whole, of several each is without what it quotes. */
export async function forwardedMessage(
  store: Pick<Store, "blobs">,
  { kind, messages }: ForwardSource,
  message: Message,
  contact: Contact | null,
): Promise<ForwardedMessage> {
  const body = await readBody(store, message);
  const isAlone = kind !== "conversation" && messages.length === 1;
  return {
    author: authorOf(message, contact),
    at: message.sentAt ?? message.createdAt,
    subject: message.email?.subject ?? "",
    to: message.email?.to ?? [],
    text: isAlone ? body.text : splitQuotedText(body.text).text,
    ...isAlone && body.html !== undefined ? { html: await sanitizeOutgoing(body.html) } : {},
  };
}

function authorOf({ author, email }: Message, contact: Contact | null): MailAddress {
  if (email?.from != null) return { ...email.from, name: email.from.name || author.name };
  const address = author.id === contact?.id ? contact?.emails[0] ?? "" : "";
  return { name: author.name, address };
}
