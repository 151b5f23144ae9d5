import { Buffer } from "node:buffer";
/** A file of a mail that is put together again. */
export interface PieceFile {
  readonly name: string;
  readonly type: string;
  /** Without angle brackets: the HTML shows it in place. */
  readonly contentId?: string | undefined;
  /** Base64; white space does not matter. */
  readonly content: string;
}

/** The pieces a provider took a mail apart into. */
export interface MailPieces {
  /** In order; values as they stood in the mail or already decoded. Those that describe the body are made anew. */
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly text?: TextPiece | undefined;
  readonly html?: TextPiece | undefined;
  readonly files: readonly PieceFile[];
}
export interface TextPiece {
  readonly bytes: Uint8Array;
  /** UTF-8 without one. */
  readonly charset?: string | undefined;
}

/** Headers that describe how the body was encoded, which it no longer is. */
const OF_THE_BODY = new Set([
  "content-type",
  "content-transfer-encoding",
  "content-disposition",
  "content-id",
  "content-length",
  "mime-version",
]);
const LINE_LENGTH = 76;

/**
 * A mail from its pieces, so that it is read like any other. The same pieces give the same bytes. It can stand for the
 * mail that came, but a signature (DKIM) of that one no longer fits it.
 */
export function buildMime(pieces: MailPieces): Uint8Array<ArrayBuffer> {
  const kept = pieces.headers.filter(({ name }) =>
    /^[!-9;-~]+$/.test(name) && !OF_THE_BODY.has(name.toLowerCase())
  );
  const head = kept.map(({ name, value }) => `${name}: ${oneLine(value)}`);
  const lines = [...head, "MIME-Version: 1.0", ...body(pieces)];
  return new TextEncoder().encode(lines.join("\r\n") + "\r\n");
}

type Lines = readonly string[];

/** Text and HTML as alternatives, what the HTML shows beside them, other files after. */
function body({ text, html, files }: MailPieces): Lines {
  const texts = [
    ...text === undefined && html !== undefined ? [] : [textPart("plain", text)],
    ...html === undefined ? [] : [textPart("html", html)],
  ];
  const inline = files.filter(({ contentId }) => contentId !== undefined && html !== undefined);
  const attached = files.filter((file) => !inline.includes(file));
  const shown = joined("related", [joined("alternative", texts), ...inline.map(filePart)]);
  return joined("mixed", [shown, ...attached.map(filePart)]);
}

/** A multipart; a single part stays by itself. No line of a part can be the boundary: "=_" is in no base64. */
function joined(subtype: string, parts: readonly Lines[]): Lines {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  const boundary = `=_${subtype}`;
  return [
    `Content-Type: multipart/${subtype}; boundary="${boundary}"`,
    "",
    ...parts.flatMap((part) => [`--${boundary}`, ...part]),
    `--${boundary}--`,
  ];
}

function textPart(subtype: string, piece: TextPiece | undefined): Lines {
  const label = piece?.charset ?? "utf-8";
  const charset = /^[\w.:-]{1,40}$/.test(label) ? label : "utf-8";
  return [
    `Content-Type: text/${subtype}; charset=${charset}`,
    "Content-Transfer-Encoding: base64",
    "",
    ...wrapped(Buffer.from(piece?.bytes ?? []).toString("base64")),
  ];
}

function filePart({ name, type, contentId, content }: PieceFile): Lines {
  const kind = /^[\w.+-]{1,100}\/[\w.+-]{1,100}$/.test(type) ? type : "application/octet-stream";
  const isInline = contentId !== undefined;
  return [
    // What would be opened as parts stays a file, whose bytes are kept as they are.
    `Content-Type: ${/^multipart\//i.test(kind) ? "application/octet-stream" : kind}`,
    "Content-Transfer-Encoding: base64",
    `Content-Disposition: ${isInline ? "inline" : "attachment"}; filename*=UTF-8''${
      percentEncoded(name)
    }`,
    ...isInline ? [`Content-ID: <${oneLine(contentId).replace(/[<>\s]/g, "")}>`] : [],
    "",
    ...wrapped(content.replace(/\s+/g, "")),
  ];
}

function wrapped(base64: string): Lines {
  const lines: string[] = [];
  for (let at = 0; at < base64.length; at += LINE_LENGTH) {
    lines.push(base64.slice(at, at + LINE_LENGTH));
  }
  return lines;
}

function percentEncoded(text: string): string {
  return encodeURIComponent(text.toWellFormed().slice(0, 255).toWellFormed())
    .replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Folded lines become one; a line break would start a header of its own. */
function oneLine(value: string): string {
  return value.replace(/[\p{Cc}\u2028\u2029]+/gu, " ").trim();
}
