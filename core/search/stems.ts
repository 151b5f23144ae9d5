import { stemmer as danish } from "@orama/stemmers/danish";
import { stemmer as dutch } from "@orama/stemmers/dutch";
import { stemmer as english } from "@orama/stemmers/english";
import { stemmer as french } from "@orama/stemmers/french";
import { stemmer as german } from "@orama/stemmers/german";
import { stemmer as italian } from "@orama/stemmers/italian";
import { stemmer as portuguese } from "@orama/stemmers/portuguese";
import { stemmer as russian } from "@orama/stemmers/russian";
import { stemmer as spanish } from "@orama/stemmers/spanish";
import { stemmer as swedish } from "@orama/stemmers/swedish";
import { foldWord } from "./words.ts";

type Stemmer = (word: string) => string;

const LATIN: readonly Stemmer[] = [
  english,
  german,
  french,
  spanish,
  italian,
  portuguese,
  dutch,
  swedish,
  danish,
];
const CYRILLIC: readonly Stemmer[] = [russian];

/** A shorter stem says nothing any more. */
const MIN_STEM = 3;
const IS_LATIN = /^[a-z]+$/;
const IS_CYRILLIC = /^[\u0400-\u04ff]+$/;
/** Words repeat: nine in ten are among the last ones. */
const KNOWN = 50_000;
const known = new Map<string, readonly string[]>();

/**
 * The stems of a folded word that differ from it, by the main languages of its script: nobody says in which one a customer
 * writes. "bestellungen" → "bestell".
 */
export function stemsOf(word: string): readonly string[] {
  const before = known.get(word);
  if (before !== undefined) return before;
  const stems = new Set(stemmersOf(word).map((stem) => foldWord(stem(word))));
  stems.delete(word);
  const found = [...stems].filter((stem) => stem.length >= MIN_STEM);
  if (known.size >= KNOWN) known.clear();
  known.set(word, found);
  return found;
}

function stemmersOf(word: string): readonly Stemmer[] {
  if (IS_LATIN.test(word)) return LATIN;
  return IS_CYRILLIC.test(word) ? CYRILLIC : [];
}
