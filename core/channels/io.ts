import type { AnyAdapter, ChannelView, Io } from "../channel/mod.ts";
import { equalText } from "../constant_time.ts";
import type { CoreContext } from "../context.ts";
import type { Channel } from "../model/channel.ts";
import { allowedHosts, matchesHost, reachHost } from "./reach.ts";
import type { Redact } from "./redactor.ts";
import type { TextCache } from "./text_cache.ts";

const TAG_BYTES = 10;

/** What an adapter may touch of the world while it works for one channel. */
export function createIo(
  { store, ports, config }: CoreContext,
  { adapter, channel, view, cache, redact }: {
    readonly adapter: AnyAdapter;
    readonly channel: Channel;
    readonly view: ChannelView<unknown>;
    readonly cache: TextCache;
    readonly redact: Redact;
  },
  signal: AbortSignal,
): Io {
  const hosts = [...adapter.hosts, ...adapter.configHosts?.(view.config) ?? []];
  const reach = { allowPrivateHosts: allowedHosts(config), resolve: ports.resolve };
  const purpose = `channel tag ${channel.id}`;
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
      if (!ports.platform.canConnect) {
        return { ok: false, reason: "This platform opens no connections to mail servers" };
      }
      const reached = await reachHost(reach, host, port);
      return reached.ok
        ? { ok: true, host, address: reached.value }
        : { ok: false, reason: reached.error };
    },
    publicUrl: (path) => config.url === null ? null : `${config.url}${path}`,
    signTag: async (text) => tagOf(await store.vault.mac(purpose, text)),
    async verifyTag(text, tag) {
      const macs = await store.vault.macs(purpose, text);
      return macs.some((mac) => equalText(tagOf(mac), tag.toLowerCase()));
    },
    ...config.smtpListen === null ? {} : { receiver: { domain: config.mailDomain } },
    ...config.smtpUrl !== null
      ? { systemMail: { url: config.smtpUrl } }
      : config.mailApi !== null
      ? { systemMail: { api: config.mailApi } }
      : {},
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

const ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

/** The first 80 bits of a MAC as 16 base32 characters: mail servers may change the case, so there is only one. */
function tagOf(mac: Uint8Array): string {
  let bits = 0;
  let value = 0;
  let tag = "";
  for (const byte of mac.subarray(0, TAG_BYTES)) {
    value = (value << 8) | byte;
    bits += 8;
    for (; bits >= 5; bits -= 5) tag += ALPHABET[(value >> (bits - 5)) & 31];
    value &= (1 << bits) - 1;
  }
  return tag;
}
