import {
  isAttribution,
  isForwarded,
  isHeaderBlock,
  isOriginalMessageLine,
} from "../model/quote_lines.ts";
import { closingTags, type HtmlToken, htmlTokens } from "./html_tokens.ts";
import { type TextLine, textLines } from "./text_lines.ts";

export interface QuotedHtml {
  /** What the author wrote now. */
  readonly visible: string;
  /** The quoted message below it; null when there is none. Elements around the cut are closed and opened again. */
  readonly quoted: string | null;
}

/**
 * Cuts sanitised HTML where a quoted message begins that goes on to the end. Looks for the marks the sanitiser left and
 * for the lines mail programs write above a quote. Answers between or below quotes stay; a mail that is nothing but a
 * quote, and a forwarded one, are not cut. Nothing is lost: both parts together hold all content.
 */
export function splitQuotedHtml(html: string): QuotedHtml {
  const mail = read(html);
  for (const candidate of candidates(mail)) {
    const cut = includeIntroduction(mail, candidate);
    if (mail.contentBefore(cut) === 0 || isForwarded(mail.textFrom(cut))) continue;
    return cutAt(mail.tokens, cut);
  }
  return { visible: html, quoted: null };
}

interface Mail {
  readonly tokens: readonly HtmlToken[];
  readonly lines: readonly TextLine[];
  /** Characters and images before a token. */
  contentBefore(index: number): number;
  /** Likewise from a token on, without what stands in quotes. */
  writtenFrom(index: number): number;
  /** The first words from a token on. */
  textFrom(index: number): string;
  closeOf(index: number): number;
}

function read(html: string): Mail {
  const tokens = htmlTokens(html);
  const pairs = closingTags(tokens);
  const lines = textLines(tokens);
  const closeOf = (index: number) => pairs.get(index) ?? tokens.length - 1;
  const content = [0];
  const written = [0];
  let quotedUntil = -1;
  tokens.forEach((token, index) => {
    if (token.kind === "open" && isQuoteBlock(token)) {
      quotedUntil = Math.max(quotedUntil, closeOf(index));
    }
    const size = token.kind === "text"
      ? token.raw.replace(/&nbsp;|\s/g, "").length
      : token.name === "img"
      ? 1
      : 0;
    content.push((content.at(-1) ?? 0) + size);
    written.push((written.at(-1) ?? 0) + (index <= quotedUntil ? 0 : size));
  });
  return {
    tokens,
    lines,
    closeOf,
    contentBefore: (index) => content[index] ?? 0,
    writtenFrom: (index) => (written.at(-1) ?? 0) - (written[index] ?? 0),
    textFrom: (index) =>
      tokens.slice(index, index + 40).filter(({ kind }) => kind === "text")
        .map(({ raw }) => raw).join(" "),
  };
}

/** Tokens where a quote may begin that goes on to the end, in the order of the mail. */
function* candidates(mail: Mail): Generator<number> {
  const { tokens, lines } = mail;
  let line = 0;
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index];
    if (token === undefined) return;
    if (token.raw.includes(' data-quote="cut"')) yield index;
    const isBlock = token.kind === "open" && isQuoteBlock(token);
    if (isBlock && mail.writtenFrom(mail.closeOf(index) + 1) === 0) yield index;
    for (; lines[line]?.start === index; line++) {
      if (startsQuote(mail, line)) yield index;
    }
  }
}

function isQuoteBlock({ name, raw }: HtmlToken): boolean {
  return name === "blockquote" || raw.includes(' data-quote="block"');
}

/** Whether a line says by its words that all after it is quoted. */
function startsQuote(mail: Mail, at: number): boolean {
  const [line, ...next] = mail.lines.slice(at, at + 8);
  if (line === undefined) return false;
  if (isOriginalMessageLine(line.text)) return true;
  if (isHeaderBlock([line, ...next].map(({ text }) => text))) {
    return !isForwarded(mail.lines[at - 1]?.text ?? "");
  }
  if (!isAttribution(line.text)) return false;
  // Before a block, the block decides whether something was written after it.
  const following = mail.tokens.slice(line.end, line.end + 12);
  const isBeforeBlock = following.some((token) => token.kind === "open" && isQuoteBlock(token));
  return !isBeforeBlock && next.length > 0;
}

/** Moves a cut up over the line that introduces the quote, a rule above it and the elements it begins. */
function includeIntroduction(mail: Mail, cut: number): number {
  let at = cut;
  const above = lineAbove(mail.lines, cut);
  const isAdjacent = above !== undefined &&
    mail.contentBefore(above.end) === mail.contentBefore(cut);
  if (isAdjacent && isAttribution(above.text)) at = above.start;
  for (let before = at - 1; before >= 0; before--) {
    const token = mail.tokens[before];
    const isBlank = token?.kind === "text" && token.raw.trim() === "";
    if (token?.kind === "open" || token?.name === "hr") at = before;
    else if (!isBlank && token?.name !== "br") break;
  }
  return at;
}

/** The last line that starts before a token. */
function lineAbove(lines: readonly TextLine[], index: number): TextLine | undefined {
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lines[middle]?.start ?? 0) < index) low = middle + 1;
    else high = middle;
  }
  return lines[low - 1];
}

/** Closes what is open at the cut and opens it again for the rest. */
export function cutAt(tokens: readonly HtmlToken[], cut: number): QuotedHtml {
  const open: HtmlToken[] = [];
  for (const token of tokens.slice(0, cut)) {
    if (token.kind === "open") open.push(token);
    if (token.kind === "close" && open.at(-1)?.name === token.name) open.pop();
  }
  const raw = (some: readonly HtmlToken[]) => some.map((token) => token.raw).join("");
  const closing = open.toReversed().map(({ name }) => `</${name}>`).join("");
  return {
    visible: raw(tokens.slice(0, cut)) + closing,
    quoted: raw(open) + raw(tokens.slice(cut)),
  };
}
