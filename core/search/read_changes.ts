/** What the index should know, read from the records. */
import { findMessage, readText } from "../conversations/mod.ts";
import { isCut } from "../feed/mod.ts";
import type { Contact } from "../model/contact.ts";
import type { Conversation } from "../model/conversation.ts";
import type { Message } from "../model/message.ts";
import { keys, type LogItem, type Store } from "../store/mod.ts";
import type { IndexChange, IndexedMessage, IndexFacet } from "./index_port.ts";

/** Of a text, in UTF-16 units: nobody writes more, programs do. */
const MAX_TEXT = 200_000;

type Reader = Pick<Store, "blobs" | "get" | "list">;

/**
 * What follows from some entries of the log: the records as they are now, each once. Messages come behind their
 * conversations.
 */
export async function readChanges(
  store: Reader,
  items: readonly LogItem[],
): Promise<readonly IndexChange[]> {
  const conversations = new Set<string>();
  const whole = new Set<string>();
  const messages = new Set<string>();
  const contacts = new Set<string>();
  for (const change of items.flatMap(({ entry }) => entry.changes)) {
    const { type, conversationId, messageId, contactId } = change;
    if (type.startsWith("conversation.") && type !== "conversation.read" && conversationId) {
      conversations.add(conversationId);
      // One that begins may have got its messages from another: they are told of by nothing else.
      if (type === "conversation.created" || isCut(change)) whole.add(conversationId);
    }
    if (type.startsWith("message.")) {
      if (conversationId) conversations.add(conversationId);
      if (messageId) messages.add(messageId);
    }
    if (type.startsWith("contact.") && contactId) contacts.add(contactId);
  }

  const changes: IndexChange[] = [];
  const known = new Map<string, Conversation>();
  const read = async (id: string): Promise<Conversation | null> => {
    const before = known.get(id);
    if (before !== undefined) return before;
    const conversation = await store.get(keys.conversation(id));
    changes.push(
      conversation === null
        ? { kind: "conversation_gone", conversationId: id }
        : putOf(conversation),
    );
    if (conversation !== null) known.set(id, conversation);
    return conversation;
  };
  for (const id of conversations) await read(id);
  for (const id of whole) {
    const conversation = await read(id);
    if (conversation === null) continue;
    for await (const { value } of store.list(keys.messagesOf(conversation))) messages.add(value.id);
  }
  for (const id of messages) {
    const message = await findMessage((key) => store.get(key), id);
    const conversation = message && await read(message.conversationId);
    changes.push(
      message && conversation
        ? await readMessage(store, conversation, message)
        : { kind: "message_gone", messageId: id },
    );
  }
  for (const id of contacts) {
    const contact = await store.get(keys.contact(id));
    changes.push(contact ? contactOf(contact) : { kind: "contact_gone", contactId: id });
  }
  return changes;
}

/** All there is of a conversation. */
export async function* readConversation(
  store: Reader,
  conversation: Conversation,
): AsyncGenerator<IndexChange, void> {
  yield putOf(conversation);
  for await (const { value } of store.list(keys.messagesOf(conversation))) {
    const change = await readMessage(store, conversation, value);
    if (change.kind === "message") yield change;
  }
}

/** A contact as the index knows it. */
export function contactOf({ id, name, emails, phones }: Contact): IndexChange {
  return { kind: "contact", contact: { id, text: [name, ...emails, ...phones].join(" \n") } };
}

function putOf(conversation: Conversation): IndexChange {
  const { id, number, inboxId, channelId, contactId, status, assigneeId, tags, lastMessageAt } =
    conversation;
  return {
    kind: "conversation",
    conversation: {
      ...{ id, number, inboxId, channelId, contactId, status, assigneeId, lastMessageAt },
      tags: tags.map((tag) => tag.toLowerCase()),
    },
  };
}

/** Lines about what happened are not found by their words. */
async function readMessage(
  store: Reader,
  conversation: Conversation,
  message: Message,
): Promise<IndexChange> {
  const { id, kind, seq, author, email, attachments, createdAt } = message;
  if (kind === "event") return { kind: "message_gone", messageId: id };
  const contact = kind === "inbound" && email === undefined
    ? await store.get(keys.contact(author.id ?? conversation.contactId))
    : null;
  const sender = email?.from ? [email.from.name, email.from.address] : contact?.emails ?? [];
  const people = [...email?.to ?? [], ...email?.cc ?? [], ...email?.bcc ?? []];
  const indexed: IndexedMessage = {
    id,
    conversationId: conversation.id,
    seq,
    at: createdAt,
    subject: email?.subject || conversation.subject,
    from: [author.name, ...sender].join(" \n"),
    to: kind === "reply" && email === undefined
      ? conversation.contactName
      : people.map(({ name, address }) => `${name} ${address}`).join(" \n"),
    text: await readText(store, message, MAX_TEXT),
    files: attachments.map(({ name }) => name).join(" \n"),
    facets: facetsOf(message),
  };
  return { kind: "message", message: indexed };
}

function facetsOf({ kind, attachments }: Message): readonly IndexFacet[] {
  // A picture inside a mail's text is no file that somebody sent.
  const files = attachments.filter(({ contentId }) => contentId === undefined);
  return [
    ...kind === "event" ? [] : [kind],
    ...files.length > 0 ? ["file" as const] : [],
    ...files.some(({ type }) => type.startsWith("image/")) ? ["image" as const] : [],
  ];
}
