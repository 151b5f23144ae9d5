import { equalBytes } from "../../core/channel/mod.ts";
import { MAX_ICAL_LENGTH } from "./invite/mod.ts";
import {
  decodeText,
  decodeTransfer,
  isVague,
  metaCharset,
  type MimePart,
  unflow,
} from "./mime/mod.ts";
import { partFileName } from "./part_file_name.ts";
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
  /** Text of the first calendar file. */
  readonly calendar: string | null;
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
const SHOWN_IMAGES = new Set(["image/png", "image/jpeg", "image/gif", "image/webp"]);

/** Sorts a mail's parts into what is read and what is attached. */
export function mailBody(root: MimePart): MailBody {
  const body = nothing();
  collect(root, body);
  return { ...body, files: withoutTwins(body.files) };
}

interface Collected {
  readonly pieces: BodyPiece[];
  readonly files: MailFile[];
  calendar: string | null;
  leftOut: number;
}

function nothing(): Collected {
  return { pieces: [], files: [], calendar: null, leftOut: 0 };
}

function collect(part: MimePart, into: Collected): void {
  if (part.parts.length > 0) {
    if (part.type === "multipart/alternative") collectAlternative(part, into);
    else if (part.type === "multipart/related") part.parts.forEach((one) => collect(one, into));
    else collectSequence(part, into);
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

/**
 * Parts one after the other. An image that something is written below stands between the words, as Apple Mail means it;
 * those at the end are files.
 */
function collectSequence(part: MimePart, into: Collected): void {
  /** Places among the files of images that wait for words below them. */
  let waiting: number[] = [];
  for (const child of part.parts) {
    const isImage = SHOWN_IMAGES.has(child.type) && child.disposition !== "attachment";
    const files = into.files.length;
    const pieces = into.pieces.length;
    collect(child, into);
    if (isImage && into.files.length > files) waiting.push(files);
    if (into.pieces.length === pieces) continue;
    into.pieces.splice(pieces, 0, ...waiting.flatMap((index) => placeImage(index, into)));
    waiting = [];
  }
}

/** The image as a piece of the body, with an id when it has none; nothing when the HTML shows it where it wants. */
function placeImage(index: number, into: Collected): readonly BodyPiece[] {
  const file = into.files[index];
  if (file === undefined) return [];
  const contentId = file.contentId ?? `image-${index + 1}@in-place.invalid`;
  const source = `cid:${encodeURIComponent(contentId.toWellFormed())}`;
  const isShown = into.pieces.some(({ html = "" }) =>
    html.includes(`cid:${contentId}`) || html.includes(source)
  );
  if (isShown) return [];
  into.files[index] = { ...file, contentId };
  const alt = file.name.replace(/[<>&"]/g, "");
  return [{
    text: "",
    html: `<div><img src="${source.replaceAll("'", "%27")}" alt="${alt}"></div>`,
  }];
}

/** The same content several times: the plainest gives the text, the last one understood gives the HTML. */
function collectAlternative(part: MimePart, into: Collected): void {
  const choices = part.parts.map((child): Collected => {
    const choice = nothing();
    collect(child, choice);
    return choice;
  });
  for (const { files, calendar, leftOut } of choices) {
    into.leftOut += leftOut;
    into.calendar ??= calendar;
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
  const named = part.params.get("charset");
  const isOpen = part.type === "text/html" && isVague(named);
  const text = decodeText(bytes, isOpen ? metaCharset(bytes) ?? named : named);
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
  const { type, contentId } = part;
  const name = partFileName(part, bytes);
  if (isCalendar(type, name)) {
    const beginning = bytes.subarray(0, MAX_ICAL_LENGTH);
    into.calendar ??= decodeText(beginning, part.params.get("charset") ?? "utf-8");
  }
  keepFile({ name, type, contentId, bytes }, into);
}

function isCalendar(type: string, name: string): boolean {
  return type === "text/calendar" || type === "application/ics" || /\.ics$/i.test(name);
}

function keepFile(file: MailFile, into: Collected): void {
  if (into.files.length < MAX_FILES) into.files.push(file);
  else into.leftOut++;
}

/** Calendars send an invitation twice, as another form of the text and as a file: one is enough. */
function withoutTwins(files: readonly MailFile[]): readonly MailFile[] {
  const calendars = files.filter(({ type, name }) => isCalendar(type, name));
  const twins = new Set(
    calendars.filter((one, index) =>
      calendars.slice(0, index).some(({ bytes }) => equalBytes(bytes, one.bytes))
    ),
  );
  return files.filter((file) => !twins.has(file));
}
