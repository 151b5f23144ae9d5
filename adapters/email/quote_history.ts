import type { Io, QuotedMail } from "../../core/channel/mod.ts";
import { conversationTag } from "./reply_address.ts";
import { textAsHtml } from "./text_as_html.ts";

/** In class names, which mail programs keep, at most with something in front. */
const CODE = /parley_([a-z0-9]{1,40})_([a-z2-7]{16})(?![a-z0-9])/g;
/** Signatures checked in one mail. */
const MAX_CODES = 5;

/**
 * The earlier mails as they stand below a reply. The element around them carries the conversation's signed code: answers
 * are cut there, and find their conversation by it even when nothing else of the mail is left.
 */
export async function quoteHistory(
  mails: readonly QuotedMail[],
  conversationId: string,
  io: Pick<Io, "signTag">,
): Promise<{ readonly text: string; readonly html: string }> {
  if (mails.length === 0) return { text: "", html: "" };
  const code = await threadCode(conversationId, io);
  // Older mails stand in the quote of the newer, as if each had been answered in turn.
  let quote = { text: "", html: "" };
  for (const { authorName, at, text } of mails.toReversed()) {
    const intro = `On ${whenInWords(at)}, ${oneLine(authorName)} wrote:`;
    const inner = quote.text === "" ? text : `${text}\n\n${quote.text}`;
    quote = {
      text: `${intro}\n${inner.split("\n").map((line) => `> ${line}`.trimEnd()).join("\n")}`,
      html: `${textAsHtml(intro)}\n<blockquote type="cite">${
        [textAsHtml(text), quote.html].join("\n")
      }</blockquote>`,
    };
  }
  return { text: quote.text, html: `<div class="parley_history ${code}">\n${quote.html}\n</div>` };
}

/** The class by which an answer that quotes it is known; empty for an id that cannot stand in one. */
export async function threadCode(
  conversationId: string,
  io: Pick<Io, "signTag">,
): Promise<string> {
  const tag = conversationTag(conversationId);
  return tag === null ? "" : `parley_${tag}_${await io.signTag(signedText(tag))}`;
}

/** The conversation whose code a mail quotes; null when none of the codes is ours. */
export async function quotedConversation(
  html: string,
  io: Pick<Io, "verifyTag">,
): Promise<string | null> {
  let checked = 0;
  for (const [, tag = "", mac = ""] of html.matchAll(CODE)) {
    if (++checked > MAX_CODES) break;
    if (await io.verifyTag(signedText(tag), mac)) return `cnv_${tag}`;
  }
  return null;
}

/** "Mon, 02 Mar 2026 12:00 UTC": the same for everybody who reads it. */
function whenInWords(at: number): string {
  return new Date(at).toUTCString().replace(/:\d\d GMT$/, " UTC");
}

function oneLine(name: string): string {
  return name.replace(/\s+/g, " ").trim() || "somebody";
}

function signedText(tag: string): string {
  return `history ${tag}`;
}
