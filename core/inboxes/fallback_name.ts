import type { Random } from "../ports.ts";

const MAX_WORDS_LENGTH = 30;
const CODE_LENGTH = 6;
/** Without letters and digits that are taken for each other. */
const ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";

/** The part before the "@" of an inbox's own address: its name as a word, and a code that nobody guesses. */
export function fallbackName(inboxName: string, random: Random): string {
  const words = inboxName.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()
    .replace(/[^a-z0-9]+/g, "-").slice(0, MAX_WORDS_LENGTH).replace(/^-+|-+$/g, "");
  const code = Array.from(random.bytes(CODE_LENGTH), (byte) => ALPHABET[byte % ALPHABET.length]);
  return `${words || "inbox"}-${code.join("")}`;
}
