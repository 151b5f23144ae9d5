import { EmailInput } from "../access/mod.ts";
import { type CoreError, invalid } from "../errors.ts";
import type { Contact } from "../model/contact.ts";
import type { Conversation } from "../model/conversation.ts";
import type { EmailFields, MailAddress, Message } from "../model/message.ts";
import { err, ok, type Result } from "../result.ts";
import { MAX_OUTSIDERS } from "./forward_input.ts";
import type { ForwardSource } from "./forward_sources.ts";
import { replySubject, trimReferences } from "./reply_fields.ts";

type Chosen = readonly string[] | undefined;

/**
 * Whom a mail to outsiders goes to: those named, else whoever wrote the message it answers. Pure. The customer is written to by
 * a reply, and what goes to one of our own mailboxes would come back as a stranger's. Errors: invalid (`to`).
 */
export function asidePeople(
  chosen: Chosen,
  { kind, messages: [message] }: ForwardSource,
  { customer, isOwn }: {
    readonly customer: Pick<Contact, "emails"> | null;
    readonly isOwn: (address: string) => boolean;
  },
): Result<readonly MailAddress[], CoreError> {
  const known = kind === "aside" && message !== undefined ? outsidersOf(message, isOwn) : [];
  const named = chosen?.map((address) => ({
    name: known.find((one) => isSame(one.address, address))?.name ?? "",
    address: address.trim(),
  }));
  const wanted = named ?? known;
  const people = wanted.filter(({ address }, i) =>
    wanted.findIndex((one) => isSame(one.address, address)) === i
  );
  if (people.length === 0) return err(invalid("to", "names nobody"));
  if (people.length > MAX_OUTSIDERS) {
    return err(invalid("to", `are too many: this goes to ${MAX_OUTSIDERS} at most`));
  }
  const wrong = chosen?.findIndex((address) => !EmailInput.safeParse(address).success) ?? -1;
  if (wrong >= 0) return err(invalid(`to.${wrong}`, "is not a mail address"));
  const isCustomer = ({ address }: MailAddress) =>
    customer?.emails.some((one) => isSame(one, address)) ?? false;
  if (people.some(isCustomer)) {
    return err(invalid("to", "names the customer of this conversation: write them a reply"));
  }
  const own = people.find(({ address }) => isOwn(address.toLowerCase()));
  if (own !== undefined) {
    return err(
      invalid("to", `names "${own.address}", a mailbox of yours: move the conversation there`),
    );
  }
  return ok(people);
}

/** Whether it goes on with those who saw the message it names, instead of telling it to others. Pure. */
export function isAsideAnswer(
  { kind, messages: [message] }: ForwardSource,
  people: readonly MailAddress[],
): boolean {
  return kind === "aside" &&
    people.every(({ address }) => message?.aside?.to.some((one) => isSame(one.address, address)));
}

/** The headers of a mail to outsiders: nothing in them leads to the customer's mails. Pure. */
export function asideFields(
  conversation: Pick<Conversation, "subject" | "number">,
  { messages }: ForwardSource,
  people: readonly MailAddress[],
  isAnswer: boolean,
): EmailFields {
  const last = messages.at(-1);
  const subject = last?.email?.subject || conversation.subject;
  const answered = isAnswer && last?.email?.messageId ? last.email : null;
  return {
    from: null,
    to: people,
    cc: [],
    bcc: [],
    replyTo: [],
    subject: isAnswer ? replySubject(subject) : forwardSubject(subject, conversation.number),
    messageId: "",
    inReplyTo: answered?.messageId ?? null,
    references: answered === null
      ? []
      : trimReferences([...answered.references, answered.messageId]),
    senderVerified: true,
  };
}

/** "Fwd: " once, in front of the subject. */
function forwardSubject(subject: string, number: number): string {
  const plain = subject.trim();
  if (plain === "") return `Fwd: Conversation #${number}`;
  return /^fwd?\s*:/i.test(plain) ? plain : `Fwd: ${plain}`;
}

/** Where its author wants answers, else all who see it. */
function outsidersOf(
  { kind, aside, email, author }: Message,
  isOwn: (address: string) => boolean,
): readonly MailAddress[] {
  const theirs = kind === "comment" && author.type === "contact" ? email?.replyTo ?? [] : [];
  const wanted = theirs.filter(({ address }) => !isOwn(address.toLowerCase()));
  return wanted.length > 0 ? wanted : aside?.to ?? [];
}

function isSame(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}
