import { isAttribution, isForwarded, isHeaderBlock, isOriginalMessageLine } from "./quote_lines.ts";

/** A plain text mail in two: what its author wrote now, and the quoted message below. Together they are the whole. */
export interface QuotedText {
  readonly text: string;
  /** Empty when nothing is quoted. */
  readonly quote: string;
}

/**
 * Cuts a text where a quoted message begins that goes on to the end. Answers between or below quoted lines stay where
 * they are; a mail that is nothing but a quote, and a forwarded one, are not cut. Linear in the text's length.
 */
export function splitQuotedText(text: string): QuotedText {
  const lines = text.split("\n");
  const lastWritten = lines.findLastIndex((line) => !line.startsWith(">") && line.trim() !== "");
  const trailing = lines.findIndex((line, index) => index > lastWritten && line.startsWith(">"));
  for (let at = 0; at <= Math.max(lastWritten, trailing); at++) {
    const start = at === trailing
      ? withIntroduction(lines, at)
      : quoteStart(lines, at, lastWritten);
    const written = start === null ? "" : lines.slice(0, start).join("\n").trimEnd();
    if (start === null || written === "") continue;
    return { text: written, quote: lines.slice(start).join("\n").trim() };
  }
  return { text, quote: "" };
}

/** Where the quoted part begins when line `at` shows that there is one; null when it does not. */
function quoteStart(lines: readonly string[], at: number, lastWritten: number): number | null {
  const line = lines[at] ?? "";
  if (line.trim() === "" || line.startsWith(">")) return null;
  if (isOriginalMessageLine(line)) return at;
  if (isHeaderBlock(lines.slice(at, at + 8))) return isForwardedBefore(lines, at) ? null : at;
  if (!isAttribution(line)) return null;
  let next = at + 1;
  while (next < lines.length && (lines[next] ?? "").trim() === "") next++;
  if (next === lines.length) return null;
  // Marked lines with something written after them are answered between the lines.
  const isMarked = (lines[next] ?? "").startsWith(">");
  return isMarked && next <= lastWritten ? null : withOpening(lines, at);
}

/** The line that introduces a quote, when one stands above it. It may be broken over two or three. */
function withIntroduction(lines: readonly string[], quoteAt: number): number {
  let last = quoteAt - 1;
  while (last >= 0 && (lines[last] ?? "").trim() === "") last--;
  if (last < 0) return quoteAt;
  for (let start = last; start > last - 3 && start >= 0; start--) {
    if ((lines[start] ?? "").trim() === "") break;
    if (isAttribution(lines.slice(start, last + 1).join(" "))) return withOpening(lines, start);
  }
  // "Nora wrote:" without a date still introduces what is marked as quoted.
  return /[:：]$/.test((lines[last] ?? "").trim()) && (lines[last] ?? "").length < 200
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
