import { clip } from "../clip.ts";
import { displayName } from "../contacts/mod.ts";
import { SANITIZER_VERSION } from "../mail_html/mod.ts";
import type { Contact } from "../model/contact.ts";
import type { Message, Reaction } from "../model/message.ts";
import { keys, type MessageNews, type MessageText, type Store, type Tx } from "../store/mod.ts";
import { prepareBody, readText, storeBody } from "./body.ts";
import { dropFiles } from "./drop_files.ts";
import { BASE_BYTES, bytesOf, TRACE_BYTES } from "./fit_record.ts";
import { emptied, withReactions, withTexts } from "./message_news.ts";

/** A message after news of it. */
export interface Told {
  /** To be stored by the caller. */
  readonly message: Message;
  /** The API's names of what is another; empty when nothing is. */
  readonly changed: readonly string[];
}

const MAX_NAME = 40;

/**
 * Puts news onto a message within a commit: its latest text and the earlier ones beside it, what people think of it, or
 * that nothing is left of it, files included. How far it got is not among them: that moves by receipts.
 * @param contact of its conversation, where the same commit makes the message
 */
export async function tellMessage(
  store: Pick<Store, "blobs">,
  tx: Tx,
  message: Message,
  news: Pick<MessageNews, "texts" | "deletedAt" | "reactions">,
  contact?: Contact,
): Promise<Told> {
  const { deletedAt } = message;
  if (news.deletedAt !== null) {
    const at = Math.min(deletedAt ?? Infinity, news.deletedAt);
    if (at === deletedAt) return { message, changed: [] };
    if (deletedAt === undefined) await removeContent(tx, message);
    return { message: emptied(message, at), changed: ["text", "attachments", "deletedAt"] };
  }
  // Whatever comes after it changes nothing any more.
  if (deletedAt !== undefined) return { message, changed: [] };
  const edited = await withText(store, tx, message, news.texts, contact !== undefined);
  const before = message.reactions ?? [];
  const reactions = withReactions(before, await named(tx, news.reactions, contact));
  const isNewReaction = reactions !== before;
  return {
    message: { ...edited, ...isNewReaction ? { reactions } : {} },
    changed: [
      ...edited === message ? [] : ["text", "editedAt"],
      ...isNewReaction ? ["reactions"] : [],
    ],
  };
}

async function withText(
  store: Pick<Store, "blobs">,
  tx: Tx,
  message: Message,
  news: readonly MessageText[],
  isNew: boolean,
): Promise<Message> {
  if (news.length === 0) return message;
  const key = keys.messageTexts(message.id);
  // Nobody else knows a new one yet, and a commit has ten checks.
  const held = isNew ? null : await tx.get(key);
  const texts = withTexts(held, held?.first ?? await readText(store, message, MAX_FIRST), news);
  const last = texts?.later.at(-1);
  if (texts === null || last === undefined) return message;
  tx.set(key, texts);
  const { html: _, bodyBlobId, bodyTextBytes: __, ...rest } = message;
  if (bodyBlobId !== undefined) tx.dropBlob(bodyBlobId);
  dropSanitized(tx, message);
  // Never so long that it would have to be brought into the store before the commit.
  const body = await prepareBody(
    store,
    { text: last.text },
    BASE_BYTES + TRACE_BYTES + bytesOf(message.attachments),
  );
  return { ...rest, ...storeBody(tx, body), editedAt: last.at };
}

/** As much of a message's first text as is kept beside its later ones. */
const MAX_FIRST = 10_000;

async function removeContent(tx: Tx, message: Message): Promise<void> {
  tx.delete(keys.messageTexts(message.id));
  dropSanitized(tx, message);
  if (message.bodyBlobId !== undefined) tx.dropBlob(message.bodyBlobId);
  await dropFiles(tx, message);
}

function dropSanitized(tx: Tx, { id, hasHtml }: Message): void {
  if (!hasHtml) return;
  for (const images of [true, false]) tx.delete(keys.sanitized(id, SANITIZER_VERSION, images));
}

/** With the names of contacts, where the provider told none. */
function named(
  tx: Tx,
  reactions: readonly Reaction[],
  contact: Contact | undefined,
): Promise<readonly Reaction[]> {
  return Promise.all(reactions.map(async (one) => {
    if (one.name !== "") return one;
    const isTheirs = contact?.identities.some(({ kind, value }) => one.by === `${kind}:${value}`);
    const person = isTheirs === true ? contact : await holderOf(tx, one.by);
    return person == null ? one : { ...one, name: clip(displayName(person), MAX_NAME) };
  }));
}

async function holderOf(tx: Tx, by: string): Promise<Contact | null> {
  const end = by.indexOf(":");
  if (end < 0) return null;
  const id = await tx.read(keys.identity(by.slice(0, end), by.slice(end + 1)));
  return id === null ? null : await tx.read(keys.contact(id));
}
