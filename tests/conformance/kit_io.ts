/** The `Io` an adapter is given by the kit. */
import { fetchFile } from "../../core/channels/fetch_file.ts";
import type { PinnedFetcher } from "../../core/channels/fetch_pinned.ts";
import { matchesHost } from "../../core/channels/reach.ts";
import { err, type Io } from "../../core/channel/mod.ts";
import type { Subject } from "./check.ts";
import { ASKED_HOST } from "./provider_server.ts";

/** The clock of the kit: 2 March 2026, 12:00 UTC. */
export const KIT_NOW = Date.UTC(2026, 2, 2, 12);

/** Taken before a check can close it. */
const networkFetch = globalThis.fetch;

export interface KitIo {
  readonly io: Io;
  /** Everything that was logged, one line each. */
  readonly logged: readonly string[];
}

/**
 * @param subject its hosts may be called, and lead to `origin`, whatever they are
 * @param options `origin` of a stand-in provider, null: no network; `now`, epoch ms
 */
export function kitIo(
  { adapter, channel }: Subject,
  { origin = null, now = KIT_NOW, signal = new AbortController().signal }: {
    readonly origin?: string | null;
    readonly now?: number;
    readonly signal?: AbortSignal;
  } = {},
): KitIo {
  const logged: string[] = [];
  const hosts = [...adapter.hosts, ...adapter.configHosts?.(channel.config) ?? []];
  const signTag = async (text: string): Promise<string> => {
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(`kit ${text}`));
    return Array.from(new Uint8Array(digest, 0, 16), (byte) => BASE32[byte % 32]).join("");
  };
  const io: Io = {
    async fetch(input, init) {
      const request = new Request(input, { ...init, signal: init?.signal ?? signal });
      const url = new URL(request.url);
      if (origin === null) throw new TypeError("Cannot fetch: there is no network here");
      if (!matchesHost(hosts, url.hostname)) {
        throw new TypeError(`Cannot fetch from "${url.hostname}": the adapter does not name it`);
      }
      const { method, headers } = request;
      const body = method === "GET" || method === "HEAD" ? null : await request.arrayBuffer();
      return await networkFetch(`${origin}${url.pathname}${url.search}`, {
        method,
        headers: { ...Object.fromEntries(headers), [ASKED_HOST]: url.host },
        body,
        signal: request.signal,
        redirect: "manual",
      });
    },
    async fetchFile(address, headers = {}) {
      const isNamed = matchesHost(hosts, URL.parse(address)?.hostname ?? "");
      return await fetchFile(fileFetcher(origin), address, {
        secretHeaders: isNamed ? headers : {},
        signal,
        now,
      });
    },
    dns: () => Promise.resolve(err("not_found")),
    now: () => now,
    random: { bytes: (length) => new Uint8Array(length).fill(7) },
    log: (...line) => void logged.push(JSON.stringify(line)),
    signal,
    cached: (_key, _forMs, get) => get(),
    connect: () => Promise.resolve({ ok: false, reason: "There are no sockets here" }),
    accessToken: () =>
      Promise.resolve(err({ code: "unauthorized", message: "Nobody is signed in." })),
    baseUrl: () => null,
    publicUrl: (path) => `https://parley.example${path}`,
    signTag,
    verifyTag: async (text, tag) => await signTag(text) === tag,
  };
  return { io, logged };
}

/** The core's own rules for addresses of files; every name but "localhost" is a public host, which the stand-in plays. */
function fileFetcher(origin: string | null): PinnedFetcher {
  return {
    allowPrivateHosts: "off",
    resolve: (host) => Promise.resolve([host === "localhost" ? "127.0.0.1" : "93.184.216.34"]),
    async fetchAt(url, { headers, signal }) {
      if (origin === null) throw new TypeError("Cannot connect: there is no network here");
      const response = await networkFetch(`${origin}${url.pathname}${url.search}`, {
        headers: { ...headers, [ASKED_HOST]: url.host },
        signal,
        redirect: "manual",
      });
      const body = response.body ?? new ReadableStream({ start: (it) => it.close() });
      return { status: response.status, headers: response.headers, body };
    },
  };
}

const BASE32 = "abcdefghijklmnopqrstuvwxyz234567";
