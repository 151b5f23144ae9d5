import type { Alarm, Clock } from "../ports.ts";
import { type Reach, reachHost } from "./reach.ts";

const MAX_BYTES = 128 * 1024;
const MAX_REDIRECTS = 3;
const TIMEOUT_MS = 5_000;

export interface TextFetcher extends Reach {
  readonly fetch: typeof fetch;
  readonly alarm: Alarm;
  readonly clock: Clock;
}

/**
 * Fetches a small text from an address that somebody else chose. Every hop's host is checked; encrypted addresses lead to
 * encrypted ones only, so that nobody between can point elsewhere, and a name that leads to a private host on a second
 * look has no certificate there.
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
  let next = new URL(url);
  for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
    if (!await mayReach(ports, next)) return null;
    const response = await ports.fetch(next, {
      signal,
      redirect: "manual",
      credentials: "omit",
      headers: { accept: "text/xml, application/xml, text/plain;q=0.5" },
    });
    const location = response.headers.get("location");
    if (response.status < 300 || response.status > 399 || location === null) {
      return await readText(response, signal);
    }
    await response.body?.cancel();
    const to = new URL(location, next);
    if (next.protocol === "https:" && to.protocol !== "https:") return null;
    next = to;
  }
  return null;
}

async function mayReach(ports: TextFetcher, url: URL): Promise<boolean> {
  if (url.protocol !== "https:" && url.protocol !== "http:") return false;
  if (url.username !== "" || url.password !== "") return false;
  const port = url.port === "" ? url.protocol === "https:" ? 443 : 80 : Number(url.port);
  return (await reachHost(ports, url.hostname, port)).ok;
}

async function readText(response: Response, signal: AbortSignal): Promise<string | null> {
  if (response.status !== 200 || response.body === null) {
    await response.body?.cancel();
    return null;
  }
  const reader = response.body.getReader();
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
