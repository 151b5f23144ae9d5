/** Which words of a text were looked for, and the part of it that shows them. */
import { clip } from "../clip.ts";
import type { IndexTerm } from "./index_port.ts";
import { stemsOf } from "./stems.ts";
import { wordsOf } from "./words.ts";

/** Text with the places that were looked for: from, up to, in UTF-16 units. */
export interface MarkedText {
  readonly text: string;
  readonly marks: readonly (readonly [from: number, to: number])[];
}

const EXCERPT = 180;
/** Before the first word that was found. */
const LEAD = 50;
const MIN_PREFIX = 2;

/** The whole text with its marks. */
export function markText(text: string, terms: readonly IndexTerm[]): MarkedText {
  const isWanted = matcherOf(terms);
  const marks = [...wordsOf(text)].filter(({ word }) => isWanted(word))
    .map(({ start, end }) => [start, end] as const);
  return { text, marks };
}

/** Some words around the first one that was found; the beginning of the text when none was. One line. */
export function excerptOf(text: string, terms: readonly IndexTerm[]): MarkedText {
  const line = text.replace(/\s+/g, " ").trim();
  const isWanted = matcherOf(terms);
  const first = wordsOf(line).find(({ word }) => isWanted(word))?.start ?? 0;
  const from = first <= LEAD ? 0 : line.indexOf(" ", first - LEAD) + 1;
  const cut = from > 0 && from <= first ? from : first <= LEAD ? 0 : first;
  const part = clip(line.slice(cut), EXCERPT);
  const isWhole = cut + part.length >= line.length;
  return markText(`${cut > 0 ? "…" : ""}${part}${isWhole ? "" : "…"}`, terms);
}

/** Whether a folded word is one that was looked for. */
function matcherOf(terms: readonly IndexTerm[]): (word: string) => boolean {
  const wanted = terms.filter(({ isNot }) => !isNot);
  const exact = new Set(wanted.flatMap(({ words }) => words));
  const prefixes = wanted.filter(({ isPrefix }) => isPrefix)
    .map(({ words }) => words.at(-1) ?? "").filter((word) => word.length >= MIN_PREFIX);
  const forms = new Set(
    wanted.filter(({ withStems, words }) => withStems && words.length === 1)
      .flatMap(({ words }) => words.flatMap((word) => [word, ...stemsOf(word)])),
  );
  return (word) =>
    exact.has(word) || prefixes.some((prefix) => word.startsWith(prefix)) ||
    [word, ...stemsOf(word)].some((form) => forms.has(form));
}
