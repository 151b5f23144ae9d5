import { type FetchedMedia, type MediaError, retryAfter } from "../channel/mod.ts";
import { err, ok, type Result } from "../result.ts";
import { followPinned, type PinnedFetcher } from "./fetch_pinned.ts";
import { unpackedBody } from "./unpacked_body.ts";

const MAX_REDIRECTS = 5;
const RATE_WAIT_MS = 60_000;
/** Media servers answer nothing to some clients that say nothing of themselves. */
const HEADERS = { "accept": "*/*", "accept-encoding": "identity", "user-agent": "Parley" };

/**
 * Opens a file at an address that a provider told: any public host, redirects followed, encrypted addresses lead to encrypted
 * ones only.
 * @param secretHeaders for the first address only, see {@link followPinned}
 * @param now epoch ms
 */
export async function fetchFile(
  fetcher: PinnedFetcher,
  address: string,
  { secretHeaders, signal, now }: {
    readonly secretHeaders: Readonly<Record<string, string>>;
    readonly signal: AbortSignal;
    readonly now: number;
  },
): Promise<Result<FetchedMedia, MediaError>> {
  let answered: Awaited<ReturnType<typeof followPinned>>;
  try {
    answered = await followPinned(fetcher, address, {
      headers: HEADERS,
      secretHeaders,
      maxRedirects: MAX_REDIRECTS,
      mayAsk: (url, from) => from?.protocol !== "https:" || url.protocol === "https:",
      signal,
    });
  } catch {
    return err({ code: "unavailable" });
  }
  if (!answered.ok) return err({ code: "refused" });
  const { status, headers, body } = answered.value;
  if (status !== 200) {
    await body.cancel();
    return err(errorOf(status, headers, now));
  }
  const stream = unpackedBody(answered.value);
  if (stream === null) {
    await body.cancel();
    return err({ code: "unusable" });
  }
  const type = headers.get("content-type");
  const length = headers.get("content-length");
  const isPlain = stream === body;
  return ok({
    stream,
    ...type === null ? {} : { type },
    ...isPlain && length !== null && /^\d{1,15}$/.test(length) ? { size: Number(length) } : {},
  });
}

function errorOf(status: number, headers: Headers, now: number): MediaError {
  const provider = `HTTP ${status}`;
  if (status === 429) {
    const retryAfterMs = retryAfter(headers.get("retry-after"), now) ?? RATE_WAIT_MS;
    return { code: "rate_limited", retryAfterMs, provider };
  }
  if (status >= 500 || status === 408 || status === 425) return { code: "unavailable", provider };
  if (status === 401) return { code: "unauthorized", provider };
  // What signed links of media servers answer once their time is over.
  if (status === 403 || status === 404 || status === 410) return { code: "expired", provider };
  return { code: "rejected", provider };
}
