import { SYSTEM } from "../model/change.ts";
import type { Contact } from "../model/contact.ts";
import { keys, type Store, transact, type Tx } from "../store/mod.ts";

/** A contact has no more addresses than this. */
const MAX_EMAILS = 20;
/**
 * Keeps an address that a visitor left, in place of the one before. Nobody vouches for it: it is shown with the contact,
 * and leads to nobody, so that no stranger's mail is taken for theirs.
 * @param address trimmed, in lower case
 */
export async function leaveEmail(
  store: Store,
  visitorId: string,
  address: string,
): Promise<void> {
  await transact(store, async (tx) => {
    const key = keys.visitor(visitorId);
    const visitor = await tx.get(key);
    if (visitor === null) return;
    const before = visitor.leftEmail;
    if (before?.address === address) return;
    tx.set(key, { ...visitor, leftEmail: { address, isProven: false } });
    await showWithContact(tx, visitorId, before?.address ?? null, address);
  });
}

async function showWithContact(
  tx: Tx,
  visitorId: string,
  before: string | null,
  address: string,
): Promise<void> {
  const contactId = await tx.read(keys.identity("visitor", visitorId));
  const contact = contactId === null ? null : await tx.get(keys.contact(contactId));
  if (contact === null) return;
  const emails = withEmail(contact, before, address);
  if (emails === contact.emails) return;
  tx.set(keys.contact(contact.id), { ...contact, emails, updatedAt: tx.now });
  tx.emit({
    type: "contact.updated",
    actor: SYSTEM,
    contactId: contact.id,
    changed: ["emails"],
  });
}

/** The addresses with the new one, without the one it replaces unless that was proven. */
function withEmail(
  { emails, identities }: Contact,
  before: string | null,
  address: string,
): readonly string[] {
  if (emails.includes(address) || emails.length >= MAX_EMAILS) return emails;
  const isProven = identities.some(({ kind, value }) => kind === "email" && value === before);
  const kept = isProven ? emails : emails.filter((one) => one !== before);
  return [...kept, address];
}
