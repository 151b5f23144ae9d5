/** A Page connected to a whole core: the stand-in for Meta delivers over HTTP, and is called over HTTP. */
import { messenger } from "../../adapters/messenger/mod.ts";
import { fetchAt } from "../../core/platform/fetch_at.ts";
import { type Principal, readConfig } from "../../core/mod.ts";
import type { Conversation } from "../../core/model/conversation.ts";
import type { Message } from "../../core/model/message.ts";
import { keys } from "../../core/store/mod.ts";
import { hooks } from "../../routes/(_hooks)/mod.ts";
import { valueOf } from "../fakes/access.ts";
import type { Delivered, DeliverOptions } from "../fakes/messenger/deliveries.ts";
import type { GraphPage } from "../fakes/messenger/graph_page.ts";
import { type GraphServer, openGraphServer } from "../fakes/messenger/graph_server.ts";
import { TEST_NOW } from "../fakes/ports.ts";
import { openTestInbox, type TestInbox } from "../fakes/test_inbox.ts";

export const ROOT: Principal = { type: "token", id: "tok_root", name: "Root", role: "owner" };

export interface MessengerWorld extends AsyncDisposable {
  readonly graph: GraphServer;
  readonly page: GraphPage;
  readonly inbox: TestInbox;
  readonly appId: string;
  readonly channelId: string;
  /** Where the app's deliveries come. */
  readonly hook: string;
  /** Connects another Page of the same app. */
  connect(page: GraphPage, config?: Readonly<Record<string, unknown>>): Promise<string>;
  /** Everything on its way comes in and is worked off, what follows from it too. */
  deliver(options?: DeliverOptions): Promise<readonly Delivered[]>;
  /** All of the channel, oldest first. */
  conversations(channelId?: string): Promise<readonly Conversation[]>;
  /** The only conversation, and its messages without notes of what happened. */
  thread(): Promise<readonly Message[]>;
}

export interface MessengerWorldOptions {
  /** Settings of the channel besides the Page and its token; instant replies are off. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** The Page is there, and no channel has it yet. */
  readonly isUnconnected?: boolean;
}

/** Opens it; `await using` closes it. */
export async function openMessengerWorld(
  { config = {}, isUnconnected = false }: MessengerWorldOptions = {},
): Promise<MessengerWorld> {
  let now = (): number => TEST_NOW;
  const graph = openGraphServer({ now: () => now() });
  // Each of the two has to know where the other is.
  let answer = (_request: Request): Response | Promise<Response> =>
    new Response(null, { status: 503 });
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    (request) => answer(request),
  );
  const origin = `http://127.0.0.1:${server.addr.port}`;
  const env = { PARLEY_GRAPH_URL: graph.url, PARLEY_URL: origin };
  const inbox = await openTestInbox({ adapters: [messenger], env, ports: { fetchAt } });
  const { core, store, ports, inboxId } = inbox;
  now = () => ports.clock.now();
  const state = {
    core,
    config: valueOf(readConfig({ PARLEY_KV: ":memory:", ...env })),
    principal: null,
    remoteAddress: "127.0.0.1",
    t0: TEST_NOW,
  };
  answer = (request) => hooks.fetch(request, state);
  const { appId: metaId, appSecret, verifyToken } = graph;
  const app = valueOf(
    await core.apps.create(ROOT, {
      adapter: "meta",
      name: "Veloce",
      config: { appId: metaId, appSecret, verifyToken },
    }),
  );
  const page = graph.addPage("Veloce");

  async function connect(
    { id, token, name }: GraphPage,
    more: Readonly<Record<string, unknown>> = {},
  ): Promise<string> {
    const channel = valueOf(
      await core.channels.create(ROOT, {
        type: "messenger",
        inboxId,
        name,
        appId: app.id,
        config: { pageId: id, pageAccessToken: token, ...more },
      }),
    );
    await inbox.runJobs();
    return channel.id;
  }

  const channelId = isUnconnected
    ? ""
    : await connect(page, { isInstantReplyOn: false, ...config });
  const hook = `${origin}/hooks/app/${app.id}`;
  async function conversations(of = channelId): Promise<readonly Conversation[]> {
    const all = await Array.fromAsync(store.list(keys.conversations()));
    return all.map(({ value }) => value).filter((one) => one.channelId === of)
      .sort((a, b) => a.number - b.number);
  }

  return {
    graph,
    page,
    inbox,
    appId: app.id,
    channelId,
    hook,
    connect,

    async deliver(options = {}) {
      const delivered = await graph.deliver(hook, options);
      await inbox.runJobs();
      return delivered;
    },

    conversations,

    async thread() {
      const [conversation] = await conversations();
      if (conversation === undefined) return [];
      return (await inbox.thread(conversation.id)).filter(({ kind }) => kind !== "event");
    },

    async [Symbol.asyncDispose]() {
      await inbox[Symbol.asyncDispose]();
      await server.shutdown();
      await graph[Symbol.asyncDispose]();
    },
  };
}
