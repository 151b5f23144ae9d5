/** What tests of the adapter stand on: a Page of the stand-in for Meta, and an `Io` that reaches it over HTTP. */
import { fetchFile } from "../../../core/channels/fetch_file.ts";
import { fetchAt } from "../../../core/platform/fetch_at.ts";
import { type ChannelView, err, type Io, type OutboundPart } from "../../../core/channel/mod.ts";
import type { GraphPage } from "./graph_page.ts";
import { type GraphServer, openGraphServer } from "./graph_server.ts";
import { MessengerConfig } from "../../../adapters/messenger/config.ts";

/** The clock of these tests: 2 March 2026, 12:00 UTC. */
export const NOW = Date.UTC(2026, 2, 2, 12);

export interface FakePage extends AsyncDisposable {
  readonly graph: GraphServer;
  readonly page: GraphPage;
  readonly channel: ChannelView<MessengerConfig>;
  readonly io: Io;
  /** A message to somebody of the Page. */
  part(psid: string, more?: Partial<OutboundPart>): OutboundPart;
}

/** Opens it; `await using` closes it. */
export function openFakePage(config: Partial<MessengerConfig> = {}): FakePage {
  const graph = openGraphServer({ now: () => NOW });
  const page = graph.addPage("Veloce");
  const { appId, appSecret, verifyToken } = graph;
  const signal = new AbortController().signal;
  const channel: ChannelView<MessengerConfig> = {
    id: "chn_page",
    name: "Veloce",
    config: MessengerConfig.parse({ pageId: page.id, pageAccessToken: page.token, ...config }),
    app: { id: "app_1", kind: "meta", config: { appId, appSecret, verifyToken } },
  };
  const reach = {
    allowPrivateHosts: "all",
    resolve: () => Promise.resolve(["127.0.0.1"]),
    fetchAt,
  } as const;
  const io: Io = {
    fetch,
    fetchFile: (url, secretHeaders = {}) =>
      fetchFile(reach, url, { secretHeaders, signal, now: NOW }),
    dns: () => Promise.resolve(err("not_found")),
    now: () => NOW,
    random: { bytes: (length) => new Uint8Array(length).fill(7) },
    log: () => {},
    signal,
    cached: (_key, _forMs, get) => get(),
    connect: () => Promise.resolve({ ok: false, reason: "There are no sockets here" }),
    accessToken: () => Promise.reject(new Error("A Page has a token of its own")),
    baseUrl: () => graph.url,
    publicUrl: (path) => `http://127.0.0.1:9${path}`,
    signTag: () => Promise.resolve("tag"),
    verifyTag: () => Promise.resolve(true),
  };
  return {
    graph,
    page,
    channel,
    io,
    part: (psid, more = {}) => ({
      outboxId: "msg_01",
      conversationId: "cnv_01",
      conversationNumber: 1,
      createdAt: NOW,
      index: 0,
      recipient: {
        contactId: "con_01",
        name: "Ana",
        identities: [{ kind: "psid", value: `${page.id}:${psid}` }],
      },
      authorName: "Nora Visser",
      text: "We are on it",
      attachments: [],
      window: "open",
      ...more,
    }),
    [Symbol.asyncDispose]: () => graph[Symbol.asyncDispose](),
  };
}

/** A file to send. */
export function fileOf(
  name: string,
  type: string,
  text: string,
): OutboundPart["attachments"][number] {
  const bytes = new TextEncoder().encode(text);
  return {
    id: "att_01",
    name,
    type,
    size: bytes.length,
    bytes: () => Promise.resolve(bytes),
    publicUrl: () => Promise.resolve(null),
  };
}
