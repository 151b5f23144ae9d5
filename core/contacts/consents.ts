import type { Consent, Contact } from "../model/contact.ts";

/** More channels than these nobody writes over; the latest count. */
const MAX_CONSENTS = 20;

/** What a customer said about messages over a channel. `at`: epoch ms by the provider's clock. */
export interface ConsentNews {
  readonly channelId: string;
  readonly wants: boolean;
  readonly at: number;
}

/** The contact with what they said; the same record when it was known. Pure; in whatever order news come, the latest counts. */
export function withConsent(contact: Contact, { channelId, wants, at }: ConsentNews): Contact {
  const known = (contact.consents ?? []).find((one) => one.channelId === channelId);
  const before = known ?? { channelId, outAt: null, inAt: null };
  const after: Consent = wants
    ? { ...before, inAt: Math.max(before.inAt ?? at, at) }
    : { ...before, outAt: Math.max(before.outAt ?? at, at) };
  if (known?.inAt === after.inAt && known.outAt === after.outAt) return contact;
  const others = (contact.consents ?? []).filter((one) => one.channelId !== channelId);
  return { ...contact, consents: [...others, after].slice(-MAX_CONSENTS) };
}

/** Since when a contact wants no messages over a channel, epoch ms; null where they may be written to. Pure. */
export function optedOutAt(
  contact: Pick<Contact, "consents"> | null,
  channelId: string,
): number | null {
  const consent = contact?.consents?.find((one) => one.channelId === channelId);
  if (consent === undefined || consent.outAt === null) return null;
  // Both at once: silence does less harm.
  return consent.inAt !== null && consent.inAt > consent.outAt ? null : consent.outAt;
}
