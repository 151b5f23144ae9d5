import type { AnyAdapter, ChannelView, Io } from "../channel/mod.ts";
import type { CoreContext } from "../context.ts";
import type { Channel } from "../model/channel.ts";
import type { PinnedAnswer } from "../ports.ts";
import { channelTags } from "./channel_tags.ts";
import { fetchFile } from "./fetch_file.ts";
import { fetchPinned } from "./fetch_pinned.ts";
import { allowedHosts, matchesHost, reachHost } from "./reach.ts";
import type { Redact } from "./redactor.ts";
import { systemIo } from "./system_io.ts";
import type { TextCache } from "./text_cache.ts";
import { unpackedBody } from "./unpacked_body.ts";

/** Taken as blocked on hosted platforms. */
const SMTP_PORTS = new Set([25, 465, 587, 2_525]);

/** Gives the access token of a channel's sign-in: core/oauth does. */
export type GetAccessToken = (
  channel: Pick<Channel, "id" | "appId">,
  /** Not to be given: the provider did not take it. */
  refused: string | undefined,
  signal: AbortSignal,
) => ReturnType<Io["accessToken"]>;

/** What an adapter may touch of the world while it works for one channel. */
export function createIo(
  { store, ports, config }: CoreContext,
  { adapter, channel, view, cache, redact, accessToken }: {
    readonly accessToken: GetAccessToken;
    readonly adapter: AnyAdapter;
    readonly channel: Pick<Channel, "id" | "appId">;
    /** Null: of no channel. */
    readonly view: ChannelView<unknown> | null;
    readonly cache: TextCache;
    readonly redact: Redact;
  },
  signal: AbortSignal,
): Io {
  const bases = { graph: config.graphUrl };
  const baseHosts = (adapter.bases ?? []).map((provider) => bases[provider])
    .filter((url) => url !== null).map((url) => new URL(url).hostname);
  const hosts = [
    ...adapter.hosts,
    ...baseHosts,
    ...(view === null ? [] : adapter.configHosts?.(view.config) ?? []),
  ];
  const reach = {
    allowPrivateHosts: allowedHosts(config),
    resolve: ports.resolve,
    fetchAt: ports.fetchAt,
  };

  return {
    async fetch(input, init) {
      const request = new Request(input, { ...init, signal: init?.signal ?? signal });
      const url = new URL(request.url);
      if (!matchesHost(hosts, url.hostname)) {
        throw new TypeError(
          `Cannot fetch from "${url.hostname}": adapter "${adapter.id}" does not name it`,
        );
      }
      const hasBody = request.body !== null;
      const answered = await fetchPinned(reach, url, {
        method: request.method,
        headers: {
          accept: "*/*",
          "accept-encoding": "gzip, deflate",
          "user-agent": "Parley",
          ...Object.fromEntries(request.headers),
        },
        ...hasBody ? { body: await request.bytes() } : {},
        signal: request.signal,
      });
      if (!answered.ok) throw new TypeError(`Cannot fetch: ${answered.error}`);
      return await responseOf(answered.value);
    },
    async fetchFile(url, headers = {}) {
      const host = URL.parse(url)?.hostname ?? "";
      return await fetchFile(reach, url, {
        secretHeaders: matchesHost(hosts, host) ? headers : {},
        signal,
        now: ports.clock.now(),
      });
    },
    dns: ports.dns,
    now: () => ports.clock.now(),
    random: ports.random,
    log: (level, event, fields) =>
      ports.log(level, redact(event), {
        adapter: adapter.id,
        channelId: channel.id,
        ...mapValues(fields, redact),
      }),
    signal,
    cached: (key, forMs, get) => cache.get(`${adapter.id} ${key}`, forMs, get),
    async connect(host, port) {
      // Where nothing outlives a request, mailboxes are still read from the alarm clock.
      if (!ports.platform.canConnect && SMTP_PORTS.has(port)) {
        const reason = "This platform opens no connections to servers for outgoing mail";
        return { ok: false, reason };
      }
      const reached = await reachHost(reach, host, port);
      return reached.ok
        ? { ok: true, host, address: reached.value }
        : { ok: false, reason: reached.error };
    },
    accessToken: (refused) => accessToken(channel, refused, signal),
    baseUrl: (provider) => bases[provider],
    publicUrl: (path) => config.url === null ? null : `${config.url}${path}`,
    ...channelTags(store, channel.id),
    ...systemIo(config),
  };
}

/** @throws TypeError for an answer that is none */
async function responseOf(answer: PinnedAnswer): Promise<Response> {
  const { status, headers } = answer;
  const body = unpackedBody(answer);
  if (body === null || status < 200 || status > 599) {
    await answer.body.cancel();
    throw new TypeError(`The answer cannot be read: HTTP ${status}`);
  }
  if (status !== 204 && status !== 205 && status !== 304) {
    return new Response(body, { status, headers });
  }
  await body.cancel();
  return new Response(null, { status, headers });
}

/** The fields with their texts mapped; adapters log plain values. */
function mapValues(
  fields: Readonly<Record<string, unknown>> = {},
  map: (text: string) => string,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map((
      [name, value],
    ) => [name, typeof value === "string" ? map(value) : value]),
  );
}
