/**
 * How well typed words fit a text: every word must be found, the whole text best, then the beginning of a word, then within one, then
 * with letters left out ("clop" finds "close open"). Accents and case do not count.
 * @returns above 0, higher is better; null where a word is not found. No words fit everything with 1.
 */
export function fuzzyScore(typed: string, text: string): number | null {
  const wanted = fold(typed).split(/\s+/).filter((word) => word !== "");
  if (wanted.length === 0) return 1;
  const folded = fold(text);
  let sum = 0;
  for (const word of wanted) {
    const score = scoreOf(word, folded);
    if (score === null) return null;
    sum += score;
  }
  // Between equal ones the shorter is meant.
  const isAll = wanted.join(" ") === folded;
  return sum / wanted.length - Math.min(folded.length, 100) / 1_000 + (isAll ? 20 : 0);
}

function scoreOf(word: string, text: string): number | null {
  if (text.startsWith(word)) return 100;
  const places = placesOf(word, text);
  const start = places.find((at) => isWordStart(text, at));
  if (start !== undefined) return 80 - Math.min(start, 40) / 4;
  if (places.length > 0) return 50;
  const spread = spreadOf(word, text);
  return spread === null ? null : Math.max(1, 30 - spread);
}

/** Characters skipped between the letters of a word found in order, the first at the beginning of a word. */
function spreadOf(word: string, text: string): number | null {
  if (word.length < 2) return null;
  const skips = placesOf(word.charAt(0), text)
    .filter((at) => isWordStart(text, at))
    .map((start) => {
      let at = start;
      for (const letter of word.slice(1)) {
        at = text.indexOf(letter, at + 1);
        if (at === -1) return Infinity;
      }
      return at - start + 1 - word.length;
    });
  const best = Math.min(...skips);
  return best === Infinity ? null : best;
}

function placesOf(part: string, text: string): readonly number[] {
  const places: number[] = [];
  for (let at = text.indexOf(part); at !== -1; at = text.indexOf(part, at + 1)) places.push(at);
  return places;
}

function isWordStart(text: string, at: number): boolean {
  return at === 0 || !/[\p{L}\p{N}]/u.test(text.charAt(at - 1));
}

function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();
}
