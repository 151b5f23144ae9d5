import type { IndexFacet, IndexPlace, IndexQuery, IndexTerm } from "./index_port.ts";
import { stemsOf } from "./stems.ts";

/** A shorter beginning stands for half of all words: then it is looked for as it is. */
const MIN_PREFIX = 2;
const COLUMNS: Readonly<Record<Exclude<IndexPlace, "anywhere">, string>> = {
  from: "sender",
  to: "recipients",
  subject: "subject",
  files: "files",
};
const TEXT_COLUMNS = "{subject sender recipients body files}";

/**
 * The expression for FTS5's `MATCH` of what must be in one message and what must not; null when nothing is asked of its
 * text. Words hold no quotes: {@link wordsOf} made them.
 */
export function ftsMatch({ terms, facets }: Pick<IndexQuery, "terms" | "facets">): string | null {
  const wanted = [
    ...terms.filter(({ isNot }) => !isNot).map(termMatch),
    ...facets.filter(({ isNot }) => !isNot).map(({ facet }) => facetMatch(facet)),
  ];
  const unwanted = [
    ...terms.filter(({ isNot }) => isNot).map(termMatch),
    ...facets.filter(({ isNot }) => isNot).map(({ facet }) => facetMatch(facet)),
  ];
  if (wanted.length === 0 && unwanted.length === 0) return null;
  // NOT needs something to take away from: every message has this one.
  const all = wanted.length === 0 ? facetMatch("any") : wanted.join(" AND ");
  return unwanted.length === 0 ? all : `(${all}) NOT (${unwanted.join(" OR ")})`;
}

function termMatch({ words, place, isPrefix, withStems }: IndexTerm): string {
  const [first = ""] = words;
  const last = words.at(-1) ?? "";
  const star = isPrefix && last.length >= MIN_PREFIX ? " *" : "";
  const phrase = `"${words.join(" ")}"${star}`;
  const columns = place === "anywhere" ? TEXT_COLUMNS : COLUMNS[place];
  const exact = `${columns} : ${phrase}`;
  if (!withStems || words.length > 1 || place !== "anywhere") return `(${exact})`;
  const stems = stemsOf(first).map((stem) => `{body subject stems} : "${stem}"`);
  // What is a stem itself stands among the stems of its other forms.
  return `(${[exact, `stems : "${first}"`, ...stems].join(" OR ")})`;
}

function facetMatch(facet: IndexFacet | "any"): string {
  return `facets : "${facet}"`;
}
