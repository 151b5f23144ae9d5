import { clip } from "../clip.ts";
import type { Message } from "../model/message.ts";
import { type BlobRef, type Store, storedBytes, type Tx } from "../store/mod.ts";
import { BASE_BYTES, RECORD_BYTES } from "./fit_record.ts";

/** A body beyond this goes into a blob, and so does one its record has no room for. */
const INLINE_BYTES = 40 * 1024;
/** A blob beyond this is written before the commit that links it. */
const BYTES_IN_COMMIT = 128 * 1024;
const TEXT_IN_RECORD = 1_000;

export interface Body {
  readonly text: string;
  readonly html?: string;
}
/** A body on its way into the store. */
export type PreparedBody =
  | { readonly kind: "inline"; readonly body: Body }
  | { readonly kind: "bytes"; readonly body: Body; readonly bytes: Uint8Array }
  | { readonly kind: "staged"; readonly body: Body; readonly blob: BlobRef };
type StoredBody = Pick<Message, "text" | "html" | "bodyBlobId" | "hasHtml">;

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
  const bytes = new TextEncoder().encode(JSON.stringify(body));
  if (bytes.length <= BYTES_IN_COMMIT) return { kind: "bytes", body, bytes };
  const blob = await store.blobs.stage(bytes);
  if ("code" in blob) {
    throw new RangeError(`Cannot stage a body of ${bytes.length} bytes: ${blob.code}`);
  }
  return { kind: "staged", body, blob };
}

/** The fields of a message record that hold its body. */
export function storeBody(tx: Tx, prepared: PreparedBody): StoredBody {
  const { text, html } = prepared.body;
  const hasHtml = html !== undefined && html !== "";
  if (prepared.kind === "inline") return { text, hasHtml, ...hasHtml ? { html } : {} };
  const blob = prepared.kind === "bytes" ? tx.blob(prepared.bytes) : prepared.blob;
  if (prepared.kind === "staged") tx.adopt(blob);
  return { text: clip(text, TEXT_IN_RECORD), hasHtml, bodyBlobId: blob.id };
}

/** A message's whole body. @throws Error when its blob is gone, which would be lost data. */
export async function readBody(
  store: Pick<Store, "blobs">,
  message: StoredBody & { readonly id: string },
): Promise<Body> {
  if (message.bodyBlobId === undefined) {
    return message.html === undefined
      ? { text: message.text }
      : { text: message.text, html: message.html };
  }
  const bytes = await store.blobs.read(message.bodyBlobId);
  if (bytes === null) {
    throw new Error(`Cannot read body of message "${message.id}": its blob is missing`);
  }
  // What prepareBody wrote; nothing else can be under this id.
  return JSON.parse(new TextDecoder().decode(bytes)) as Body;
}
