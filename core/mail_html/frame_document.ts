import { splitQuotedHtml, splitSignatureHtml } from "./split_quoted_html.ts";
import { escapeHtml } from "../model/escape_html.ts";

/** Whether remote images are there: not, because somebody asked for them, or because their sender's always are. */
export type ShownImages = "blocked" | "once" | "sender";

/** Sanitised HTML and what was held back of it. */
export interface FrameDocumentOptions {
  /** Sanitised HTML. */
  readonly html: string;
  readonly blockedImages?: number;
  readonly trackers?: number;
  readonly images?: ShownImages;
  /** Word on the fold over quoted text. */
  readonly quotedLabel?: string;
  /** Word on the fold over a signature. */
  readonly signatureLabel?: string;
  /** BCP 47 tag of the screen's language, for those words. */
  readonly language?: string;
}

/**
 * The page a mail's frame shows: the mail, with its signature and its quote folded. It works without scripts; whoever serves it adds a
 * policy that allows none, in the answer's headers and the frame's sandbox. What was held back stands on its root
 * (`data-blocked-images`, `data-trackers`), and so does whether images are shown (`data-images`).
 */
export function frameDocument(options: FrameDocumentOptions): string {
  const { html, blockedImages = 0, trackers = 0, images = "blocked" } = options;
  const { quotedLabel = "Quoted text", signatureLabel = "Signature", language = "en" } = options;
  const { visible: written, quoted } = splitQuotedHtml(html, "show");
  const { visible, quoted: signature } = splitSignatureHtml(written);
  const fold = (content: string | null, label: string) =>
    content === null
      ? ""
      : `<details class="quote"><summary lang="${escapeHtml(language)}">${
        escapeHtml(label)
      }</summary>${content}</details>`;
  const paper = OWN_COLOURS.test(html) ? " data-paper" : "";
  return `<!doctype html>
<html data-blocked-images="${blockedImages}" data-trackers="${trackers}" data-images="${images}"${paper}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="referrer" content="no-referrer">
<meta http-equiv="Content-Security-Policy" content="script-src 'none'; object-src 'none'">
<title></title>
<style>${STYLE}</style>
</head>
<body dir="auto">
<div class="mail">${visible}</div>
${fold(signature, signatureLabel)}${fold(quoted, quotedLabel)}
</body>
</html>
`;
}

/** A mail with colours of its own means them for white paper; others take those of the screen. */
const OWN_COLOURS = /<[^>]*\s(?:bgcolor|color)="|<[^>]*\sstyle="[^"]*(?:color|background)/;

const STYLE = `
:root { color-scheme: light dark; }
:root[data-paper] { color-scheme: light; background: #fff; }
html { color: light-dark(#1a1b20, #eeeef1); overflow-x: auto; overflow-y: hidden; }
body { margin: 0; font: 14px/20px "Inter Variable", Inter, system-ui, sans-serif; overflow-wrap: anywhere; }
:root[data-paper] body { padding: 12px; }
.mail, .quote { display: flow-root; }
.mail > :first-child, .mail > :first-child > :first-child { margin-top: 0; }
.mail > :last-child, .mail > :last-child > :last-child { margin-bottom: 0; }
img { max-width: 100%; height: auto; }
img[data-blocked] { background: light-dark(#f0f0f3, #26272c); }
table { max-width: 100%; }
td, th { overflow-wrap: break-word; }
pre { white-space: pre-wrap; }
blockquote { margin: 8px 0; padding-left: 12px; border-left: 2px solid light-dark(#d4d5db, #3a3c44); }
a { color: light-dark(#2a4bc4, #9fb3ff); }
mark { border-radius: 4px; padding: 0 3px; background: light-dark(rgb(242 201 76 / 0.36), rgb(242 201 76 / 0.22)); color: inherit; }
.quote { margin-top: 12px; color: light-dark(#60646c, #a3a6b0); }
.quote > summary { display: inline-block; padding: 2px 8px; border-radius: 6px; background: light-dark(#f0f0f3, #26272c); font-size: 12px; cursor: pointer; list-style: none; }
.quote > summary::-webkit-details-marker { display: none; }
.quote > summary:focus-visible { outline: 2px solid light-dark(#2a4bc4, #9fb3ff); outline-offset: 1px; }
.quote[open] > summary { margin-bottom: 8px; }
`;
