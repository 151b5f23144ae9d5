import type { LetterStyle } from "../channel/mod.ts";
import type { MailAddress } from "../model/message.ts";
import type { Conversation } from "../model/conversation.ts";
import type { EmailFields } from "../model/message.ts";
import { keys, type Tx } from "../store/mod.ts";
import { readCorrespondence, replyFields } from "./reply_fields.ts";
import { replyRecipients, senderOnly, withNames } from "./reply_recipients.ts";

/** Whom an author names; what is absent is as the thread has it. */
export interface ChosenRecipients {
  readonly to?: readonly string[] | undefined;
  readonly cc?: readonly string[] | undefined;
  readonly bcc?: readonly string[] | undefined;
}

/** What a reply is before anybody changes it. */
export interface ReplyDefaults {
  /** Everybody on the thread. */
  readonly to: readonly MailAddress[];
  readonly cc: readonly MailAddress[];
  /** Whoever wrote last, alone. */
  readonly sender: readonly MailAddress[];
  readonly subject: string;
  /** How the caller's letter begins and ends; null where the channel's settings cannot be read. */
  readonly style: LetterStyle | null;
  /** Why it cannot be sent at all, for a person; null when it can. */
  readonly problem: string | null;
}

type IsOwn = (address: string) => boolean;

/** The mail fields of a reply that is written now. */
export async function replyLetter(
  tx: Pick<Tx, "list" | "read">,
  conversation: Conversation,
  chosen: ChosenRecipients,
  isOwn: IsOwn,
): Promise<EmailFields> {
  const mails = await readCorrespondence(tx, conversation);
  const all = replyRecipients(mails, isOwn, await contactAddress(tx, conversation));
  const to = chosen.to === undefined ? all.to : withNames(chosen.to, mails);
  const cc = chosen.cc === undefined ? all.cc : withNames(chosen.cc, mails);
  const isTo = new Set(to.map(({ address }) => address.toLowerCase()));
  return replyFields(conversation, mails, {
    to,
    cc: cc.filter(({ address }) => !isTo.has(address.toLowerCase())),
    bcc: withNames(chosen.bcc ?? [], mails),
  });
}

export async function readReplyDefaults(
  tx: Pick<Tx, "list" | "read">,
  conversation: Conversation,
  isOwn: IsOwn,
  style: LetterStyle | null,
): Promise<Omit<ReplyDefaults, "problem">> {
  const mails = await readCorrespondence(tx, conversation);
  const contact = await contactAddress(tx, conversation);
  const all = replyRecipients(mails, isOwn, contact);
  const { subject } = replyFields(conversation, mails, { ...all, bcc: [] });
  return { ...all, sender: senderOnly(mails, isOwn, contact), subject, style };
}

async function contactAddress(
  tx: Pick<Tx, "read">,
  { contactId }: Conversation,
): Promise<MailAddress | null> {
  const contact = await tx.read(keys.contact(contactId));
  const address = contact?.emails[0];
  return contact === null || address === undefined ? null : { name: contact.name, address };
}
