import type { Locale, SeedPerson } from "./plan.ts";
import type { SeedRandom } from "./seed_random.ts";
import { MAIL_DOMAINS, NAMES } from "./world.ts";

/** How often each language is written to the shop. */
export const LOCALES: readonly (readonly [Locale, number])[] = [
  ["nl", 40],
  ["en", 25],
  ["it", 12],
  ["de", 10],
  ["fr", 6],
  ["tr", 3],
  ["ar", 3],
  ["he", 1],
];

/** Somebody new. @param serial makes the address theirs alone. */
export function makePerson(random: SeedRandom, locale: Locale, serial: number): SeedPerson {
  const { first, last } = NAMES[locale];
  const name = `${random.pick(first)} ${random.pick(last)}`;
  return {
    name,
    email: `${mailboxOf(name)}.${serial}@${random.pick(MAIL_DOMAINS)}`,
    locale,
  };
}

/** "Jürgen Öztürk" → "jurgen.ozturk"; what has no Latin letters is called "mail". */
function mailboxOf(name: string): string {
  const plain = name.normalize("NFD").toLowerCase()
    .replaceAll("ø", "o").replaceAll("ı", "i").replace(/[^a-z ]/g, "");
  return plain.trim().replace(/ +/g, ".") || "mail";
}

/** The name somebody is called by. */
export function firstName({ name }: SeedPerson): string {
  return name.split(" ", 1)[0] ?? "";
}
