import assert from "node:assert/strict";
import { MAIL_SECRET } from "./test_workspace.ts";

/** A part of a mail besides its text. */
export interface MailFile {
  readonly name: string;
  readonly type: string;
  readonly base64: string;
  /** Makes it an image of the HTML: `<img src="cid:…">`. */
  readonly contentId?: string;
}

export interface MailDraft {
  /** Header lines beside those the draft names. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly from?: string;
  readonly to?: string;
  readonly subject: string;
  readonly messageId: string;
  readonly text: string;
  readonly html?: string;
  readonly files?: readonly MailFile[];
}

/** Posts a mail as the customer's mail server would hand it over. @throws unless it is accepted */
export async function postMail(url: string, channelId: string, draft: MailDraft): Promise<void> {
  const response = await fetch(`${url}/hooks/${channelId}`, {
    method: "POST",
    headers: { "content-type": "message/rfc822", authorization: `Bearer ${MAIL_SECRET}` },
    body: formatMail(draft),
  });
  assert.equal(response.status, 202, await response.text());
}

/** The mail as it goes over the wire. */
export function formatMail(draft: MailDraft): string {
  const { headers = {}, subject, messageId, text, html, files = [] } = draft;
  const parts = [
    ...html === undefined ? [part("text/plain; charset=utf-8", text)] : [
      `Content-Type: multipart/alternative; boundary="alt"\r\n\r\n` +
      `--alt\r\n${part("text/plain; charset=utf-8", text)}\r\n` +
      `--alt\r\n${part("text/html; charset=utf-8", html)}\r\n--alt--`,
    ],
    ...files.map(filePart),
  ];
  return [
    `From: ${draft.from ?? "Giulia Ferrari <giulia@posta.example>"}`,
    `To: ${draft.to ?? "support@veloce.example"}`,
    `Subject: ${subject}`,
    `Date: ${new Date().toUTCString()}`,
    `Message-ID: <${messageId}>`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    "MIME-Version: 1.0",
    `Content-Type: multipart/mixed; boundary="mixed"`,
    "",
    ...parts.map((body) => `--mixed\r\n${body}`),
    "--mixed--",
    "",
  ].join("\r\n");
}

function part(type: string, body: string): string {
  return `Content-Type: ${type}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n${body}`;
}

function filePart({ name, type, base64, contentId }: MailFile): string {
  const kind = contentId === undefined ? "attachment" : "inline";
  return [
    `Content-Type: ${type}; name="${name}"`,
    `Content-Disposition: ${kind}; filename="${name}"`,
    ...contentId === undefined ? [] : [`Content-ID: <${contentId}>`],
    "Content-Transfer-Encoding: base64",
    "",
    base64,
  ].join("\r\n");
}
