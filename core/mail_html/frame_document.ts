import { splitQuotedHtml } from "./split_quoted_html.ts";
import { escapeHtml } from "./text_to_html.ts";

export interface FrameDocumentOptions {
  /** Sanitised HTML. */
  readonly html: string;
  readonly blockedImages?: number;
  /** Word on the fold over quoted text. */
  readonly quotedLabel?: string;
  /** BCP 47 tag of the screen's language, for that word. */
  readonly language?: string;
}

/**
 * The page a mail's frame shows: the mail on white paper, its quote folded. It works without scripts; whoever serves
 * it adds a policy that allows none, in the answer's headers and the frame's sandbox.
 */
export function frameDocument(options: FrameDocumentOptions): string {
  const { html, blockedImages = 0, quotedLabel = "Quoted text", language = "en" } = options;
  const { visible, quoted } = splitQuotedHtml(html);
  const fold = quoted === null
    ? ""
    : `<details class="quote"><summary lang="${escapeHtml(language)}">${
      escapeHtml(quotedLabel)
    }</summary>${quoted}</details>`;
  return `<!doctype html>
<html data-blocked-images="${blockedImages}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="referrer" content="no-referrer">
<meta http-equiv="Content-Security-Policy" content="script-src 'none'; object-src 'none'; form-action 'none'">
<title></title>
<style>${STYLE}</style>
</head>
<body dir="auto">
<div class="mail">${visible}</div>
${fold}
</body>
</html>
`;
}

/** Mails bring their own colours and mean them for paper: it stays white in the dark theme too. */
const STYLE = `
:root { color-scheme: light; }
html { background: #fff; color: #1a1b20; overflow-x: auto; overflow-y: hidden; }
body { margin: 0; font: 14px/1.5 "Inter Variable", Inter, system-ui, sans-serif; overflow-wrap: anywhere; }
.mail, .quote { display: flow-root; }
img { max-width: 100%; height: auto; }
img[data-blocked] { min-width: 16px; min-height: 16px; background: #f0f0f3; border-radius: 4px; }
table { max-width: 100%; }
pre { white-space: pre-wrap; }
blockquote { margin: 8px 0; padding-left: 12px; border-left: 2px solid #dcdde2; }
a { color: #2f54d6; }
.quote { margin-top: 12px; color: #60646c; }
.quote > summary { display: inline-block; padding: 2px 8px; border-radius: 6px; background: #f0f0f3; color: #60646c; font-size: 12px; cursor: pointer; list-style: none; }
.quote > summary::-webkit-details-marker { display: none; }
.quote > summary:focus-visible { outline: 2px solid #2f54d6; outline-offset: 1px; }
.quote[open] > summary { margin-bottom: 8px; }
`;
