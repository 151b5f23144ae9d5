import type { Contact, Identity } from "../model/contact.ts";
import { storedBytes } from "../store/mod.ts";
import { MAX_CONTACT_BYTES } from "./resolve.ts";

/** What follows from a provider's news that somebody is known by another identity now. */
export type IdentityChange =
  /** Nobody was known by either: both are one new person's. */
  | { readonly kind: "new" }
  /** One of the two is somebody's, or both the same person's. */
  | { readonly kind: "same"; readonly contactId: string }
  /** Two people: they stay two, for somebody to merge who knows. */
  | { readonly kind: "conflict"; readonly contactId: string; readonly otherId: string };

/** Pure. @param holders who has the old and the new identity; null where nobody has */
export function identityChange(
  holders: { readonly from: string | null; readonly to: string | null },
): IdentityChange {
  const { from, to } = holders;
  if (from !== null && to !== null && from !== to) {
    return { kind: "conflict", contactId: from, otherId: to };
  }
  const contactId = from ?? to;
  return contactId === null ? { kind: "new" } : { kind: "same", contactId };
}

/**
 * The contact's identities with the new one before the old: what is sent goes to the first of a kind. Of one that is full of
 * them the new one takes the old one's place. Pure.
 */
export function withNewIdentity(contact: Contact, from: Identity, to: Identity): Contact {
  const isSame = (a: Identity, b: Identity) => a.kind === b.kind && a.value === b.value;
  const { identities } = contact;
  const old = identities.findIndex((one) => isSame(one, from));
  const others = identities.filter((one) => !isSame(one, from) && !isSame(one, to));
  const place = old < 0
    ? others.length
    : identities.slice(0, old).filter((one) => !isSame(one, to)).length;
  const pair = [identities.find((one) => isSame(one, to)) ?? to, identities[old] ?? from];
  const all = (kind: string) => pair.filter((one) => one.kind === kind).map(({ value }) => value);
  const both = {
    ...contact,
    identities: [...others.slice(0, place), ...pair, ...others.slice(place)],
    emails: [...new Set([...all("email"), ...contact.emails])],
    phones: [...new Set([...all("phone"), ...contact.phones])],
  };
  if (storedBytes(both) <= MAX_CONTACT_BYTES) return both;
  const without = (kind: string, values: readonly string[]) =>
    from.kind === kind ? values.filter((value) => value !== from.value) : values;
  return {
    ...both,
    identities: both.identities.filter((one) => !isSame(one, from)),
    emails: without("email", both.emails),
    phones: without("phone", both.phones),
  };
}
