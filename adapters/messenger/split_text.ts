/** Where a text may end, best first: a paragraph, a line, a sentence, a word. */
const ENDS = [/\n\s*\n/g, /\n/g, /[.!?…。！？](?=\s)|[。！？]/gu, /\s/g];
/** An end further back than this share of a piece would make too many of them. */
const EARLIEST = 0.5;

/**
 * A text in pieces that a message can hold, ended where a reader would pause, and never within a character.
 * @param max UTF-16 units of a piece
 * @returns without the white space between them; none for a text of white space
 */
export function splitText(text: string, max: number): readonly string[] {
  const pieces: string[] = [];
  let rest = text.trim();
  while (rest.length > max) {
    const end = endWithin(rest, max);
    const piece = rest.slice(0, end).trimEnd();
    pieces.push(piece);
    rest = rest.slice(end).trimStart();
  }
  return rest === "" ? pieces : [...pieces, rest];
}

function endWithin(text: string, max: number): number {
  const head = text.slice(0, max + 1);
  for (const pattern of ENDS) {
    const ends = [...head.matchAll(pattern)]
      // What stays is what stands before white space, and the sign that ends a sentence itself.
      .map(({ 0: found, index }) => found.trim() === "" ? index : index + found.length)
      .filter((end) => end <= max);
    const last = ends.at(-1) ?? 0;
    if (last > max * EARLIEST) return last;
  }
  return characterEnd(text, max);
}

/** The end of the last whole character; within one that is longer than a message, of its last code point. */
function characterEnd(text: string, max: number): number {
  // A character is looked at whole: the last one of the head may go on behind it.
  const head = text.slice(0, max + 200);
  let end = 0;
  for (
    const { index } of new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(head)
  ) {
    if (index > max) break;
    end = index;
  }
  if (end > 0) return end;
  const isPair = /[\ud800-\udbff]/.test(text.charAt(max - 1));
  return isPair && max > 1 ? max - 1 : max;
}
