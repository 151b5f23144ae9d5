import { type Doubt, isAttribution } from "../model/quote_lines.ts";
import { closingTags, type HtmlToken, htmlTokens } from "./html_tokens.ts";
import { type TextLine, textLines } from "./text_lines.ts";

/** Sanitised HTML taken apart, with what is quoted in it. */
export interface Quoting {
  readonly tokens: readonly HtmlToken[];
  readonly lines: readonly TextLine[];
  /** Index of the tag that closes an element; of the last token where none does. */
  closeOf(index: number): number;
  /** Whether an element holds a quoted message. */
  isQuote(index: number): boolean;
  /** Whether a token stands in a quote or a signature. */
  isQuoted(index: number): boolean;
  /** Characters and images before a token. */
  contentBefore(index: number): number;
  /** Likewise from a token on, without what stands in quotes and signatures. */
  writtenFrom(index: number): number;
  /** The last line that starts before a token. */
  lineAbove(index: number): TextLine | undefined;
}

/**
 * Finds the quotes of a mail: what mail programs mark as such, and blockquotes below a line that introduces them. Others
 * are indented words of the author. In a marked element that holds blockquotes, what stands between those is an answer.
 */
export function readQuoting(html: string, doubt: Doubt): Quoting {
  const tokens = htmlTokens(html);
  const pairs = closingTags(tokens);
  const lines = textLines(tokens);
  const closeOf = (index: number) => pairs.get(index) ?? tokens.length - 1;
  const sizes = tokens.map(sizeOf);
  const content = sums(sizes);
  const lineAbove = (index: number) => lines[countUpTo(lines, ({ start }) => start < index) - 1];
  const blockquotes = tokens.flatMap(({ kind, name }, index) =>
    kind === "open" && name === "blockquote" ? [index] : []
  );
  const quotes = new Set<number>();
  let quotedUntil = -1;
  let wrapperUntil = -1;

  const isQuoted = tokens.map((token, index) => {
    if (token.kind !== "open") return index <= quotedUntil;
    const isMarked = token.raw.includes(' data-quote="block"');
    if (token.raw.includes(' data-quote="signature"')) {
      quotedUntil = Math.max(quotedUntil, closeOf(index));
    } else if (isMarked && token.name !== "blockquote") {
      quotes.add(index);
      const inner = doubt === "cut" ? -1 : firstInner(index);
      quotedUntil = Math.max(quotedUntil, inner < 0 ? closeOf(index) : inner - 1);
      if (inner >= 0) wrapperUntil = Math.max(wrapperUntil, closeOf(index));
    } else if (token.name === "blockquote") {
      const isInside = index <= wrapperUntil || index <= quotedUntil;
      if (doubt === "cut" || isMarked || isInside || isIntroduced(index)) {
        quotes.add(index);
        quotedUntil = Math.max(quotedUntil, closeOf(index));
      }
    }
    return index <= quotedUntil;
  });
  const written = sums(sizes.map((size, index) => isQuoted[index] ? 0 : size));

  /** The first blockquote in an element; -1 when it has none. */
  function firstInner(index: number): number {
    const end = closeOf(index);
    const next = blockquotes[countUpTo(blockquotes, (one) => one <= index)] ?? Infinity;
    return next < end ? next : -1;
  }
  function isIntroduced(index: number): boolean {
    const above = lineAbove(index);
    return above !== undefined && content[above.end] === content[index] &&
      isAttribution(above.text, doubt);
  }
  return {
    tokens,
    lines,
    closeOf,
    isQuote: (index) => quotes.has(index),
    isQuoted: (index) => isQuoted[index] ?? false,
    contentBefore: (index) => content[index] ?? 0,
    writtenFrom: (index) => (written.at(-1) ?? 0) - (written[index] ?? 0),
    lineAbove,
  };
}

/** Characters that are seen, and images. */
function sizeOf({ kind, name, raw }: HtmlToken): number {
  if (kind === "text") return raw.replace(/&nbsp;|\s/g, "").length;
  return name === "img" ? 1 : 0;
}

/** At each place the sum of all before it. */
function sums(sizes: readonly number[]): readonly number[] {
  const found = [0];
  for (const size of sizes) found.push((found.at(-1) ?? 0) + size);
  return found;
}

/** How many items come before the first that fails; once one fails, all after it do. */
function countUpTo<T>(items: readonly T[], passes: (item: T) => boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = items[middle];
    if (item !== undefined && passes(item)) low = middle + 1;
    else high = middle;
  }
  return low;
}
