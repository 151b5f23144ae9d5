import { escapeHtml, textToHtml } from "../mail_html/mod.ts";
import type { NotificationEvent } from "../model/user.ts";

/** Stands above everything in a mail that can be answered: what a reply holds from here on is no answer. */
export const ANSWER_LINE = "Write your answer above this line";

/** What a notification tells. */
export interface NoticeFacts {
  readonly number: number;
  readonly subject: string;
  readonly contactName: string;
  /** Such as "Website chat". */
  readonly channelLabel: string;
  /** Why they are told; null when it is about an answer of theirs. */
  readonly reason: NotificationEvent | null;
  /** What came of an answer of theirs: why it was not sent, in sentences. */
  readonly refusal: string | null;
  /** Oldest first. */
  readonly messages: readonly NoticeMessage[];
  /** Further messages, which are not told. */
  readonly more: number;
  readonly canAnswer: boolean;
  readonly url: string;
  readonly settingsUrl: string;
}

export interface NoticeMessage {
  readonly author: string;
  /** Epoch ms. */
  readonly at: number;
  readonly text: string;
  /** Fit to be shown; null: the text is. */
  readonly html: string | null;
  readonly files: readonly string[];
}

export interface NoticeMail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** The words and the look of a notification. Pure. The subject stays the same, so that mail programs keep one thread. */
export function noticeMail(facts: NoticeFacts): NoticeMail {
  const title = facts.subject.trim() || facts.channelLabel;
  return {
    subject: oneLine(`[#${facts.number}] ${facts.contactName}: ${title}`),
    text: textOf(facts),
    html: htmlOf(facts, title),
  };
}

const REASONS: Readonly<Record<NotificationEvent, string>> = {
  assigned: "You get this mail because the conversation is assigned to you.",
  followed: "You get this mail because you follow the conversation.",
  unassigned: "You get this mail because nobody has taken the conversation yet.",
  others: "You get this mail because the conversation is in an inbox of yours.",
  mention: "You get this mail because a colleague mentioned you in a comment.",
};

function answerHint({ canAnswer, contactName }: NoticeFacts): string {
  return canAnswer
    ? `Reply to this mail to answer ${
      oneLine(contactName)
    }. Your words are sent in your name, without your signature.`
    : "This mail cannot be answered: write in Parley.";
}

function moreHint(more: number): string {
  return more === 1 ? "One more message is in Parley." : `${more} more messages are in Parley.`;
}

function textOf(facts: NoticeFacts): string {
  const { messages, more, refusal, reason, url, settingsUrl } = facts;
  return [
    ...facts.canAnswer ? [`--- ${ANSWER_LINE} ---`] : [],
    ...refusal === null ? [] : [`Your answer was not sent to the customer. ${refusal}`],
    ...messages.map(({ author, at, text, files }) =>
      [
        `${oneLine(author)}, ${timeInWords(at)}`,
        "",
        text,
        ...files.length === 0 ? [] : ["", `Files: ${files.join(", ")}`],
      ].join("\n")
    ),
    ...more === 0 ? [] : [moreHint(more)],
    "________",
    answerHint(facts),
    `Open the conversation: ${url}`,
    ...reason === null ? [] : [`${REASONS[reason]} Choose what you are told of: ${settingsUrl}`],
  ].join("\n\n");
}

const QUIET = "opacity:.72;font-size:13px;line-height:18px;margin:0 0 12px";

/**
 * Colours are left to the mail program, which may be dark; what is quiet is paler than the rest. The class makes mail
 * programs' quotes of it known as such (`mail_html/quote_marks.ts`).
 */
function htmlOf(facts: NoticeFacts, title: string): string {
  const { messages, more, refusal, reason } = facts;
  const link = (url: string, words: string) => `<a href="${escapeHtml(url)}">${words}</a>`;
  const body = [
    ...facts.canAnswer ? [`<p style="${QUIET}">&mdash; ${ANSWER_LINE} &mdash;</p>`] : [],
    ...refusal === null ? [] : [
      `<p style="margin:0 0 16px;padding:8px 12px;border-left:3px solid #d97706"><b>Your answer was not sent to the ` +
      `customer.</b> ${escapeHtml(refusal)}</p>`,
    ],
    `<p style="margin:0 0 16px;font-size:17px;line-height:24px"><b>${
      escapeHtml(oneLine(title))
    }</b><br><span style="${QUIET}">#${facts.number} &middot; ${
      escapeHtml(oneLine(facts.contactName))
    } &middot; ${escapeHtml(facts.channelLabel)}</span></p>`,
    ...messages.map(messageHtml),
    ...more === 0 ? [] : [`<p style="margin:0 0 16px">${moreHint(more)}</p>`],
    `<div style="border-top:1px solid #9ca3af;padding-top:12px">`,
    `<p style="margin:0 0 12px">${escapeHtml(answerHint(facts))}</p>`,
    `<p style="margin:0 0 16px">${link(facts.url, "<b>Open the conversation</b>")}</p>`,
    ...reason === null ? [] : [
      `<p style="${QUIET}">${REASONS[reason]} ${
        link(facts.settingsUrl, "Choose what you are told of")
      }</p>`,
    ],
    "</div>",
  ].join("\n");
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"></head>
<body style="margin:0"><div class="parley_history" style="${PAGE}">
${body}
</div></body></html>`;
}

const PAGE = "max-width:640px;padding:16px;font-size:15px;line-height:22px;" +
  "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

function messageHtml({ author, at, text, html, files }: NoticeMessage): string {
  return [
    `<p style="margin:0 0 4px"><b>${escapeHtml(oneLine(author))}</b> <span style="${QUIET}">${
      timeInWords(at)
    }</span></p>`,
    `<div style="margin:0 0 16px;overflow:hidden" dir="auto">${html ?? textToHtml(text)}</div>`,
    ...files.length === 0 ? [] : [`<p style="${QUIET}">Files: ${escapeHtml(files.join(", "))}</p>`],
  ].join("\n");
}

/** "Mon, 02 Mar 2026 12:00 UTC": whoever reads it may be anywhere. */
function timeInWords(at: number): string {
  return new Date(at).toUTCString().replace(/:\d\d GMT$/, " UTC");
}

/** Names and subjects are written by strangers: none begins a line of its own. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Bidi_Control}\s]+/gu, " ").trim();
}
