import type { Contact } from "../model/contact.ts";
import { type Key, type KeyRange, keys, type Store } from "../store/mod.ts";

/** Newest contacts whose names are looked through: a person who wrote lately is found by any of their names. */
const LOOK_BACK = 2_000;

/**
 * Contacts for a few typed letters: first those with an address that begins so, of all there are; then those of the
 * latest {@link LOOK_BACK} with a name of which a word does. Case and accents do not matter. Newest first.
 */
export async function findContacts(
  store: Pick<Store, "get" | "list">,
  query: string,
  limit: number,
): Promise<readonly Contact[]> {
  const wanted = plain(query.trim());
  if (wanted === "") return [];
  const found = new Map<string, Contact>();
  for await (const { value: id } of store.list(addressesFrom(query), { limit })) {
    if (found.has(id)) continue;
    const contact = await store.get(keys.contact(id));
    if (contact !== null) found.set(id, contact);
  }
  const newest = store.list(keys.contacts(), { reverse: true, limit: LOOK_BACK });
  for await (const { value } of newest) {
    if (found.size >= limit) break;
    if (isNamed(value.name, wanted)) found.set(value.id, value);
  }
  return [...found.values()].slice(0, limit);
}

/** Every e-mail identity that begins with these letters. */
function addressesFrom(query: string): KeyRange<string> {
  const first: Key<string> = keys.identity("email", query.trim().toLowerCase());
  const value = first.path.at(-1);
  return { start: first.path, end: [...first.path.slice(0, -1), `${String(value)}\u{10ffff}`] };
}

function isNamed(name: string, wanted: string): boolean {
  const words = plain(name);
  return words.startsWith(wanted) || words.includes(` ${wanted}`);
}

/** In lower case, without accents. */
function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}+/gu, "").toLowerCase();
}
