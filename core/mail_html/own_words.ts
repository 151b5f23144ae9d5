import { isAttribution } from "../model/quote_lines.ts";
import { splitQuotedText } from "../model/quoted_text.ts";
import { signatureStart } from "../model/signature_lines.ts";
import { htmlToText } from "./html_to_text.ts";
import { closingTags, type HtmlToken, htmlTokens } from "./html_tokens.ts";
import { isNestedTooDeeply } from "./nesting_guard.ts";
import { MAX_HTML_LENGTH, sanitize } from "./sanitize.ts";
import { sanitizeOutgoing } from "./sanitize_outgoing.ts";
import { cutAt, splitQuotedHtml } from "./split_quoted_html.ts";
import { textLines } from "./text_lines.ts";

/** What somebody wrote into an answer, and nothing else. */
export interface OwnWords {
  /** Empty when they wrote nothing. */
  readonly text: string;
  /** Fit to be sent; null when the mail has none. Without images. */
  readonly html: string | null;
  /** Content-IDs of the images that stood among their words, and of those in what was left out. */
  readonly images: ReadonlySet<string>;
  readonly droppedImages: ReadonlySet<string>;
}

/**
 * The words of an answer that goes on to somebody else: without whatever is quoted, wherever it stands, and without the
 * signature. Rather too little than what its reader must not see.
 * @param boundary a line of the mail that is answered: what follows it is that mail, even where nothing else says so
 */
export async function ownWords(
  mail: { readonly text: string; readonly html: string },
  boundary: string,
): Promise<OwnWords> {
  const { html } = mail;
  const isUsable = html !== "" && html.length <= MAX_HTML_LENGTH && !await isNestedTooDeeply(html);
  if (!isUsable) {
    return { ...NO_IMAGES, text: ownText(mail.text, boundary), html: null };
  }
  const { html: clean } = await sanitize(html, { images: "block", cid: placeOf });
  const own = withoutSignature(withoutMarked(splitQuotedHtml(clean).visible, boundary));
  const images = contentIds(own, PLACED);
  const words = (await sanitizeOutgoing(own.replaceAll(IMAGE, ""))).trim();
  const text = await htmlToText(words);
  // Above a quote that nobody marked there is nothing to cut at: then these are not their words alone.
  if (text.trim() === "" || text.includes(boundary)) {
    return { ...NO_IMAGES, text: "", html: null, droppedImages: contentIds(html, GIVEN) };
  }
  const droppedImages = new Set([...contentIds(html, GIVEN)].filter((id) => !images.has(id)));
  return { text, html: words, images, droppedImages };
}

const NO_IMAGES = { images: new Set<string>(), droppedImages: new Set<string>() };
const IMAGE = /<img\b[^>]*>/g;
/** Inline images in a mail, and as they are marked once it is sanitised. */
const GIVEN = /<img\b[^<>]*?\bsrc\s*=\s*["']?cid:([^"'\s>]+)/gi;
const PLACED = /<img\b[^<>]*? src="\/own-image\/([^"]*)"/g;

function placeOf(contentId: string): string {
  return `/own-image/${encodeURIComponent(contentId)}`;
}

function contentIds(html: string, pattern: RegExp): ReadonlySet<string> {
  return new Set([...html.matchAll(pattern)].map(([, id = ""]) => decode(id)));
}

function decode(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    // A lone "%" is part of the id.
    return id;
  }
}

/** Without the signature, and the quotes that do not go on to the end: above or between the answers. */
function withoutMarked(html: string, boundary: string): string {
  const tokens = htmlTokens(html);
  const pairs = closingTags(tokens);
  const dropped = new Set<number>();
  const drop = (from: number, to: number) => {
    for (let index = from; index < to; index++) dropped.add(index);
  };
  const lines = textLines(tokens);
  let line = 0;
  tokens.forEach((token, index) => {
    while ((lines[line]?.end ?? Infinity) <= index) line++;
    if (dropped.has(index) || !isMarked(token)) return;
    drop(index, (pairs.get(index) ?? tokens.length - 1) + 1);
    const above = lines[line - 1];
    if (above !== undefined && isAttribution(above.text)) drop(above.start, above.end);
  });
  const kept = tokens.filter((_, index) => !dropped.has(index));
  const at = textLines(kept).find(({ text }) => text.includes(boundary));
  return at === undefined || at.start === 0
    ? raw(kept)
    : splitQuotedHtml(cutAt(kept, at.start).visible).visible;
}

/** By the sanitiser: quotes, what introduces one, and signatures. */
function isMarked({ kind, raw }: HtmlToken): boolean {
  return kind === "open" && raw.includes(' data-quote="');
}

function withoutSignature(html: string): string {
  const tokens = htmlTokens(html);
  const lines = textLines(tokens);
  const at = signatureStart(lines.map(({ text }) => text));
  const start = at === null ? undefined : lines[at]?.start;
  return start === undefined ? html : cutAt(tokens, start).visible;
}

function raw(tokens: readonly HtmlToken[]): string {
  return tokens.map((token) => token.raw).join("");
}

function ownText(text: string, boundary: string): string {
  const unquoted: string[] = [];
  const lines = splitQuotedText(text.replaceAll("\r\n", "\n")).text.split("\n");
  for (const line of lines) {
    if (line.startsWith(">")) {
      if (isAttribution(unquoted.at(-1) ?? "")) unquoted.pop();
    } else if (line.includes(boundary)) break;
    else unquoted.push(line);
  }
  const end = signatureStart(unquoted);
  return (end === null ? unquoted : unquoted.slice(0, end)).join("\n").trim();
}
