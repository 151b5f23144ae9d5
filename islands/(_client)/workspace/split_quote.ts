/** A plain text mail in two: what its author wrote now, and the quoted mail below it. */
export interface QuotedText {
  readonly text: string;
  /** Empty when nothing is quoted. */
  readonly quote: string;
}

/** Folds the trailing block of `>` lines with the line that introduces it. Looks at each line once. */
export function splitQuote(text: string): QuotedText {
  const lines = text.split("\n");
  let first = lines.length;
  let hasQuote = false;
  for (let index = lines.length - 1; index >= 0; index--) {
    const line = (lines[index] ?? "").trim();
    if (line.startsWith(">")) {
      first = index;
      hasQuote = true;
    } else if (line !== "") {
      break;
    }
  }
  if (!hasQuote) return { text, quote: "" };
  first = introductionBefore(lines, first);
  const written = lines.slice(0, first).join("\n").trimEnd();
  // A mail that is nothing but a quote is shown as it is.
  if (written === "") return { text, quote: "" };
  return { text: written, quote: lines.slice(first).join("\n").trim() };
}

/** "On 3 March Nora wrote:" in any language: at most two lines before the quote, ending in a colon. */
function introductionBefore(lines: readonly string[], quoteAt: number): number {
  let index = quoteAt - 1;
  while (index >= 0 && (lines[index] ?? "").trim() === "") index--;
  const last = (lines[index] ?? "").trim();
  if (!last.endsWith(":") || last.length > 200) return quoteAt;
  const before = (lines[index - 1] ?? "").trim();
  return before !== "" && /\d/.test(before) && !/\d/.test(last) ? index - 1 : index;
}
