/** Words as search knows them: in any script, without case and accents, each with where it stands in the text. */

/** A word and its place: from `start` up to `end`, in UTF-16 units of the text it was cut from. */
export interface Word {
  /** As it is compared: {@link foldWord}. Holds ASCII letters and digits, and whatever is not ASCII. */
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

/** Longer runs are keys, addresses and encoded bytes; nobody looks for their end. */
const MAX_WORD = 64;
/** Combining marks of Latin, Greek and Cyrillic; points of Hebrew; vowel marks and the tatweel of Arabic. */
const MARKS = /[\u0300-\u036f\u0591-\u05c7\u0640\u064b-\u065f\u0670]/g;
/** Letters that Unicode does not take apart. */
const LETTERS: Readonly<Record<string, string>> = {
  "ß": "ss",
  "æ": "ae",
  "œ": "oe",
  "ø": "o",
  "đ": "d",
  "ð": "d",
  "ł": "l",
  "ħ": "h",
  "ı": "i",
  "þ": "th",
};
const LETTER = new RegExp(`[${Object.keys(LETTERS).join("")}]`, "g");
const PLAIN = /^[A-Za-z0-9]+$/;
/** Spaces and signs that characters are taken apart into: "½". */
const OTHERS = /[^\p{L}\p{N}\p{M}]+/gu;
/** What the segmenter leaves together and people look for apart: "l'avion", "foo_bar", "3.14". */
const PIECE = /[\p{L}\p{N}\p{M}]+/gu;

const segmenter = new Intl.Segmenter("und", { granularity: "word" });

/** The words of a text in their order: as `Intl.Segmenter` cuts them, and cut again at punctuation. Linear. */
export function* wordsOf(text: string): Generator<Word, void> {
  for (const { segment, index, isWordLike } of segmenter.segment(text)) {
    if (!isWordLike) continue;
    for (const { 0: piece, index: offset } of segment.matchAll(PIECE)) {
      const word = foldWord(piece.slice(0, MAX_WORD));
      const start = index + offset;
      if (word !== "") yield { word, start, end: start + piece.length };
    }
  }
}

/** A word as it is compared: one form of each character, small letters, no accents. */
export function foldWord(word: string): string {
  // Most words are plain already.
  if (PLAIN.test(word)) return word.toLowerCase();
  return word.normalize("NFKD").toLowerCase().replace(MARKS, "")
    .replace(LETTER, (letter) => LETTERS[letter] ?? letter).normalize("NFC").replace(OTHERS, "");
}
