import type { IndexPlace, IndexTerm } from "./index_port.ts";
import { wordsOf } from "./words.ts";

/**
 * What is looked for when somebody types some words without a space between them: one word with its other forms and what
 * begins with it, or several one behind the other ("INV-2026"). Null when there is no word in it.
 */
export function toTerm(
  text: string,
  { place = "anywhere", isExact = false, isNot = false }: {
    readonly place?: IndexPlace;
    readonly isExact?: boolean;
    readonly isNot?: boolean;
  },
): IndexTerm | null {
  const words = [...wordsOf(text)].map(({ word }) => word);
  return words.length === 0
    ? null
    : { words, place, isPrefix: !isExact, withStems: !isExact, isNot };
}
