import type { Conversation } from "../model/conversation.ts";
import type { EmailFields, MailAddress, Message } from "../model/message.ts";
import { keys, type Tx } from "../store/mod.ts";

/** References kept: the first and the latest, as relays refuse long headers. */
const MAX_REFERENCES = 20;
/** How far back the message to answer is looked for. */
const LOOK_BACK = 200;

/** The customer's latest message, which a reply answers; null when they have not written. */
export async function latestInbound(tx: Tx, conversation: Conversation): Promise<Message | null> {
  const newestFirst = tx.list(keys.messages(conversation.id), { reverse: true, limit: LOOK_BACK });
  for await (const { value } of newestFirst) if (value.kind === "inbound") return value;
  return null;
}

/** Recipients, subject and threading headers of a reply by mail. Pure. */
export function replyFields(
  conversation: Pick<Conversation, "subject">,
  inbound: Pick<Message, "email"> | null,
  input: {
    readonly cc?: readonly string[] | undefined;
    readonly bcc?: readonly string[] | undefined;
  },
): EmailFields {
  const mail = inbound?.email;
  const answered = mail === undefined
    ? []
    : mail.replyTo.length > 0
    ? mail.replyTo
    : mail.from === null
    ? []
    : [mail.from];
  const chain = mail === undefined ? [] : [
    ...mail.references.length > 0
      ? mail.references
      : mail.inReplyTo === null
      ? []
      : [mail.inReplyTo],
    mail.messageId,
  ];
  return {
    from: null,
    to: answered,
    cc: (input.cc ?? []).map(addressOnly),
    bcc: (input.bcc ?? []).map(addressOnly),
    replyTo: [],
    subject: replySubject(mail?.subject || conversation.subject),
    messageId: "",
    inReplyTo: mail?.messageId ?? null,
    references: trimReferences(chain),
    senderVerified: true,
  };
}

/** "Re: " once, in front of the latest subject. */
export function replySubject(subject: string): string {
  const plain = subject.trim();
  return plain === "" ? "Re: your message" : /^re\s*:/i.test(plain) ? plain : `Re: ${plain}`;
}

function trimReferences(chain: readonly string[]): readonly string[] {
  const distinct = [...new Set(chain)];
  return distinct.length <= MAX_REFERENCES
    ? distinct
    : [...distinct.slice(0, 1), ...distinct.slice(1 - MAX_REFERENCES)];
}

function addressOnly(address: string): MailAddress {
  return { name: "", address };
}
