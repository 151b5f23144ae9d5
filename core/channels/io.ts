import type { AnyAdapter, ChannelView, Io } from "../channel/mod.ts";
import type { CoreContext } from "../context.ts";
import type { Channel } from "../model/channel.ts";
import { channelTags } from "./channel_tags.ts";
import { allowedHosts, matchesHost, reachHost } from "./reach.ts";
import type { Redact } from "./redactor.ts";
import { systemIo } from "./system_io.ts";
import type { TextCache } from "./text_cache.ts";

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
    readonly channel: Channel;
    readonly view: ChannelView<unknown>;
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
    ...adapter.configHosts?.(view.config) ?? [],
  ];
  const reach = { allowPrivateHosts: allowedHosts(config), resolve: ports.resolve };
  const mayFetch = async (url: URL): Promise<void> => {
    if (url.protocol !== "https:" && url.protocol !== "http:") {
      throw new TypeError(`Cannot fetch "${url.protocol}"`);
    }
    if (!matchesHost(hosts, url.hostname)) {
      throw new TypeError(
        `Cannot fetch from "${url.hostname}": adapter "${adapter.id}" does not name it`,
      );
    }
    const port = url.port === "" ? url.protocol === "https:" ? 443 : 80 : Number(url.port);
    const reached = await reachHost(reach, url.hostname, port);
    if (!reached.ok) throw new TypeError(`Cannot fetch: ${reached.error}`);
  };

  return {
    async fetch(input, init) {
      const request = new Request(input, {
        ...init,
        signal: init?.signal ?? signal,
        redirect: "manual",
      });
      await mayFetch(new URL(request.url));
      return await ports.fetch(request);
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
