import type { EmailFields, MailAddress } from "../model/message.ts";

export interface Recipients {
  readonly to: readonly MailAddress[];
  readonly cc: readonly MailAddress[];
}

/** The mails of a thread that say who reads along. */
export interface Correspondence {
  /** The latest mail that came in; null before there is one. */
  readonly inbound: EmailFields | null;
  /** Our latest mail that was not taken back; null before there is one. */
  readonly reply: EmailFields | null;
  /** Ours is the later one. */
  readonly isReplyLater: boolean;
}

/** People on one mail at most, as the API takes them. */
export const MAX_RECIPIENTS = 100;

/**
 * Whom a reply goes to when nobody says otherwise: all. It answers whoever wrote last; everybody on their mail stays in,
 * and so does whoever an agent took in before, whom a plain "Reply" of the customer left out. Below our own latest mail
 * its recipients stand, for an agent chose them. No channel of ours is ever among them. Pure.
 * @param fallback the contact, for a thread without mails
 */
export function replyRecipients(
  { inbound, reply, isReplyLater }: Correspondence,
  isOwn: (address: string) => boolean,
  fallback: MailAddress | null,
): Recipients {
  const contact = fallback === null ? [] : [fallback];
  if (reply !== null && (isReplyLater || inbound === null)) {
    return distinct(reply.to.length === 0 ? contact : reply.to, reply.cc, () => false);
  }
  if (inbound === null) return { to: contact, cc: [] };
  const sender = answered(inbound, isOwn);
  const others = [
    ...inbound.to,
    ...inbound.cc,
    ...reply === null ? [] : [...reply.to, ...reply.cc],
  ];
  return distinct(sender.length === 0 ? contact : sender, others, isOwn);
}

/** The one who wrote the latest mail, alone. Pure. */
export function senderOnly(
  { inbound }: Correspondence,
  isOwn: (address: string) => boolean,
  fallback: MailAddress | null,
): readonly MailAddress[] {
  const sender = inbound === null ? [] : answered(inbound, isOwn);
  return sender.length > 0 || fallback === null ? sender : [fallback];
}

/** Where its sender wants answers. */
function answered(mail: EmailFields, isOwn: (address: string) => boolean): readonly MailAddress[] {
  const wanted = mail.replyTo.filter(({ address }) => !isOwn(address));
  return wanted.length > 0
    ? wanted
    : mail.from === null || isOwn(mail.from.address)
    ? []
    : [mail.from];
}

/** Addresses are one person's when they differ in case only; nobody gets a mail twice. */
function distinct(
  to: readonly MailAddress[],
  cc: readonly MailAddress[],
  isOwn: (address: string) => boolean,
): Recipients {
  const seen = new Set<string>();
  const fresh = ({ address }: MailAddress) => {
    const lower = address.toLowerCase();
    if (seen.has(lower) || seen.size >= MAX_RECIPIENTS) return false;
    seen.add(lower);
    return true;
  };
  return { to: to.filter(fresh), cc: cc.filter((one) => !isOwn(one.address) && fresh(one)) };
}

/** Each address once, where it stands first. Pure. */
export function distinctRecipients(
  to: readonly MailAddress[],
  cc: readonly MailAddress[],
): Recipients {
  return distinct(to, cc, () => false);
}

/** Addresses somebody typed, with the names the thread knows them by. Pure. */
export function withNames(
  addresses: readonly string[],
  { inbound, reply }: Correspondence,
): readonly MailAddress[] {
  const names = new Map<string, string>();
  for (const mail of [reply, inbound]) {
    if (mail === null) continue;
    const people = [...mail.to, ...mail.cc, ...mail.bcc, ...mail.replyTo];
    for (const { name, address } of mail.from === null ? people : [...people, mail.from]) {
      if (name !== "") names.set(address.toLowerCase(), name);
    }
  }
  return addresses.map((address) => ({ name: names.get(address.toLowerCase()) ?? "", address }));
}
