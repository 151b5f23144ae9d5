import type { Identity } from "../model/contact.ts";

/** What a sender's identities say about who they are. */
export type ContactMatch =
  /** One or more identities are known; the first known one decides. */
  | {
    readonly kind: "known";
    readonly contactId: string;
    readonly by: Identity;
    readonly others: readonly string[];
  }
  | { readonly kind: "new" };

/**
 * Finds the contact of a sender. Identities come strongest first; two contacts are never merged here.
 * @param holders contact id by index of `identities`, null where nobody holds it.
 */
export function matchContact(
  identities: readonly Identity[],
  holders: readonly (string | null)[],
): ContactMatch {
  const index = holders.findIndex((holder) => holder !== null);
  const contactId = holders[index];
  const by = identities[index];
  if (contactId == null || by === undefined) return { kind: "new" };
  const others = [...new Set(holders.filter((holder) => holder !== null && holder !== contactId))];
  return { kind: "known", contactId, by, others: others.filter((other) => other !== null) };
}

/** An identity as it is stored and compared: e-mail addresses and domains in lower case, phones without spaces. */
export function normalizeIdentity(identity: Identity): Identity {
  switch (identity.kind) {
    case "email":
      return { ...identity, value: identity.value.trim().toLowerCase() };
    case "phone":
      return { ...identity, value: identity.value.replace(/[\s().-]/g, "") };
    default:
      return identity;
  }
}
