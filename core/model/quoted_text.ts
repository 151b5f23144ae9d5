import {
  type Doubt,
  isAttribution,
  isForwarded,
  isFullAttribution,
  isHeaderBlock,
  isOriginalMessageLine,
  pointsBelow,
} from "./quote_lines.ts";

/** A plain text mail in two: what its author wrote now, and the quoted message below. Together they are the whole. */
export interface QuotedText {
  readonly text: string;
  /** Empty when nothing is quoted. */
  readonly quote: string;
}

/**
 * Cuts a text where a quoted message begins that goes on to the end. Answers between or below quoted lines stay where
 * they are; a mail that is nothing but a quote, and a forwarded one, are not cut. Linear in the text's length.
 * @param doubt what becomes of lines that may be the author's: with "show" nothing they wrote is ever in the quote
 */
export function splitQuotedText(text: string, doubt: Doubt = "cut"): QuotedText {
  const lines = text.split("\n");
  const lastWritten = lines.findLastIndex((line) => !line.startsWith(">") && line.trim() !== "");
  const trailing = lines.findIndex((line, index) => index > lastWritten && line.startsWith(">"));
  for (let at = 0; at <= Math.max(lastWritten, trailing); at++) {
    const start = at === trailing
      ? withIntroduction(lines, at, doubt)
      : quoteStart(lines, at, { lastWritten, doubt });
    const written = start === null ? "" : lines.slice(0, start).join("\n").trimEnd();
    if (start === null || written === "") continue;
    // Nothing but a quote, below a line that may be a program's.
    if (doubt === "show" && isAttribution(written)) continue;
    // What nothing marks as quoted may hold the answers these words speak of.
    if (at !== trailing && doubt === "show" && pointsBelow(written)) continue;
    return { text: written, quote: lines.slice(start).join("\n").trim() };
  }
  return { text, quote: "" };
}

/** Where the quoted part begins when line `at` shows that there is one; null when it does not. */
function quoteStart(
  lines: readonly string[],
  at: number,
  { lastWritten, doubt }: { readonly lastWritten: number; readonly doubt: Doubt },
): number | null {
  const line = lines[at] ?? "";
  if (line.trim() === "" || line.startsWith(">")) return null;
  if (isOriginalMessageLine(line)) return at;
  if (isHeaderBlock(lines.slice(at, at + 8), doubt)) {
    return isForwardedBefore(lines, at) ? null : at;
  }
  if (!(doubt === "cut" ? isAttribution(line) : isFullAttribution(line))) return null;
  let next = at + 1;
  while (next < lines.length && (lines[next] ?? "").trim() === "") next++;
  if (next === lines.length) return null;
  // Marked lines with something written after them are answered between the lines.
  const isMarked = (lines[next] ?? "").startsWith(">");
  return isMarked && next <= lastWritten ? null : withOpening(lines, at);
}

/** The line that introduces a quote, when one stands above it. It may be broken over two or three. */
function withIntroduction(lines: readonly string[], quoteAt: number, doubt: Doubt): number {
  let last = quoteAt - 1;
  while (last >= 0 && (lines[last] ?? "").trim() === "") last--;
  if (last < 0) return quoteAt;
  for (let start = last; start > last - 3 && start >= 0; start--) {
    if ((lines[start] ?? "").trim() === "") break;
    const joined = lines.slice(start, last + 1).join(" ");
    // Over several lines it takes all that programs write, as the author may have written above.
    const isProgram = start === last || doubt === "cut"
      ? isAttribution(joined, doubt)
      : isFullAttribution(joined);
    if (isProgram) return withOpening(lines, start);
  }
  // "Nora wrote:" without a date may introduce what is marked as quoted, and so may anything else.
  return doubt === "cut" && /[:：]$/.test((lines[last] ?? "").trim()) &&
      (lines[last] ?? "").length < 200
    ? last
    : quoteAt;
}

const OPENING =
  /^(?:On|Am|Le|El|Il|Em|Op|Den|Dne|W dniu|Dnia|W|Στις|Pada|Vào|בתאריך|في)\s[^\n]{0,200}\d/u;

/** The line before, when it is the first half of a broken introduction. */
function withOpening(lines: readonly string[], start: number): number {
  const before = lines[start - 1] ?? "";
  return !OPENING.test(lines[start] ?? "") && OPENING.test(before) && before.length <= 200
    ? start - 1
    : start;
}

function isForwardedBefore(lines: readonly string[], at: number): boolean {
  return isForwarded(lines.slice(Math.max(0, at - 2), at).join(" "));
}
