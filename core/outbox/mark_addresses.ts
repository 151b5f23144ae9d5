import { clip } from "../clip.ts";
import { withBadEmail } from "../contacts/mod.ts";
import { SYSTEM } from "../model/change.ts";
import type { Contact } from "../model/contact.ts";
import { keys, type Tx } from "../store/mod.ts";
import type { ReportedRecipient } from "./report_effect.ts";
/** Marks are version checks, and a commit has ten. */
const MAX_MARKS = 5;

/**
 * Marks wrong addresses at the contacts that hold them; who was merely copied in and never wrote has none.
 * @param writtenTo whom the message was for: may have an address that is not proven to be theirs
 * @returns the contacts as this commit leaves them, by id
 */
export async function markAddresses(
  tx: Tx,
  recipients: readonly ReportedRecipient[],
  writtenTo: Contact | null,
): Promise<ReadonlyMap<string, Contact>> {
  const bad = recipients.filter(({ isAddressBad }) => isAddressBad).slice(0, MAX_MARKS);
  const changed = new Map<string, Contact>();
  for (const { address, error } of bad) {
    const isTheirs = writtenTo?.emails.includes(address) ?? false;
    const holder = isTheirs ? writtenTo?.id : await tx.read(keys.identity("email", address));
    if (holder == null) continue;
    const contact = changed.get(holder) ?? await tx.get(keys.contact(holder));
    if (contact === null) continue;
    const reason = clip(error.provider ?? error.message, 200);
    changed.set(holder, {
      ...withBadEmail(contact, { address, reason, at: tx.now }),
      updatedAt: tx.now,
    });
  }
  for (const [contactId, contact] of changed) {
    tx.set(keys.contact(contactId), contact);
    tx.emit({ type: "contact.updated", actor: SYSTEM, contactId, changed: ["badEmails"] });
  }
  return changed;
}
