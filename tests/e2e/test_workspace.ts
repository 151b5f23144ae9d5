/** A running Parley with a team, as most scenarios need it. */
import type { ApiChannel, ApiInbox, ApiUser } from "../../core/model/api.ts";
import { SUPPORT } from "../fakes/dovecot.ts";
import { type ApiClient, createApiClient } from "./api_client.ts";
import { type RunningServer, startServer } from "./start_server.ts";

/** Everybody's. */
export const PASSWORD = "quattro-ruote-gialle";
export const TOKEN = "token-of-the-end-to-end-tests-0123456789";
const SECRET = "a secret of the end-to-end tests, 32 bytes and more";
/** Of the raw webhook of every mailbox. */
export const MAIL_SECRET = "secret-of-the-mail-server";

export interface TestWorkspace extends AsyncDisposable {
  /** The same before and after a restart. */
  readonly url: string;
  readonly api: ApiClient;
  readonly inboxId: string;
  /** The process that runs now. */
  server(): RunningServer;
  /** Ends the process, by the signal, and waits until it is gone. */
  stop(signal?: Deno.Signal): Promise<void>;
  /** Starts it anew on the same data and address. */
  start(): Promise<void>;
}

/** Starts a server whose owner is Nora Visser, `nora@veloce.example`, with one inbox "Support". */
export async function startWorkspace(
  env: Readonly<Record<string, string>> = {},
): Promise<TestWorkspace> {
  const data = await Deno.makeTempDir({ prefix: "parley-" });
  const start = (more: Readonly<Record<string, string>>) =>
    startServer({
      env: {
        PARLEY_DATA: data,
        PARLEY_SECRET: SECRET,
        PARLEY_API_TOKEN: TOKEN,
        PARLEY_ADMIN_EMAIL: "nora@veloce.example",
        PARLEY_ADMIN_PASSWORD: PASSWORD,
        PARLEY_ALLOW_PRIVATE_HOSTS: "1",
        ...env,
        ...more,
      },
    });
  let server = await start({});
  const { url } = server;
  const port = new URL(url).port;
  const api = createApiClient(url, TOKEN);
  const inboxes = await api.call<{ items: ApiInbox[] }>("/inboxes");
  const inboxId = inboxes.items[0]?.id;
  if (inboxId === undefined) throw new Error("The server started without an inbox");
  await api.call(`/inboxes/${inboxId}`, { name: "Support" }, "PATCH");
  const users = await api.call<{ items: ApiUser[] }>("/users");
  await api.call(`/users/${users.items[0]?.id}`, { name: "Nora Visser" }, "PATCH");
  const stop = async (signal: Deno.Signal = "SIGTERM") => {
    server.kill(signal);
    await server.ended;
  };
  return {
    url,
    api,
    inboxId,
    server: () => server,
    stop,
    async start() {
      server = await start({ PORT: port });
    },
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await Deno.remove(data, { recursive: true });
    },
  };
}

/** Adds a person who signs in with {@link PASSWORD}. */
export async function addUser(
  { api }: TestWorkspace,
  user: { name: string; email: string; role: "admin" | "agent" | "viewer"; inboxIds: string[] },
): Promise<ApiUser> {
  return await api.call<ApiUser>("/users", { ...user, password: PASSWORD });
}

/** A mailbox `support@veloce.example` whose replies leave by an SMTP server on this machine. */
export async function addMailbox(
  { api, inboxId }: TestWorkspace,
  smtpPort: number,
  options: { readonly inboxId?: string; readonly name?: string } = {},
): Promise<ApiChannel> {
  return await api.call<ApiChannel>("/channels", {
    type: "email",
    inboxId: options.inboxId ?? inboxId,
    name: options.name ?? "Support mail",
    config: {
      address: "support@veloce.example",
      fromName: "Veloce",
      inbound: { kind: "push", provider: "raw", secret: MAIL_SECRET },
      outbound: { kind: "smtp", host: "127.0.0.1", port: smtpPort, security: "none" },
    },
  });
}

/** A mailbox of the tests' Dovecot, fetched by IMAP. */
export async function addImapMailbox(
  { api, inboxId }: TestWorkspace,
  port: number,
  inbound: Readonly<Record<string, unknown>> = {},
): Promise<ApiChannel> {
  return await api.call<ApiChannel>("/channels", {
    type: "email",
    inboxId,
    name: "Support mail",
    config: {
      address: "support@veloce.example",
      inbound: {
        kind: "imap",
        host: "127.0.0.1",
        port,
        security: "none",
        user: SUPPORT.name,
        password: SUPPORT.password,
        ...inbound,
      },
      outbound: { kind: "smtp", host: "127.0.0.1", port: 9, security: "none" },
    },
  });
}

/** A chat for any site. */
export async function addChat(
  { api, inboxId }: TestWorkspace,
  options: { readonly inboxId?: string; readonly config?: Record<string, unknown> } = {},
): Promise<ApiChannel> {
  return await api.call<ApiChannel>("/channels", {
    type: "chat",
    inboxId: options.inboxId ?? inboxId,
    name: "Web chat",
    config: {
      title: "Veloce",
      sessionsPerHour: 1_000,
      messagesPerMinute: 10_000,
      ...options.config,
    },
  });
}
