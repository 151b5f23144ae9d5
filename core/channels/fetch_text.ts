import type { Alarm, Clock, PinnedAnswer } from "../ports.ts";
import { followPinned, type PinnedFetcher } from "./fetch_pinned.ts";
import { unpackedBody } from "./unpacked_body.ts";

const MAX_BYTES = 128 * 1024;
const MAX_REDIRECTS = 3;
const TIMEOUT_MS = 5_000;
const HEADERS = {
  "accept": "text/xml, application/xml, text/plain;q=0.5",
  "accept-encoding": "gzip, deflate",
};

export interface TextFetcher extends PinnedFetcher {
  readonly alarm: Alarm;
  readonly clock: Clock;
}

/**
 * Fetches a small text from an address that somebody else chose. Every hop's host is checked; encrypted addresses lead to
 * encrypted ones only, so that nobody between can point elsewhere.
 * @returns null for any other answer than a text of at most 128 KiB within five seconds
 */
export async function fetchText(
  ports: TextFetcher,
  url: string,
  signal: AbortSignal,
): Promise<string | null> {
  const late = new AbortController();
  const cancel = ports.alarm(ports.clock.now() + TIMEOUT_MS, () => late.abort());
  try {
    return await follow(ports, url, AbortSignal.any([signal, late.signal]));
  } catch {
    // Whatever went wrong on the way, there is no text.
    return null;
  } finally {
    cancel();
  }
}

async function follow(
  ports: TextFetcher,
  url: string,
  signal: AbortSignal,
): Promise<string | null> {
  const answered = await followPinned(ports, url, {
    headers: HEADERS,
    maxRedirects: MAX_REDIRECTS,
    mayAsk: (to, from) => from?.protocol !== "https:" || to.protocol === "https:",
    signal,
  });
  return answered.ok ? await readText(answered.value, signal) : null;
}

async function readText(answer: PinnedAnswer, signal: AbortSignal): Promise<string | null> {
  const body = answer.status === 200 ? unpackedBody(answer) : null;
  if (body === null) {
    await answer.body.cancel();
    return null;
  }
  const reader = body.getReader();
  // A body that trickles must end with the deadline too, whatever made the response.
  const leave = () => void reader.cancel().catch(() => {});
  signal.addEventListener("abort", leave, { once: true });
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let text = "";
  let length = 0;
  try {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      length += piece.value.length;
      if (length > MAX_BYTES) return null;
      text += decoder.decode(piece.value, { stream: true });
    }
    return signal.aborted ? null : text + decoder.decode();
  } finally {
    signal.removeEventListener("abort", leave);
    // Of bytes that are no text the rest is not waited for.
    leave();
  }
}
