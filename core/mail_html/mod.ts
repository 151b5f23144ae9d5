/**
 * Other people's HTML: made safe to show, turned into text, its quotes folded. Pure text in, text out; no DOM, no I/O.
 * The flow: stored raw → `sanitize` (kept by `SANITIZER_VERSION`) → `frameDocument` → a sandboxed frame.
 * @module
 */
export { splitQuotedText } from "../model/quoted_text.ts";
export { type OwnWords, ownWords } from "./own_words.ts";
export { frameDocument, type FrameDocumentOptions, type ShownImages } from "./frame_document.ts";
export { htmlToText } from "./html_to_text.ts";
export { isNestedTooDeeply } from "./nesting_guard.ts";
export {
  asText,
  MAX_HTML_LENGTH,
  sanitize,
  type SanitizedHtml,
  type SanitizeOptions,
  SANITIZER_VERSION,
} from "./sanitize.ts";
export { outgoingText } from "./outgoing_text.ts";
export { sanitizeOutgoing } from "./sanitize_outgoing.ts";
export { type QuotedHtml, splitQuotedHtml, splitSignatureHtml } from "./split_quoted_html.ts";
export { escapeHtml } from "../model/escape_html.ts";
export { textToHtml } from "./text_to_html.ts";
