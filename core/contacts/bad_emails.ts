import type { BadEmail, Contact } from "../model/contact.ts";

/** More than these nobody has; the latest count. */
const MAX_BAD_EMAILS = 20;

/** The contact with an address marked as one that mail comes back from. Pure. */
export function withBadEmail(contact: Contact, bad: BadEmail): Contact {
  const address = bad.address.toLowerCase();
  const others = (contact.badEmails ?? []).filter((one) => one.address !== address);
  return { ...contact, badEmails: [...others, { ...bad, address }].slice(-MAX_BAD_EMAILS) };
}

/** The contact without the mark on an address, the same record when there was none. Pure. */
export function withoutBadEmail(contact: Contact, address: string): Contact {
  const kept = (contact.badEmails ?? []).filter((one) => one.address !== address.toLowerCase());
  return kept.length === (contact.badEmails ?? []).length
    ? contact
    : { ...contact, badEmails: kept };
}

/** Why mail to these addresses is held: the mark of the first, when every one of them has one; null else. Pure. */
export function holdReason(
  contact: Pick<Contact, "badEmails"> | null,
  addresses: readonly string[],
): BadEmail | null {
  const marks = addresses.map((address) =>
    contact?.badEmails?.find((bad) => bad.address === address.toLowerCase())
  );
  return marks.length > 0 && marks.every((mark) => mark !== undefined) ? marks[0] ?? null : null;
}
