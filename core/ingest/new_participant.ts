import type { MessageEvent } from "../channel/mod.ts";
import type { Contact } from "../model/contact.ts";
import type { Conversation } from "../model/conversation.ts";
import type { EmailFields, Message, TraceStep } from "../model/message.ts";
import { keys, type Tx } from "../store/mod.ts";

/** How far back a sender is looked for: somebody silent for longer is worth a second look too. */
const LOOK_BACK = 100;

/**
 * Says so when a mail joins a conversation its sender had no part in. What led it there may have been forwarded, or
 * guessed: it stays, but whoever answers should look whom they answer.
 * @param before the conversation as it was; null for a new one
 */
export async function newParticipant(
  tx: Pick<Tx, "list">,
  before: Conversation | null,
  contact: Contact,
  event: MessageEvent,
): Promise<readonly TraceStep[]> {
  if (before === null || event.email === undefined) return [];
  return await isParticipant(tx, before, contact, event) ? [] : [{
    step: "new_participant",
    detail: "Their first mail in this conversation, which nobody here had sent them",
  }];
}

/** Whether somebody wrote in a conversation, or was written to, not long ago. */
export async function isParticipant(
  tx: Pick<Tx, "list">,
  before: Conversation,
  contact: Contact,
  event: Pick<MessageEvent, "sender">,
): Promise<boolean> {
  if (before.contactId === contact.id) return true;
  const addresses = new Set(
    event.sender.identities.filter(({ kind }) => kind === "email")
      .map(({ value }) => value.toLowerCase()),
  );
  const thread = tx.list(keys.messagesOf(before), { reverse: true, limit: LOOK_BACK });
  for await (const { value } of thread) {
    if (tookPart(value, contact.id, addresses)) return true;
  }
  return false;
}

/** They wrote it, or were written to. */
function tookPart(
  { author, email }: Message,
  contactId: string,
  addresses: ReadonlySet<string>,
): boolean {
  if (author.type === "contact" && author.id === contactId) return true;
  return email !== undefined && readersOf(email).some((one) => addresses.has(one));
}

function readersOf({ to, cc, bcc }: EmailFields): readonly string[] {
  return [...to, ...cc, ...bcc].map(({ address }) => address.toLowerCase());
}
