import { escapeHtml, textToHtml } from "../mail_html/mod.ts";
import { fill } from "../model/fill.ts";
import type { LetterWords } from "./letter_words.ts";

/** What a letter is made of. */
export interface LetterParts {
  /** In visitors' order. */
  readonly answers: readonly {
    readonly authorName: string;
    readonly text: string;
    /** Names of files that did not fit into the mail. */
    readonly leftOut: readonly string[];
  }[];
  readonly words: LetterWords;
  readonly isRightToLeft: boolean;
  /** Whose chat it is: the company. */
  readonly companyName: string;
  /** Address that opens the chat; null where there is none that may. */
  readonly chatUrl: string | null;
  /** Whether `chatUrl` opens it for whoever has it, and for how many days. */
  readonly chatUrlDays: number | null;
  readonly stopUrl: string | null;
}

const SMALL = "color:#6b7280;font-size:13px;line-height:18px";

/** The letter as text and as HTML. Names stand over answers only where several people wrote. Pure. */
export function letterBody(parts: LetterParts): { readonly text: string; readonly html: string } {
  const { answers, words, companyName: name, chatUrl, chatUrlDays, stopUrl } = parts;
  const isNamed = new Set(answers.map(({ authorName }) => authorName)).size > 1;
  const said = answers.map(({ authorName, text, leftOut }) => ({
    name: isNamed ? `${authorName}:` : "",
    text: [text, ...leftOut.map((file) => fill(words.file, { name: file }))]
      .filter((line) => line !== "").join("\n"),
  }));
  const keep = chatUrlDays === null ? "" : fill(words.keep, { days: chatUrlDays });
  const why = fill(words.why, { name });

  const texts = [
    ...said.map((one) => [one.name, one.text].filter((line) => line !== "").join("\n")),
    chatUrl === null
      ? words.answerOnly
      : [words.answer, chatUrl, keep].filter((line) => line !== "").join("\n"),
    stopUrl === null ? why : `${why}\n${words.stop}: ${stopUrl}`,
  ];
  const htmls = [
    ...said.map((one) =>
      `<div dir="auto">${one.name === "" ? "" : `<b>${escapeHtml(one.name)}</b><br>\n`}${
        textToHtml(one.text)
      }</div>`
    ),
    chatUrl === null
      ? `<p style="${SMALL}">${escapeHtml(words.answerOnly)}</p>`
      : `<p style="${SMALL}">${escapeHtml(words.answer)} ${link(chatUrl, words.open)}${
        keep === "" ? "" : `<br>\n${escapeHtml(keep)}`
      }</p>`,
    `<p style="${SMALL}">${escapeHtml(why)}${
      stopUrl === null ? "" : ` ${link(stopUrl, words.stop)}`
    }</p>`,
  ];
  const direction = parts.isRightToLeft ? ' dir="rtl"' : "";
  return {
    text: texts.join("\n\n"),
    html: `<div${direction}>\n${htmls.join("\n<br>\n")}\n</div>`,
  };
}

function link(url: string, words: string): string {
  return `<a href="${escapeHtml(url)}">${escapeHtml(words)}</a>`;
}
