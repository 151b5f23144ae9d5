import type { Conversation } from "../model/conversation.ts";
import type { EmailFields, MailAddress, Message } from "../model/message.ts";
import { keys, type Tx } from "../store/mod.ts";
import type { Correspondence, Recipients } from "./reply_recipients.ts";

/** References kept: the first and the latest, as relays refuse long headers. */
const MAX_REFERENCES = 20;
/** How far back the mails of a thread are looked for. */
const LOOK_BACK = 200;

/**
 * The latest mails of a thread, each way. A machine's mail (out of office, bounce) is answered only where nobody else
 * wrote. By time: what was merged in stands last, and may be older than what it was merged into.
 */
export async function readCorrespondence(
  tx: Pick<Tx, "list">,
  conversation: Pick<Conversation, "id" | "lastSeq" | "lastMessageAt">,
): Promise<Correspondence> {
  let inbound: Message | null = null;
  let machine: Message | null = null;
  let reply: Message | null = null;
  let latestAt = 0;
  const newestFirst = tx.list(keys.messagesOf(conversation), { reverse: true, limit: LOOK_BACK });
  for await (const { value } of newestFirst) {
    if (value.kind !== "event") latestAt = Math.max(latestAt, value.createdAt);
    if (value.email === undefined || value.status === "canceled") continue;
    if (value.kind === "reply") reply = later(reply, value);
    else if (isAutomatic(value)) machine = later(machine, value);
    else if (value.kind === "inbound") inbound = later(inbound, value);
    const isComplete = inbound !== null && reply !== null;
    // While the latest message of all was not met, a later mail may stand further up.
    if (isComplete && latestAt >= conversation.lastMessageAt) break;
  }
  const answered = inbound ?? machine;
  return {
    inbound: answered?.email ?? null,
    reply: reply?.email ?? null,
    isReplyLater: reply !== null && (answered === null || later(answered, reply) === reply),
  };
}

/** @param met first, so it stands later in the thread */
function later(met: Message | null, other: Message): Message {
  if (met === null || other.createdAt > met.createdAt) return other;
  return other.createdAt === met.createdAt && other.seq > met.seq ? other : met;
}

function isAutomatic({ kind, trace }: Message): boolean {
  return kind === "inbound" && trace.some(({ step }) => step === "automatic");
}

/** Recipients, subject and threading headers of a reply by mail. Pure. */
export function replyFields(
  conversation: Pick<Conversation, "subject" | "number">,
  { inbound }: Pick<Correspondence, "inbound">,
  { to, cc, bcc }: Recipients & { readonly bcc: readonly MailAddress[] },
): EmailFields {
  // A form was no mail: nothing of it can be answered by id, and its subject is ours.
  const mail = inbound?.messageId === "" ? null : inbound;
  const subject = mail?.subject || conversation.subject;
  const isOfForm = inbound !== null && mail === null;
  const chain = mail === null ? [] : [
    ...mail.references.length > 0
      ? mail.references
      : mail.inReplyTo === null
      ? []
      : [mail.inReplyTo],
    mail.messageId,
  ];
  return {
    from: null,
    to,
    cc,
    bcc,
    replyTo: [],
    subject: isOfForm
      ? numbered(replySubject(subject), conversation.number)
      : replySubject(subject),
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

/** With what leads an answer back that lost its headers. */
function numbered(subject: string, number: number): string {
  return `${subject} [#${number}]`;
}

/** The first and the latest, each once. */
export function trimReferences(chain: readonly string[]): readonly string[] {
  const distinct = [...new Set(chain)];
  return distinct.length <= MAX_REFERENCES
    ? distinct
    : [...distinct.slice(0, 1), ...distinct.slice(1 - MAX_REFERENCES)];
}
