/** An API channel and its program on this machine: customers write through it, replies arrive at it. */
import { signParley } from "../../core/channel/mod.ts";
import type { ApiChannel } from "../../core/model/api.ts";
import type { TestWorkspace } from "./test_workspace.ts";

const SECRET = "secret of the tests' own program";

/** What arrived at the program: a reply as it left. */
export interface ArrivedMessage {
  readonly type: string;
  readonly text: string;
  readonly window?: string;
  readonly quickReplies?: readonly { readonly title: string; readonly payload: string }[];
  readonly template?: Readonly<Record<string, unknown>>;
}

export interface ProgramChannel extends AsyncDisposable {
  readonly channel: ApiChannel;
  /** Replies, in their order. */
  readonly arrived: readonly ArrivedMessage[];
  /** A customer's message, written some time ago. */
  write(name: string, text: string, agoMs?: number): Promise<void>;
  /** Any event of the API channel, of a customer by `name`. */
  tell(name: string, event: Readonly<Record<string, unknown>>): Promise<void>;
}

const TEMPLATES = [
  {
    name: "bike_ready",
    language: "en",
    body: "Hello {{1}}, your bike is ready. Come by until {{2}}.",
    values: 2,
  },
  { name: "still_open", language: "en", body: "May we write to you again?", values: 0 },
];

/** @param config settings of the channel besides its address and secret; `hasTemplates` has the program list some */
export async function openProgramChannel(
  { api, url, inboxId }: TestWorkspace,
  { name, hasTemplates = false, config }: {
    readonly name: string;
    readonly hasTemplates?: boolean;
    readonly config: Readonly<Record<string, unknown>>;
  },
): Promise<ProgramChannel> {
  const arrived: ArrivedMessage[] = [];
  const server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    async (request) => {
      if (request.method === "GET") return Response.json({ templates: TEMPLATES });
      const body: ArrivedMessage = await request.json();
      if (body.type !== "message") return Response.json({});
      arrived.push(body);
      return Response.json({ externalId: `p${arrived.length}`, status: "sent" });
    },
  );
  const address = `http://127.0.0.1:${server.addr.port}`;
  const channel = await api.call<ApiChannel>("/channels", {
    type: "api",
    inboxId,
    name,
    config: {
      url: address,
      secret: SECRET,
      ...config,
      ...hasTemplates && { templatesUrl: `${address}/templates` },
    },
  });
  let count = 0;

  async function deliver(event: Readonly<Record<string, unknown>>): Promise<void> {
    const body = new TextEncoder().encode(JSON.stringify({ events: [event] }));
    const response = await fetch(`${url}/hooks/${channel.id}`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "parley-signature": await signParley([SECRET], body, Date.now()),
      },
      body,
    });
    await response.body?.cancel();
    if (!response.ok) throw new Error(`The delivery was answered ${response.status}`);
  }

  const identities = (of: string) => [{ kind: "external", value: of, verified: true }];
  return {
    channel,
    arrived,
    write: (from, text, agoMs = 0) =>
      deliver({
        type: "message",
        externalId: `${name} ${++count}`,
        occurredAt: Date.now() - agoMs,
        direction: "in",
        sender: { identities: identities(from), name: from },
        hints: [{ by: "thread", threadKey: from, how: "their chat" }],
        parts: [{ kind: "text", text }],
      }),
    tell: (of, event) =>
      deliver({
        externalId: `${name} ${++count}`,
        occurredAt: Date.now(),
        ...event.type === "typing" ? { threadKey: of } : { identities: identities(of) },
        ...event,
      }),
    async [Symbol.asyncDispose]() {
      await server.shutdown();
    },
  };
}
