import {
  type Doubt,
  isAttribution,
  isForwarded,
  isFullAttribution,
  isHeaderBlock,
  isOriginalMessageLine,
  pointsBelow,
} from "../model/quote_lines.ts";
import { signatureStart } from "../model/signature_lines.ts";
import type { HtmlToken } from "./html_tokens.ts";
import { type Quoting, readQuoting } from "./quoting.ts";

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
 * @param doubt what becomes of words that may be the author's: with "show" nothing they wrote is ever in the quote
 */
export function splitQuotedHtml(html: string, doubt: Doubt = "cut"): QuotedHtml {
  const mail = readQuoting(html, doubt);
  for (const { at, isMarked } of candidates(mail, doubt)) {
    const cut = includeIntroduction(mail, at, doubt);
    if (mail.contentBefore(cut) === 0 || isForwarded(textFrom(mail, cut))) continue;
    // Nothing but a quote, below a line that may be a program's.
    const above = mail.lineAbove(cut);
    if (doubt === "show" && above === mail.lines[0] && isAttribution(above?.text ?? "")) continue;
    // What nothing marks as quoted may hold the answers these words speak of.
    if (!isMarked && doubt === "show" && pointsBelow(textBefore(mail, cut))) continue;
    return cutAt(mail.tokens, cut);
  }
  return { visible: html, quoted: null };
}

/** Cuts off the signature at the end of what an author wrote, as mail programs mark it or phones write it. */
export function splitSignatureHtml(html: string): QuotedHtml {
  const mail = readQuoting(html, "show");
  const end = mail.contentBefore(mail.tokens.length);
  const cutBefore = (at: number) =>
    mail.contentBefore(at) === 0 ? null : cutAt(mail.tokens, includeIntroduction(mail, at, "show"));
  for (const [index, { raw }] of mail.tokens.entries()) {
    const isLast = raw.includes(' data-quote="signature"') &&
      mail.contentBefore(mail.closeOf(index) + 1) === end;
    // In a longer one somebody wrote on.
    if (isLast && end - mail.contentBefore(index) <= MAX_SIGNATURE) {
      return cutBefore(index) ?? { visible: html, quoted: null };
    }
  }
  const texts = mail.lines.map(({ end, text }) =>
    // Text of HTML is trimmed; the space makes it the delimiter and not a rule of the author's own.
    text === "--" && /--(?: |&nbsp;|\u00a0)$/.test(mail.tokens[end - 1]?.raw ?? "") ? "-- " : text
  );
  const line = signatureStart(texts, "show");
  const start = line === null ? undefined : mail.lines[line]?.start;
  return (start === undefined ? null : cutBefore(start)) ?? { visible: html, quoted: null };
}

const MAX_SIGNATURE = 1_000;

interface Candidate {
  readonly at: number;
  /** A mail program marked where it ends as well. */
  readonly isMarked: boolean;
}

/** Tokens where a quote may begin that goes on to the end, in the order of the mail. */
function* candidates(mail: Quoting, doubt: Doubt): Generator<Candidate> {
  const { tokens, lines } = mail;
  let line = 0;
  for (let index = 0; index < tokens.length; index++) {
    const raw = tokens[index]?.raw ?? "";
    // What a quote says of quotes is its own affair: answers may stand below it.
    const isOwn = doubt === "cut" || !mail.isQuoted(index);
    if (isOwn && raw.includes(' data-quote="cut"')) yield { at: index, isMarked: false };
    if (raw.includes(' data-quote="intro"') && introducesEnd(mail, index, doubt)) {
      yield { at: index, isMarked: true };
    }
    if (mail.isQuote(index) && mail.writtenFrom(index) === 0) yield { at: index, isMarked: true };
    for (; lines[line]?.start === index; line++) {
      if (isOwn && startsQuote(mail, line, doubt)) yield { at: index, isMarked: false };
    }
  }
}

/** Whether the element a mail program put above a quote stands above one that goes on to the end. */
function introducesEnd(mail: Quoting, index: number, doubt: Doubt): boolean {
  if (doubt === "cut") return true;
  const after = mail.closeOf(index) + 1;
  for (let at = after; mail.contentBefore(at) === mail.contentBefore(after); at++) {
    if (mail.tokens[at] === undefined) return false;
    if (mail.isQuote(at)) return mail.writtenFrom(at) === 0;
  }
  return false;
}

/** Whether a line says by its words that all after it is quoted. */
function startsQuote(mail: Quoting, at: number, doubt: Doubt): boolean {
  const [line, ...next] = mail.lines.slice(at, at + 8);
  if (line === undefined) return false;
  if (isOriginalMessageLine(line.text)) return true;
  if (isHeaderBlock([line, ...next].map(({ text }) => text), doubt)) {
    return !isForwarded(mail.lines[at - 1]?.text ?? "");
  }
  if (!(doubt === "cut" ? isAttribution(line.text) : isFullAttribution(line.text))) return false;
  // Before a block, the block decides whether something was written after it.
  const isBeforeBlock = mail.tokens.slice(line.end, line.end + 12)
    .some(({ kind, name }, offset) =>
      mail.isQuote(line.end + offset) || (kind === "open" && name === "blockquote")
    );
  return !isBeforeBlock && next.length > 0;
}

/** Moves a cut up over the line that introduces the quote, a rule above it and the elements it begins. */
function includeIntroduction(mail: Quoting, cut: number, doubt: Doubt): number {
  let at = cut;
  const above = mail.lineAbove(cut);
  const isAdjacent = above !== undefined &&
    mail.contentBefore(above.end) === mail.contentBefore(cut);
  if (isAdjacent && isAttribution(above.text, doubt)) at = above.start;
  for (let before = at - 1; before >= 0; before--) {
    const token = mail.tokens[before];
    const isBlank = token?.kind === "text" && token.raw.trim() === "";
    if (token?.kind === "open" || token?.name === "hr") at = before;
    else if (!isBlank && token?.name !== "br") break;
  }
  return at;
}

/** The first words from a token on. */
function textFrom({ tokens }: Quoting, index: number): string {
  return tokens.slice(index, index + 40).filter(({ kind }) => kind === "text")
    .map(({ raw }) => raw).join(" ");
}

/** The last words before one. */
function textBefore({ tokens }: Quoting, index: number): string {
  return tokens.slice(Math.max(0, index - 400), index).filter(({ kind }) => kind === "text")
    .map(({ raw }) => raw).join(" ");
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
