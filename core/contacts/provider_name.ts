import { clip } from "../clip.ts";
import type { Contact } from "../model/contact.ts";

/** Longer names are cut. */
export const MAX_NAME = 200;

/**
 * The contact under the name a provider has for them; the same record when it says nothing new, and when the team named
 * them. Pure; in whatever order names come, the latest counts.
 * @param at epoch ms by the provider's clock
 */
export function withProviderName(contact: Contact, name: string, at: number): Contact {
  const given = clip(name.trim(), MAX_NAME);
  const { isNamedByTeam, ...rest } = contact;
  // A name that the team took away may be filled in again.
  if (given === "" || isNamedByTeam === true && contact.name !== "") return contact;
  const known = contact.nameAt ?? -Infinity;
  // Two at once: one of them, whichever comes first.
  const isNewer = at > known || at === known && given > contact.name;
  return isNewer ? { ...rest, name: given, nameAt: at } : contact;
}
