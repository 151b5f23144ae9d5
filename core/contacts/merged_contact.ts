import type { BadEmail, Consent, Contact, Identity } from "../model/contact.ts";

/** Fields of which the person who merges may choose either contact's. */
export const CHOSEN_FIELDS = ["name", "company", "ownerId", "locale", "timeZone"] as const;
export type ChosenField = (typeof CHOSEN_FIELDS)[number];

/**
 * One contact out of two: what `into` has stays, what it lacks comes from the other, and of the fields in `others` the
 * other's is taken where it has one. Whoever was blocked, opted out or had mail come back still is. Pure.
 */
export function mergedContact(
  into: Contact,
  other: Contact,
  others: ReadonlySet<ChosenField>,
): Contact {
  const words: { -readonly [K in Exclude<ChosenField, "name">]?: string } = {};
  for (const field of ["company", "ownerId", "locale", "timeZone"] as const) {
    const [first, second] = others.has(field) ? [other, into] : [into, other];
    const value = first[field] ?? second[field];
    if (value !== undefined) words[field] = value;
  }
  const [named, second] = others.has("name") ? [other, into] : [into, other];
  const isFirstNamed = named.name !== "";
  const namer = isFirstNamed ? named : second;
  const { nameAt: _at, isNamedByTeam: _named, ...rest } = into;
  const badEmails = joined<BadEmail>(into.badEmails, other.badEmails, ({ address }) => address);
  const consents = strictConsents(into.consents ?? [], other.consents ?? []);
  const imagesFrom = [...new Set([...into.imagesFrom ?? [], ...other.imagesFrom ?? []])];
  const answered = [into.firstAnsweredAt, other.firstAnsweredAt].filter((at) => at !== undefined);
  const noteCount = (into.noteCount ?? 0) + (other.noteCount ?? 0);
  return {
    ...rest,
    ...words,
    name: namer.name,
    ...namer.nameAt === undefined ? {} : { nameAt: namer.nameAt },
    ...namer.isNamedByTeam === true ? { isNamedByTeam: true as const } : {},
    emails: [...new Set([...into.emails, ...other.emails])],
    phones: [...new Set([...into.phones, ...other.phones])],
    identities: joined<Identity>(
      into.identities,
      other.identities,
      ({ kind, value }) => `${kind}:${value}`,
    ),
    blocked: into.blocked || other.blocked,
    ...badEmails.length > 0 ? { badEmails } : {},
    ...consents.length > 0 ? { consents } : {},
    ...imagesFrom.length > 0 ? { imagesFrom } : {},
    ...answered.length > 0 ? { firstAnsweredAt: Math.min(...answered) } : {},
    ...noteCount > 0 ? { noteCount } : {},
    createdAt: Math.min(into.createdAt, other.createdAt),
  };
}

/**
 * A kind of address that both have at a provider, each another: what is sent goes to the first of a kind, so answers
 * to the one would reach the other. Letters name their recipients, and chats their browser. Null: none. Pure.
 */
export function ambiguousKind(a: Contact, b: Contact): string | null {
  const isProviders = ({ kind, verified }: Identity) =>
    kind !== "email" && kind !== "visitor" && (kind !== "phone" || verified);
  const kinds = new Set(a.identities.filter(isProviders).map(({ kind }) => kind));
  return b.identities.filter(isProviders).find(({ kind }) => kinds.has(kind))?.kind ?? null;
}

function joined<T>(
  first: readonly T[] | undefined,
  second: readonly T[] | undefined,
  nameOf: (one: T) => string,
): readonly T[] {
  const all = [...first ?? [], ...second ?? []];
  return [...new Map(all.toReversed().map((one) => [nameOf(one), one])).values()].toReversed();
}

/** Of a channel both spoke of: who opted out as either is opted out. */
function strictConsents(a: readonly Consent[], b: readonly Consent[]): readonly Consent[] {
  const channelIds = [...new Set([...a, ...b].map(({ channelId }) => channelId))];
  return channelIds.flatMap((channelId) => {
    const said = [...a, ...b].filter((one) => one.channelId === channelId);
    const out = said.filter(({ outAt, inAt }) =>
      outAt !== null && !(inAt !== null && inAt > outAt)
    );
    const [first] = out.length > 0 ? out : said;
    if (first === undefined) return [];
    return [
      (out.length > 0 ? out : said).reduce(
        (latest, one) => (one.outAt ?? 0) > (latest.outAt ?? 0) ? one : latest,
        first,
      ),
    ];
  });
}
