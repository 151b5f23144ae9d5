import { type CoreError, invalid } from "../errors.ts";
import type { Contact, Identity } from "../model/contact.ts";
import { err, ok, type Result } from "../result.ts";
import { keys, storedBytes, type Tx } from "../store/mod.ts";
import { MAX_NEW_ADDRESSES } from "./contact_input.ts";
import { displayName, MAX_CONTACT_BYTES } from "./resolve.ts";

/** All the addresses somebody is to have, normalised; absent: as they are. */
export interface Addresses {
  readonly emails?: readonly string[] | undefined;
  readonly phones?: readonly string[] | undefined;
}

/**
 * Gives a contact these addresses within a commit: new ones lead to it from then on, those left out to nobody. The
 * contact itself is not written. Errors: conflict for an address that is somebody else's, invalid for too many at once.
 */
export async function putAddresses(
  tx: Tx,
  contact: Contact,
  { emails = contact.emails, phones = contact.phones }: Addresses,
): Promise<Result<Contact, CoreError>> {
  const wanted = [...of("email", emails), ...of("phone", phones)];
  const has = new Set([...of("email", contact.emails), ...of("phone", contact.phones)].map(nameOf));
  const keeps = new Set(wanted.map(nameOf));
  const added = wanted.filter((one) => !has.has(nameOf(one)));
  if (added.length > MAX_NEW_ADDRESSES) {
    const path = added[0]?.kind === "email" ? "emails" : "phones";
    return err(invalid(path, `takes ${MAX_NEW_ADDRESSES} new ones at a time`));
  }
  for (const one of added) {
    // Checked: nobody else takes it at this moment.
    const holder = await tx.get(keys.identity(one.kind, one.value));
    if (holder === contact.id) continue;
    if (holder !== null) {
      const other = await tx.read(keys.contact(holder));
      const name = other === null ? "somebody else" : displayName(other);
      return err({ code: "conflict", message: `${one.value} belongs to ${name}` });
    }
    tx.set(keys.identity(one.kind, one.value), contact.id);
  }
  const isDropped = (one: Identity) => has.has(nameOf(one)) && !keeps.has(nameOf(one));
  for (const one of [...of("email", contact.emails), ...of("phone", contact.phones)]) {
    // What another contact holds meanwhile is not ours to free.
    if (isDropped(one) && await tx.read(keys.identity(one.kind, one.value)) === contact.id) {
      tx.delete(keys.identity(one.kind, one.value));
    }
  }
  const after: Contact = {
    ...contact,
    emails,
    phones,
    identities: [...contact.identities.filter((one) => !isDropped(one)), ...added],
    ...contact.badEmails === undefined ? {} : {
      badEmails: contact.badEmails.filter(({ address }) => emails.includes(address)),
    },
  };
  if (storedBytes(after) > MAX_CONTACT_BYTES) {
    return err({ code: "conflict", message: "They have as many addresses as they can" });
  }
  return ok(after);
}

function of(kind: "email" | "phone", values: readonly string[]): readonly Identity[] {
  return values.map((value) => ({ kind, value, verified: false }));
}

function nameOf({ kind, value }: Identity): string {
  return `${kind}:${value}`;
}
