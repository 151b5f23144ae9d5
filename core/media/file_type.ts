import { inlineImageType, safeMediaType } from "../attachments/mod.ts";

/** Bytes it takes to tell. */
export const TYPE_BYTES = 512;

/**
 * What a fetched file is; null when it is surely not what its message announced: servers answer pages and error reports
 * where a picture was. What the bytes show counts more than what anybody says. Pure.
 * @param announced by the message: a media type, one of a kind ("image/*"), or "" when it said nothing
 * @param answered by whoever served it
 */
export function fileType(
  head: Uint8Array,
  { announced, answered }: { readonly announced: string; readonly answered: string },
): string | null {
  const shown = inlineImageType(head);
  if (shown !== null) return shown;
  // Media servers know the types of their files less well than the provider's own messages.
  const said = [safeMediaType(announced), safeMediaType(answered)];
  const best = said.find((type) => type !== UNKNOWN) ?? UNKNOWN;
  const kind = kindOf(announced);
  const isRich = kind === "image" || kind === "audio" || kind === "video";
  const isText = isPage(head) || /^text\/|[/+](?:json|xml)$/.test(safeMediaType(answered));
  if (isRich && isText && announced !== "image/svg+xml") return null;
  if (isPage(head) && kind !== "" && !said.some((type) => PAGES.has(type))) return null;
  // It says that it is one of the pictures known by their first bytes, and is not.
  return SHOWN.test(best) ? UNKNOWN : best;
}

/** A type as a message may announce it before anybody has seen the bytes. */
export function announcedType(type: string): string {
  return /^(image|audio|video)\/\*$/.test(type) ? type : safeMediaType(type);
}

/** A name for a file that has none. */
export function nameForType(type: string): string {
  const ending = ENDINGS[type];
  const kind = kindOf(type);
  const stem = ["image", "audio", "video"].includes(kind) ? kind : "file";
  return ending === undefined ? stem : `${stem}.${ending}`;
}

const UNKNOWN = "application/octet-stream";
const SHOWN = /^image\/(?:png|jpeg|gif|webp)$/;
const PAGES: ReadonlySet<string> = new Set(["text/html", "application/xhtml+xml"]);
const ENDINGS: Readonly<Record<string, string>> = {
  "image/jpeg": "jpg",
  "image/png": "png",
  "image/gif": "gif",
  "image/webp": "webp",
  "audio/aac": "aac",
  "audio/mp4": "m4a",
  "audio/mpeg": "mp3",
  "audio/ogg": "ogg",
  "video/mp4": "mp4",
  "video/webm": "webm",
  "application/pdf": "pdf",
};

function kindOf(type: string): string {
  return type.split("/", 1)[0]?.trim().toLowerCase() ?? "";
}

function isPage(head: Uint8Array): boolean {
  const start = new TextDecoder().decode(head.subarray(0, TYPE_BYTES)).trimStart();
  return /^(?:<!doctype html|<html)/i.test(start);
}
