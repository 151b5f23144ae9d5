import { followPinned, isListedHost, type PinnedFetcher } from "../channels/mod.ts";
import { readHead } from "../read_head.ts";
import { err, ok, type Result } from "../result.ts";
import { imagePixels } from "./image_pixels.ts";
import { type ShownImageType, shownImageType } from "./shown_image_type.ts";

/** Why an image of a mail is not shown. */
export type ImageProblem =
  /** Its address, or one it redirects to, may not be asked. */
  | "refused"
  /** No answer, or one that broke off. */
  | "unreachable"
  | "too_slow"
  /** The server has none. */
  | "absent"
  | "too_large"
  | "not_an_image";

/** An image on its way. */
export interface FetchedImage {
  readonly type: ShownImageType;
  /** Ends with an error when the connection does. */
  readonly body: ReadableStream<Uint8Array>;
}

export const MAX_IMAGE_BYTES = 10 * 1024 * 1024;
/** A picture of 8,000 × 6,000; decoded it takes 192 MB. */
const MAX_PIXELS = 48_000_000;
const MAX_REDIRECTS = 4;
const HEAD_BYTES = 256 * 1024;
/** Says nothing of who asks; without any, some servers answer nothing. */
const HEADERS = {
  accept: "image/avif,image/webp,image/png,image/jpeg,image/gif",
  "accept-encoding": "identity",
  "user-agent": "Mozilla/5.0",
};

/**
 * Fetches an image a stranger named. Each address on the way, redirects too, must be a web address on its usual port
 * and lead to the public internet (or stand in PARLEY_ALLOW_PRIVATE_HOSTS); the connection goes to the address that was
 * checked. What it is, its bytes say. No cookies, no referrer.
 */
export async function fetchImage(
  address: string,
  fetcher: PinnedFetcher & { readonly signal: AbortSignal },
): Promise<Result<FetchedImage, ImageProblem>> {
  const { allowPrivateHosts, signal } = fetcher;
  const answered = await followPinned(fetcher, address, {
    headers: HEADERS,
    maxRedirects: MAX_REDIRECTS,
    // An address with its usual port has none written.
    mayAsk: (url) =>
      url.port === "" || isListedHost(allowPrivateHosts, url.hostname, Number(url.port)),
    signal,
  });
  if (!answered.ok) return err("refused");
  const { status, headers, body } = answered.value;
  if (status === 200) return await readImage(headers, body);
  await body.cancel();
  return err("absent");
}

async function readImage(
  headers: Headers,
  body: ReadableStream<Uint8Array>,
): Promise<Result<FetchedImage, ImageProblem>> {
  const refuse = async (problem: ImageProblem) => {
    await body.cancel();
    return err(problem);
  };
  if (Number(headers.get("content-length") ?? 0) > MAX_IMAGE_BYTES) return refuse("too_large");
  // We asked for it plain: what is packed may unfold without end.
  if ((headers.get("content-encoding") ?? "identity").trim().toLowerCase() !== "identity") {
    return refuse("not_an_image");
  }
  const { head, whole } = await readHead(body, HEAD_BYTES);
  const unread = async (problem: ImageProblem) => {
    await whole.cancel();
    return err(problem);
  };
  const type = shownImageType(head);
  const pixels = type === null ? null : imagePixels(head.subarray(0, HEAD_BYTES), type);
  if (type === null || pixels === null) return unread("not_an_image");
  if (pixels > MAX_PIXELS) return unread("too_large");
  return ok({ type, body: whole });
}
