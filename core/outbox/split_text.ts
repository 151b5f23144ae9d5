import type { Capabilities } from "../channel/mod.ts";
import { textLength } from "../model/text_length.ts";

/** UTF-16 units that one unit of a limit holds at most. */
const WIDEST: Readonly<Record<Capabilities["text"]["unit"], number>> = {
  utf16: 1,
  bytes: 1,
  codepoints: 2,
  gsm_segments: 160,
};
/** Where a text is cut best, in this order, as long as the piece keeps at least a third of what it may hold. */
const ENDS = ["\n\n", "\n", ". ", " "] as const;
const LEAST_SHARE = 1 / 3;

/**
 * A text in pieces that a channel takes, cut between paragraphs, lines, sentences or words where it can be, and never inside
 * a character. White space at the cuts is left out. Pure.
 * @returns at least one piece; the text itself when it fits
 */
export function splitText(
  text: string,
  { max, unit }: Pick<Capabilities["text"], "max" | "unit">,
): readonly string[] {
  const pieces: string[] = [];
  let rest = text;
  while (textLength(rest, unit) > max) {
    const fits = longestFit(rest, max, unit);
    const cut = niceCut(fits);
    pieces.push(rest.slice(0, cut).trimEnd());
    rest = rest.slice(cut).trimStart();
  }
  return rest === "" && pieces.length > 0 ? pieces : [...pieces, rest];
}

/** As much of the beginning as the limit lets pass, in whole characters. */
function longestFit(text: string, max: number, unit: Capabilities["text"]["unit"]): string {
  const window = text.slice(0, max * WIDEST[unit] + 2);
  const ends = [...new Intl.Segmenter().segment(window)].map(({ index, segment }) =>
    index + segment.length
  );
  // What the window cuts may be longer than it looks.
  if (window.length < text.length) ends.pop();
  const whole = longestOf(ends, window, max, unit);
  if (whole > 0) return window.slice(0, whole);
  // One character with hundreds of marks on it: it is cut between those.
  const points = [...window];
  const pointEnds = points.map((_, i) => points.slice(0, i + 1).join("").length);
  return window.slice(0, Math.max(longestOf(pointEnds, window, max, unit), points[0]?.length ?? 1));
}

/** The last of the ends up to which the text fits; 0 when none does. */
function longestOf(
  ends: readonly number[],
  text: string,
  max: number,
  unit: Capabilities["text"]["unit"],
): number {
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (textLength(text.slice(0, ends[middle - 1]), unit) <= max) low = middle;
    else high = middle - 1;
  }
  return low === 0 ? 0 : ends[low - 1] ?? 0;
}

function niceCut(text: string): number {
  for (const end of ENDS) {
    const at = text.lastIndexOf(end);
    if (at >= text.length * LEAST_SHARE) return at + end.length;
  }
  return text.length;
}
