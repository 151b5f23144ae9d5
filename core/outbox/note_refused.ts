import type { RefusedRecipient } from "../channel/mod.ts";
import { putConversation } from "../conversations/mod.ts";
import type { Contact } from "../model/contact.ts";
import type { Conversation } from "../model/conversation.ts";
import type { Message } from "../model/message.ts";
import type { Ids } from "../ports.ts";
import { keys, type Tx } from "../store/mod.ts";
import { markAddresses } from "./mark_addresses.ts";
import { putBounceLines } from "./put_bounce_lines.ts";
import { sumUp } from "./report_effect.ts";

/** A message, its conversation and contacts after some of its recipients were refused. */
export interface Noted {
  /** To be written by the caller. */
  readonly message: Message;
  readonly conversation: Conversation;
  /** By id, those this commit has changed. */
  readonly contacts: ReadonlyMap<string, Contact>;
}

/**
 * Notes whom a provider refused by name: wrong addresses are marked, and where the message goes out to others, a line of
 * the thread says who does not get it.
 * @param sending.isOut false: the message's own error says what is to be said
 */
export async function noteRefused(
  tx: Tx,
  ids: Ids,
  { message, conversation }: Pick<Noted, "message" | "conversation">,
  sending: { readonly refused: readonly RefusedRecipient[]; readonly isOut: boolean },
): Promise<Noted> {
  const { refused, isOut } = sending;
  if (refused.length === 0) return { message, conversation, contacts: new Map() };
  const contact = await tx.read(keys.contact(conversation.contactId));
  const reported = refused.map((one) => ({ ...one, outcome: "failed" as const }));
  const { recipients, failedTo } = sumUp(message, contact?.emails ?? [], reported);
  const contacts = await markAddresses(tx, recipients, contact);
  if (!isOut) return { message, conversation, contacts };
  // Told once, however often the message is tried.
  const fresh = recipients.filter(({ address }) => message.failedTo?.includes(address) !== true);
  if (fresh.length === 0) return { message, conversation, contacts };
  const after = { ...conversation, lastSeq: conversation.lastSeq + fresh.length };
  putConversation(tx, conversation, after);
  putBounceLines(tx, ids, { conversation: after, about: message, recipients: fresh });
  return { message: { ...message, failedTo }, conversation: after, contacts };
}
