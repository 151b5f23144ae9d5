/** A whole core in memory with one chat channel, and its visitor API to be called as over HTTP. */
import { chat } from "../../adapters/chat/mod.ts";
import { email } from "../../adapters/email/mod.ts";
import { type Core, createCore, type Principal, readConfig } from "../../core/mod.ts";
import { visitorApi } from "../../routes/(_visitor)/mod.ts";
import type { FakePorts } from "./ports.ts";
import { openTestStore } from "./store.ts";

export interface Call {
  readonly token?: string;
  readonly body?: unknown;
  readonly origin?: string;
  /** Address of the client. */
  readonly from?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly channelId?: string;
}
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // deno-lint-ignore no-explicit-any -- a test reads whatever JSON came
  readonly body: any;
}

export interface TestChat extends AsyncDisposable {
  readonly core: Core;
  readonly ports: FakePorts;
  readonly channelId: string;
  readonly inboxId: string;
  /** An API token with all rights, to act as the team. */
  readonly owner: Principal;
  /** Calls `/visitor/v1/<channel><path>`. */
  call(method: string, path: string, call?: Call): Promise<Answer>;
  /** The same, for what is not JSON. */
  fetch(method: string, path: string, call?: Call): Promise<Response>;
  /** Begins a session; gives its token. */
  visitor(call?: Call): Promise<string>;
  /** Gives the inbox a mailbox that sends nothing: answers could go by mail. */
  addMailbox(): Promise<void>;
  /** The team answers; resolves when the visitor can see it. */
  reply(conversationId: string, text: string): Promise<string>;
}

const OWNER: Principal = { type: "token", id: "tok_1", name: "Test", role: "owner" };

/** @param config of the chat channel. */
export async function openTestChat(config: Record<string, unknown> = {}): Promise<TestChat> {
  const test = await openTestStore();
  const { store, ports } = test;
  const environment = readConfig({ PARLEY_KV: ":memory:" });
  if (!environment.ok) throw new Error(environment.error.message);
  const core = createCore({ store, ports, config: environment.value, adapters: [chat, email] });
  await core.start();
  const inbox = await core.inboxes.create(OWNER, { name: "Inbox" });
  if (!inbox.ok) throw new Error(inbox.error.code);
  const inboxId = inbox.value.id;
  const channel = await core.channels.create(OWNER, {
    type: "chat",
    inboxId,
    name: "Website",
    config,
  });
  if (!channel.ok) throw new Error(JSON.stringify(channel.error));
  const channelId = channel.value.id;

  async function fetch(method: string, path: string, call: Call = {}): Promise<Response> {
    const { token, body, origin, from = "192.0.2.1" } = call;
    const isForm = body instanceof FormData;
    const request = new Request(
      `http://localhost/visitor/v1/${call.channelId ?? channelId}${path}`,
      {
        method,
        headers: {
          ...token !== undefined && { authorization: `Bearer ${token}` },
          ...origin !== undefined && { origin },
          ...body !== undefined && !isForm && { "content-type": "application/json" },
          ...call.headers,
        },
        ...body !== undefined && {
          body: isForm || typeof body === "string" ? body : JSON.stringify(body),
        },
      },
    );
    const state = {
      core,
      config: environment.ok ? environment.value : undefined,
      principal: null,
      remoteAddress: from,
      t0: 0,
    };
    return await visitorApi.fetch(request, state);
  }

  async function call(method: string, path: string, given: Call = {}): Promise<Answer> {
    const response = await fetch(method, path, given);
    const text = await response.text();
    const body = text === "" ? null : JSON.parse(text);
    return { status: response.status, headers: response.headers, body };
  }

  return {
    core,
    ports,
    channelId,
    inboxId,
    owner: OWNER,
    call,
    fetch,
    async visitor(given = {}) {
      const { status, body } = await call("POST", "/session", { body: {}, ...given });
      if (status !== 201) throw new Error(`Cannot begin a session: ${JSON.stringify(body)}`);
      return body.token;
    },
    async addMailbox() {
      const made = await core.channels.create(OWNER, {
        type: "email",
        inboxId,
        name: "Mail",
        config: {
          address: "support@veloce.example",
          inbound: { kind: "push", provider: "raw", secret: "secret-of-the-mailbox" },
          outbound: { kind: "system" },
        },
      });
      if (!made.ok) throw new Error(JSON.stringify(made.error));
    },
    async reply(conversationId, text) {
      const posted = await core.messages.post(OWNER, conversationId, { kind: "reply", text });
      if (!posted.ok) throw new Error(posted.error.code);
      const { id } = posted.value.message;
      const deadline = performance.now() + 5_000;
      while (performance.now() < deadline) {
        const found = await core.messages.get(OWNER, id);
        if (found.ok && ["sent", "delivered", "read"].includes(found.value.status)) return id;
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
      throw new Error("The reply was not sent in time");
    },
    async [Symbol.asyncDispose]() {
      await core.stop();
    },
  };
}
