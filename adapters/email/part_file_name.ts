import { decodeWords } from "postal-mime";
import { fieldValue, mergeEncodedWords, type MimePart, readHeader } from "./mime/mod.ts";

const MAX_LENGTH = 150;
/** Of an attached mail only the beginning is looked at, for its subject. */
const MAX_INNER_HEADER = 64 * 1024;

/**
 * What a file of a mail is called: the sender's name for it made harmless, else one that tells what it is.
 * @param bytes its content, decoded
 */
export function partFileName(
  { fileName, type }: Pick<MimePart, "fileName" | "type">,
  bytes: Uint8Array<ArrayBuffer>,
): string {
  const given = cleanFileName(fileName ?? "");
  if (type !== "message/rfc822") return given ?? NAMES[type] ?? `attachment.${extensionOf(type)}`;
  // So that whatever opens mails opens it.
  const name = given ?? cleanFileName(subjectOf(bytes).replace(/[/\\]/g, "-")) ?? "attachment";
  return /\.eml$/i.test(name) ? name : `${name.slice(0, MAX_LENGTH - 4).toWellFormed()}.eml`;
}

/** The last part of a path, without control and direction characters, at most 150 long; null when nothing is left. */
function cleanFileName(name: string): string | null {
  const last = name.replace(/[\p{Cc}\p{Bidi_Control}]/gu, "").split(/[/\\]/).at(-1)?.trim() ?? "";
  const dot = last.lastIndexOf(".");
  const extension = dot > 0 && last.length - dot <= 12 ? last.slice(dot) : "";
  const stem = last.slice(0, last.length - extension.length).slice(
    0,
    MAX_LENGTH - extension.length,
  );
  return /[^.\s]/.test(stem) ? stem + extension : null;
}

function subjectOf(mail: Uint8Array<ArrayBuffer>): string {
  const { fields } = readHeader(mail, 0, MAX_INNER_HEADER, () => false);
  return decodeWords(mergeEncodedWords((fieldValue(fields, "subject") ?? "").slice(0, 2_000)));
}

/** Parts that say what they are better than an ending does. */
const NAMES: Readonly<Record<string, string>> = {
  "text/calendar": "invite.ics",
  "application/ms-tnef": "winmail.dat",
  "application/pgp-signature": "signature.asc",
  "application/pkcs7-signature": "smime.p7s",
  "application/x-pkcs7-signature": "smime.p7s",
  "application/pkcs7-mime": "smime.p7m",
  "application/x-pkcs7-mime": "smime.p7m",
};

const EXTENSIONS: Readonly<Record<string, string>> = {
  "text/plain": "txt",
  "text/html": "html",
  "text/csv": "csv",
  "text/vcard": "vcf",
  "text/x-vcard": "vcf",
  "image/jpeg": "jpg",
  "image/png": "png",
  "image/gif": "gif",
  "image/webp": "webp",
  "image/avif": "avif",
  "image/heic": "heic",
  "image/svg+xml": "svg",
  "audio/mpeg": "mp3",
  "video/mp4": "mp4",
  "video/quicktime": "mov",
  "application/json": "json",
  "application/xml": "xml",
  "application/pdf": "pdf",
  "application/zip": "zip",
};

function extensionOf(type: string): string {
  return EXTENSIONS[type] ?? "bin";
}
