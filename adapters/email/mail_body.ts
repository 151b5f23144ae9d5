import { decodeText, decodeTransfer, type MimePart, unflow } from "./mime/mod.ts";
import { textAsHtml } from "./text_as_html.ts";

/** A file of a mail, decoded. */
export interface MailFile {
  readonly name: string;
  readonly type: string;
  readonly contentId: string | null;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** A stretch of the body in the forms it came in. */
export type BodyPiece =
  | { readonly text: string; readonly html?: undefined }
  | { readonly text?: string; readonly html: string };

export interface MailBody {
  readonly pieces: readonly BodyPiece[];
  readonly files: readonly MailFile[];
  /** Files beyond the limit, left in the raw mail. */
  readonly leftOut: number;
}

const MAX_FILES = 100;
/** More text than anybody is shown is not even decoded. */
const MAX_TEXT_BYTES = 4 << 20;
/** Machine-readable halves of reports: not worth a row in the thread when they have no name. */
const REPORT_PARTS = new Set([
  "message/delivery-status",
  "message/disposition-notification",
  "message/feedback-report",
  "text/rfc822-headers",
]);

/** Sorts a mail's parts into what is read and what is attached. */
export function mailBody(root: MimePart): MailBody {
  const body: Collected = { pieces: [], files: [], leftOut: 0 };
  collect(root, body);
  return body;
}

interface Collected {
  readonly pieces: BodyPiece[];
  readonly files: MailFile[];
  leftOut: number;
}

function collect(part: MimePart, into: Collected): void {
  if (part.parts.length > 0) {
    if (part.type === "multipart/alternative") collectAlternative(part, into);
    else part.parts.forEach((child) => collect(child, into));
    return;
  }
  // A multipart whose boundary never came is shown as the text it is.
  const type = part.type.startsWith("multipart/") ? "text/plain" : part.type;
  const isBody = (type === "text/plain" || type === "text/html") &&
    part.disposition !== "attachment" && (part.fileName === null || into.pieces.length === 0);
  if (!isBody) {
    if (REPORT_PARTS.has(type) && part.fileName === null) return;
    addFile(part, into);
    return;
  }
  const text = partText(part);
  if (text.trim() !== "") into.pieces.push(type === "text/html" ? { html: text } : { text });
}

/** The same content several times: the plainest gives the text, the last one understood gives the HTML. */
function collectAlternative(part: MimePart, into: Collected): void {
  const choices = part.parts.map((child): Collected => {
    const choice: Collected = { pieces: [], files: [], leftOut: 0 };
    collect(child, choice);
    return choice;
  });
  for (const { files, leftOut } of choices) {
    into.leftOut += leftOut;
    files.forEach((file) => keepFile(file, into));
  }
  const rich = choices.findLast(({ pieces }) => pieces.some(({ html }) => html !== undefined));
  const plain = choices.find(({ pieces }) =>
    pieces.length > 0 && pieces.every(({ html }) => html === undefined)
  );
  const text = plain?.pieces.map((piece) => piece.text ?? "").join("\n");
  if (rich === undefined) {
    if (text !== undefined) into.pieces.push({ text });
  } else if (text === undefined) {
    into.pieces.push(...rich.pieces);
  } else {
    const html = rich.pieces.map((piece) => piece.html ?? textAsHtml(piece.text ?? "")).join("\n");
    into.pieces.push({ text, html });
  }
}

function partText(part: MimePart): string {
  const bytes = decodeTransfer(part.body, part.encoding).subarray(0, MAX_TEXT_BYTES);
  const text = decodeText(bytes, part.params.get("charset"));
  const isFlowed = part.type === "text/plain" &&
    part.params.get("format")?.toLowerCase() === "flowed";
  return isFlowed ? unflow(text, part.params.get("delsp")?.toLowerCase() === "yes") : text;
}

function addFile(part: MimePart, into: Collected): void {
  if (into.files.length >= MAX_FILES) {
    into.leftOut++;
    return;
  }
  const bytes = decodeTransfer(part.body, part.encoding);
  if (bytes.length === 0 && part.fileName === null) return;
  const type = part.type;
  keepFile({
    name: cleanFileName(part.fileName ?? "") ?? `attachment.${extensionOf(type)}`,
    type,
    contentId: part.contentId,
    bytes,
  }, into);
}

function keepFile(file: MailFile, into: Collected): void {
  if (into.files.length < MAX_FILES) into.files.push(file);
  else into.leftOut++;
}

/** The last part of a path, without control and direction characters, at most 150 long; null when nothing is left. */
function cleanFileName(name: string): string | null {
  const last = name.replace(/[\p{Cc}\p{Bidi_Control}]/gu, "").split(/[/\\]/).at(-1)?.trim() ?? "";
  const dot = last.lastIndexOf(".");
  const extension = dot > 0 && last.length - dot <= 12 ? last.slice(dot) : "";
  const stem = last.slice(0, last.length - extension.length).slice(0, 150 - extension.length);
  return /[^.\s]/.test(stem) ? stem + extension : null;
}

const EXTENSIONS: Readonly<Record<string, string>> = {
  "message/rfc822": "eml",
  "text/calendar": "ics",
  "text/plain": "txt",
  "text/html": "html",
  "text/csv": "csv",
  "text/vcard": "vcf",
  "image/jpeg": "jpg",
  "image/png": "png",
  "image/gif": "gif",
  "image/webp": "webp",
  "image/svg+xml": "svg",
  "application/pdf": "pdf",
  "application/zip": "zip",
  "application/ms-tnef": "dat",
};

function extensionOf(type: string): string {
  return EXTENSIONS[type] ?? "bin";
}
