import type { MessageEvent } from "../channel/mod.ts";
import { findMessage, findMessageAs } from "../conversations/mod.ts";
import type { Contact } from "../model/contact.ts";
import type { Conversation } from "../model/conversation.ts";
import type { EmailFields, Message } from "../model/message.ts";
import { keys, type Tx } from "../store/mod.ts";
import type { Place } from "./place.ts";

/** How far back the last mail is looked for that somebody was on. */
const LOOK_BACK = 200;

/** A message that came in, and the conversation it goes to. */
export interface Joining {
  readonly channelId: string;
  readonly event: Pick<MessageEvent, "direction" | "email" | "hints">;
  readonly contact: Pick<Contact, "id">;
  readonly place: Pick<Place, "isAside">;
  readonly conversation: Conversation;
}

/**
 * Whether a mail goes on with what the team forwarded to somebody outside. The customer is never one of those, whichever address
 * they got hold of. Else it is by the address it came to, which was given to outsiders only; by the message it answers; and where
 * it names none, by the last mail its sender was on.
 */
export async function isFromOutsider(
  tx: Pick<Tx, "list" | "read">,
  { channelId, event, contact, place, conversation }: Joining,
): Promise<boolean> {
  if (event.direction !== "in" || event.email === undefined) return false;
  if (contact.id === conversation.contactId) return false;
  if (place.isAside) return true;
  for (const hint of event.hints) {
    if (hint.by !== "message" || hint.onlyParticipants === true) continue;
    const known = await findMessageAs((key) => tx.read(key), channelId, hint.externalId);
    const message = known && await findMessage((key) => tx.read(key), known.messageId);
    if (message?.conversationId === conversation.id) return message.aside !== undefined;
  }
  const address = event.email.from?.address.toLowerCase();
  if (address === undefined) return false;
  const latest = tx.list(keys.messagesOf(conversation), { reverse: true, limit: LOOK_BACK });
  for await (const { value } of latest) {
    if (isOn(value, address)) return value.aside !== undefined;
  }
  return false;
}

function isOn({ email }: Message, address: string): boolean {
  return email !== undefined && peopleOf(email).includes(address);
}

function peopleOf({ from, to, cc, bcc }: EmailFields): readonly string[] {
  return [...from === null ? [] : [from], ...to, ...cc, ...bcc]
    .map((one) => one.address.toLowerCase());
}
