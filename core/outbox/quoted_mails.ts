import { clip } from "../clip.ts";
import { readBody } from "../conversations/mod.ts";
import type { QuotedMail } from "../channel/mod.ts";
import type { EmailFields, Message } from "../model/message.ts";
import { splitQuotedText } from "../model/quoted_text.ts";
import { keys, type Store } from "../store/mod.ts";

/** How far back mails are looked at, how many are quoted, and how much of each. */
const LOOK_BACK = 50;
const MAX_MAILS = 5;
const MAX_TEXT = 10_000;

/** The earlier mails of its thread that a reply quotes, the latest first, each without what it quoted itself. */
export async function readQuotedMails(
  store: Pick<Store, "list" | "blobs">,
  reply: Message,
): Promise<readonly QuotedMail[]> {
  if (reply.email?.includesHistory !== true) return [];
  const earlier: Message[] = [];
  const range = keys.messagesBetween(reply.conversationId, 1, reply.seq);
  for await (const { value } of store.list(range, { reverse: true, limit: LOOK_BACK })) {
    earlier.push(value);
  }
  return await Promise.all(
    quotable(earlier, reply.email, reply.aside !== undefined).slice(0, MAX_MAILS).map(async (
      mail,
    ) => ({
      authorName: mail.author.name,
      at: mail.sentAt ?? mail.createdAt,
      text: clip(splitQuotedText((await readBody(store, mail)).text).text.trim(), MAX_TEXT),
    })),
  );
}

/**
 * Mails everybody who gets the reply has seen: what two wrote each other aside is not quoted to a third. Somebody who was
 * on none of them was taken in by the author, and sees what the others saw. Pure.
 * @param earlier of the same thread, in any order, which stays
 * @param isAside it goes to somebody outside: of the customer's mails none is quoted to them, of theirs none to the customer
 */
export function quotable(
  earlier: readonly Message[],
  { to, cc, bcc }: Pick<EmailFields, "to" | "cc" | "bcc">,
  isAside = false,
): readonly Message[] {
  const mails = earlier.flatMap((message) =>
    message.email !== undefined && (message.aside !== undefined) === isAside && isMail(message)
      ? [{ message, people: peopleOf(message.email) }]
      : []
  );
  const known = new Set(mails.flatMap(({ people }) => [...people]));
  const readers = [...to, ...cc, ...bcc].map(({ address }) => address.toLowerCase())
    .filter((address) => known.has(address));
  return mails.filter(({ people }) => readers.every((reader) => people.has(reader)))
    .map(({ message }) => message);
}

/** It came in, or it left. */
function isMail({ kind, status, aside }: Message): boolean {
  return kind === "inbound" || (aside !== undefined && status === "received") ||
    ((kind === "reply" || aside !== undefined) &&
      (status === "sent" || status === "delivered" || status === "read"));
}

function peopleOf({ from, replyTo, to, cc }: EmailFields): ReadonlySet<string> {
  const all = [...from === null ? [] : [from], ...replyTo, ...to, ...cc];
  return new Set(all.map(({ address }) => address.toLowerCase()));
}
