import type { Channels } from "../channels/mod.ts";
import type { JournalRecord, Store } from "../store/mod.ts";

/** A mail as a mail program would keep it, to be streamed. */
export interface OriginalDelivery {
  readonly size: number;
  /** It came in pieces and was put together again. */
  readonly isRebuilt: boolean;
  /** All of it, or the bytes from `start` up to and without `end`. */
  stream(
    range?: { readonly start: number; readonly end: number },
  ): ReadableStream<Uint8Array<ArrayBuffer>>;
}

/**
 * The mail in a delivery. What a provider wrapped is taken out of the wrapping, by the settings of its channel.
 * @returns null when it holds none, or when nobody knows any more how it was wrapped
 */
export async function originalMail(
  store: Pick<Store, "blobs">,
  channels: Pick<Channels, "open">,
  { blob, channelId, contentType, headers, receivedAt }: JournalRecord,
): Promise<OriginalDelivery | null> {
  if (contentType === "message/rfc822") {
    return {
      size: blob.size,
      isRebuilt: false,
      stream: (range) => store.blobs.stream(blob.id, range),
    };
  }
  const opened = await channels.open(channelId);
  const letters = opened.ok ? opened.value.adapter.letters : undefined;
  const body = letters === undefined ? null : await store.blobs.read(blob.id);
  if (!opened.ok || letters === undefined || body === null) return null;
  const found = await letters.original(
    { contentType, headers, body, receivedAt },
    opened.value.view,
  );
  if (found === null) return null;
  const { bytes, isRebuilt } = found;
  return {
    size: bytes.length,
    isRebuilt,
    stream: (range) => new Blob([bytes.subarray(range?.start, range?.end)]).stream(),
  };
}
