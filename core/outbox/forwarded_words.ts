/** What a forwarded mail says besides its author's own words. Pure. */
import { textToHtml } from "../mail_html/mod.ts";
import type { MailAddress } from "../model/message.ts";

/** A message as it is passed on. */
export interface ForwardedMessage {
  readonly author: MailAddress;
  /** Epoch ms. */
  readonly at: number;
  /** Empty where there is none: a chat's. */
  readonly subject: string;
  readonly to: readonly MailAddress[];
  readonly text: string;
  /** Made harmless; absent where there is none. */
  readonly html?: string;
}

/** The words of a mail, of which the HTML is absent where nothing of it has any. */
export interface ForwardedWords {
  readonly text: string;
  readonly html?: string;
}

/** The line by which people and programs know that another's words follow. */
export const FORWARDED_LINE = "---------- Forwarded message ----------";

/**
 * The author's words, what stands below them, and what is passed on, the oldest first.
 * @param note empty for none
 * @param signature plain text, empty for none
 */
export function forwardedWords(
  note: ForwardedWords,
  signature: string,
  messages: readonly ForwardedMessage[],
): ForwardedWords {
  const own = [note.text.trim(), ...signature === "" ? [] : [`-- \n${signature}`]];
  const text = [...own, ...messages.map(textOf)].filter((one) => one !== "").join("\n\n");
  if (note.html === undefined && messages.every(({ html }) => html === undefined)) return { text };
  const ownHtml = [
    note.html ?? (note.text.trim() === "" ? "" : `<div>${textToHtml(note.text.trim())}</div>`),
    ...signature === "" ? [] : [`<div class="parley_signature">${textToHtml(signature)}</div>`],
  ];
  const html = [...ownHtml, ...messages.map(htmlOf)].filter((one) => one !== "").join("\n<br>\n");
  return { text, html };
}

function textOf(message: ForwardedMessage): string {
  return `${FORWARDED_LINE}\n${headOf(message).join("\n")}\n\n${message.text.trim()}`;
}

function htmlOf(message: ForwardedMessage): string {
  const head = textToHtml([FORWARDED_LINE, ...headOf(message)].join("\n"));
  return `<div>${head}</div>\n<br>\n<div>${message.html ?? textToHtml(message.text.trim())}</div>`;
}

function headOf({ author, at, subject, to }: ForwardedMessage): readonly string[] {
  return [
    `From: ${named(author)}`,
    `Date: ${whenInWords(at)}`,
    ...subject === "" ? [] : [`Subject: ${oneLine(subject)}`],
    ...to.length === 0 ? [] : [`To: ${to.map(named).join(", ")}`],
  ];
}

function named({ name, address }: MailAddress): string {
  const plain = oneLine(name);
  if (address === "") return plain;
  return plain === "" || plain === address ? address : `${plain} <${address}>`;
}

/** "Mon, 02 Mar 2026 12:00 UTC": the same for everybody who reads it. */
function whenInWords(at: number): string {
  return new Date(at).toUTCString().replace(/:\d\d GMT$/, " UTC");
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
