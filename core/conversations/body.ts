/** Bodies of messages: in the record while they are small, else in a blob that holds the text and behind it the HTML. */
import { clip } from "../clip.ts";
import type { Message } from "../model/message.ts";
import { type BlobRef, type Store, storedBytes, type Tx } from "../store/mod.ts";
import { BASE_BYTES, RECORD_BYTES } from "./fit_record.ts";

/** A body beyond this goes into a blob, and so does one its record has no room for. */
const INLINE_BYTES = 40 * 1024;
/** A blob beyond this is written before the commit that links it. */
const BYTES_IN_COMMIT = 128 * 1024;
const TEXT_IN_RECORD = 1_000;
/** UTF-8 takes at most three for one unit of UTF-16. */
const BYTES_PER_UNIT = 3;

/** What a message says, whole. */
export interface Body {
  readonly text: string;
  readonly html?: string;
}
/** A body on its way into the store. */
export type PreparedBody =
  | { readonly kind: "inline"; readonly body: Body }
  | {
    readonly kind: "bytes";
    readonly body: Body;
    readonly bytes: Uint8Array;
    readonly textBytes: number;
  }
  | {
    readonly kind: "staged";
    readonly body: Body;
    readonly blob: BlobRef;
    readonly textBytes: number;
  };
type StoredBody = Pick<Message, "text" | "html" | "bodyBlobId" | "bodyTextBytes" | "hasHtml">;
type Holder = StoredBody & { readonly id: string };

/**
 * Decides where a body will be stored, and stages it when it is too large for the message's own commit.
 * @param otherBytes at most what the rest of the message's record takes
 */
export async function prepareBody(
  store: Pick<Store, "blobs">,
  body: Body,
  otherBytes = BASE_BYTES,
): Promise<PreparedBody> {
  if (storedBytes(body) <= Math.min(INLINE_BYTES, RECORD_BYTES - otherBytes)) {
    return { kind: "inline", body };
  }
  const encoder = new TextEncoder();
  const textBytes = encoder.encode(body.text).length;
  const bytes = encoder.encode(body.text + (body.html ?? ""));
  if (bytes.length <= BYTES_IN_COMMIT) return { kind: "bytes", body, bytes, textBytes };
  const blob = await store.blobs.stage(bytes);
  if ("code" in blob) {
    throw new RangeError(`Cannot stage a body of ${bytes.length} bytes: ${blob.code}`);
  }
  return { kind: "staged", body, blob, textBytes };
}

/** The fields of a message record that hold its body. */
export function storeBody(tx: Tx, prepared: PreparedBody): StoredBody {
  const { text, html } = prepared.body;
  const hasHtml = html !== undefined && html !== "";
  if (prepared.kind === "inline") return { text, hasHtml, ...hasHtml ? { html } : {} };
  const blob = prepared.kind === "bytes" ? tx.blob(prepared.bytes) : prepared.blob;
  if (prepared.kind === "staged") tx.adopt(blob);
  return {
    text: clip(text, TEXT_IN_RECORD),
    hasHtml,
    bodyBlobId: blob.id,
    bodyTextBytes: prepared.textBytes,
  };
}

/** A message's whole body. @throws Error when its blob is gone, which would be lost data. */
export async function readBody(store: Pick<Store, "blobs">, message: Holder): Promise<Body> {
  const { bodyBlobId, bodyTextBytes = 0, hasHtml } = message;
  if (bodyBlobId === undefined) {
    return message.html === undefined
      ? { text: message.text }
      : { text: message.text, html: message.html };
  }
  const bytes = await readBlob(store, message, bodyBlobId);
  const text = decode(bytes.subarray(0, bodyTextBytes));
  return hasHtml ? { text, html: decode(bytes.subarray(bodyTextBytes)) } : { text };
}

/**
 * The first `max` characters of a message's text, without reading what follows: a list of threads must not read every
 * newsletter whole.
 */
export async function readText(
  store: Pick<Store, "blobs">,
  message: Holder,
  max: number,
): Promise<string> {
  const { bodyBlobId, bodyTextBytes = 0 } = message;
  if (bodyBlobId === undefined) return clip(message.text, max);
  const end = Math.min(bodyTextBytes, max * BYTES_PER_UNIT);
  return clip(decode(await readBlob(store, message, bodyBlobId, { start: 0, end })), max);
}

async function readBlob(
  store: Pick<Store, "blobs">,
  { id }: Holder,
  blobId: string,
  range?: { readonly start: number; readonly end: number },
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await store.blobs.read(blobId, range);
  if (bytes === null) throw new Error(`Cannot read body of message "${id}": its blob is missing`);
  return bytes;
}

/** A character cut at the end is left out; a byte order mark is part of the text. */
function decode(bytes: Uint8Array): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes, { stream: true });
}
