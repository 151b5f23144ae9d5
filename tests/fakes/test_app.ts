/** The whole of Parley behind its HTTP apps, in process: a real core over an in-memory store, and people to ask as. */
import { chat } from "../../adapters/chat/mod.ts";
import { email } from "../../adapters/email/mod.ts";
import type { AnyAdapter } from "../../core/channel/mod.ts";
import { argon2id } from "../../core/access/argon2id.ts";
import { Passwords } from "../../core/access/mod.ts";
import { type Config, type Core, createCore, type Principal, readConfig } from "../../core/mod.ts";
import type { Role } from "../../core/model/user.ts";
import { createApi } from "../../routes/(_api)/mod.ts";
import type { State } from "../../routes/(_shared)/define.ts";
import { createGuard } from "../../routes/(_shared)/security.ts";
import { principalOf } from "../../routes/(_shared)/session.ts";
import { PASSWORD, valueOf } from "./access.ts";
import { type FakePorts, fakePorts } from "./ports.ts";
import { openTestStore } from "./store.ts";

export const BASE = "http://localhost:8000";
/** Set as PARLEY_API_TOKEN. */
export const API_TOKEN = "test-api-token-with-owner-rights";

/** Who sends a request; null sends no credentials. */
export type Sender = { readonly cookie: string } | { readonly bearer: string } | null;

export interface TestUser {
  readonly id: string;
  readonly email: string;
  readonly principal: Principal;
  readonly sender: Sender;
  /** The session's token. */
  readonly token: string;
}

export interface TestRequest {
  readonly method?: string;
  /** Sent as JSON. */
  readonly json?: unknown;
  readonly body?: BodyInit;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

export interface TestApp extends AsyncDisposable {
  readonly core: Core;
  readonly ports: FakePorts;
  readonly config: Config;
  /** Everything the API can do, as the owner. */
  readonly root: Principal;
  /** Sends a request through the guard and the API, as `main.ts` does. */
  fetch(path: string, sender: Sender, request?: TestRequest): Promise<Response>;
  /** Adds a user and signs them in. */
  addUser(role: Role, inboxIds?: readonly string[]): Promise<TestUser>;
  /** Runs the jobs that are due. */
  runJobs(): Promise<void>;
}

export interface TestAppOptions {
  /** Default: fake ones, whose clock stands still. */
  readonly ports?: FakePorts;
  /** Kinds of channels besides chat and email. */
  readonly adapters?: readonly AnyAdapter[];
}

/** Opens it; `await using app = await openTestApp()` closes it. */
export async function openTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const ports = options.ports ?? fakePorts();
  const { store } = await openTestStore({ ports });
  const config = valueOf(readConfig({ PARLEY_API_TOKEN: API_TOKEN, PARLEY_KV: ":memory:" }));
  const passwords = new Passwords(ports.random, argon2id, { memoryKiB: 8, passes: 1 });
  const core = createCore({
    store,
    ports,
    config,
    adapters: [chat, email, ...options.adapters ?? []],
    passwords,
  });
  await core.start();
  const api = createApi();
  const guard = createGuard({ config, log: ports.log });
  const root: Principal = { type: "token", id: "tok_root", name: "root", role: "owner" };
  let users = 0;

  return {
    core,
    ports,
    config,
    root,

    async fetch(path, sender, request = {}) {
      const req = new Request(BASE + path, initOf(sender, request));
      const url = new URL(req.url);
      const guarded = { req, url, socketAddress: "192.0.2.9", mode: "production" } as const;
      return await guard.run(guarded, async () => {
        const state: State = {
          core,
          config,
          principal: await principalOf(req.headers, core.access, config),
          remoteAddress: guard.remoteAddress(guarded),
          t0: ports.clock.now(),
        };
        return await api.fetch(req, state);
      });
    },

    async addUser(role, inboxIds = []) {
      const name = `User ${++users}`;
      const email = `user.${users}@parley.example`;
      const input = { name, email, role, password: PASSWORD, inboxIds };
      valueOf(await core.access.createUser(root, input));
      const credentials = { email, password: PASSWORD, userAgent: "test" };
      const signedIn = await core.access.signIn({ ...credentials, remoteAddress: "192.0.2.1" });
      const { token, principal } = valueOf(signedIn);
      if (principal.type !== "user") throw new Error("Cannot sign in a token");
      return { id: principal.user.id, email, principal, token, sender: { cookie: token } };
    },

    async runJobs() {
      while (await core.jobs.drain(100) > 0);
    },

    async [Symbol.asyncDispose]() {
      await core.stop();
    },
  };
}

function initOf(sender: Sender, { method, json, body, headers = {}, signal }: TestRequest) {
  const all = new Headers(headers);
  if (sender && "cookie" in sender) {
    if (!all.has("cookie")) all.set("cookie", `parley_session=${sender.cookie}`);
    if (!all.has("origin")) all.set("origin", BASE);
  } else if (sender) all.set("authorization", `Bearer ${sender.bearer}`);
  if (json !== undefined && !all.has("content-type")) all.set("content-type", "application/json");
  const sent = json === undefined ? body : JSON.stringify(json);
  return {
    method: method ?? (sent === undefined ? "GET" : "POST"),
    headers: all,
    ...(sent !== undefined && { body: sent }),
    ...(signal && { signal }),
  };
}
