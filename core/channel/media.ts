import type { Result } from "../result.ts";
import type { ChannelView } from "./adapter.ts";
import type { Io } from "./io.ts";

/** Files by reference: a message names them, and they are fetched once it is stored. */
export interface MediaPort<Config> {
  /**
   * Opens a file that a message named with `ref`. It may be asked again, days later: where the reference holds a link that
   * expires, the provider is asked for a new one when the old one no longer works. `io.fetchFile` does the download; the
   * core reads the stream, counts its bytes and ends it.
   */
  fetch(
    ref: string,
    channel: ChannelView<Config>,
    io: Io,
  ): Promise<Result<FetchedMedia, MediaError>>;
}

/** A file on its way. */
export interface FetchedMedia {
  /** Fails when the connection does. Cancelled when it is too large. */
  readonly stream: ReadableStream<Uint8Array>;
  /** As the provider says; the bytes have the last word. */
  readonly type?: string;
  readonly name?: string;
  /** Bytes, where they are known before. */
  readonly size?: number;
}

/** Why a file cannot be had. */
export type MediaError =
  & {
    /** The provider's own code and words, shortened, without secrets. */
    readonly provider?: string;
  }
  & (
    /** Nobody can say now: it is tried again by itself. */
    | { readonly code: "unavailable" }
    | { readonly code: "rate_limited"; readonly retryAfterMs: number }
    /** The link is too old, or the provider keeps the file no longer. */
    | { readonly code: "expired" }
    /** The channel's credentials are not taken. */
    | { readonly code: "unauthorized" }
    /** Its address, or one it redirects to, may not be asked: private, or no web address. */
    | { readonly code: "refused" }
    | { readonly code: "too_large" }
    /** What came is no file, or not the one that was announced. */
    | { readonly code: "unusable" }
    /** The provider refuses it for another reason. */
    | { readonly code: "rejected" }
  );
/** The codes alone. */
export type MediaErrorCode = MediaError["code"];
