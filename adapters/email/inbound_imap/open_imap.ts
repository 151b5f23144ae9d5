import {
  type ChannelView,
  err,
  type Io,
  isPrivateAddress,
  ok,
  type PollError,
  type Result,
} from "../../../core/channel/mod.ts";
import type { ImapFlow } from "imapflow";
import { withAccessToken } from "../oauth/mod.ts";
import { imapError } from "./imap_error.ts";
import type { ImapInbound } from "./imap_inbound.ts";

const CONNECT_TIMEOUT_MS = 20_000;
/** Longer than the pause between two polls, so that only a dead connection is taken for one. */
const SOCKET_TIMEOUT_MS = 90_000;
/** Networks forget silent connections after ten minutes. */
const MAX_IDLE_MS = 9 * 60_000;
/** Above the largest mail that is fetched whole. */
const MAX_LITERAL_BYTES = 32 << 20;
const MAX_LINE_BYTES = 16 << 20;

/** What a connection needs of a mailbox's settings. */
export type ImapServer = Pick<
  ImapInbound,
  "host" | "port" | "security" | "user" | "password" | "signIn" | "ca"
>;

/** Connects, encrypts and signs in. The caller closes the client. */
export async function openImap(
  channel: Pick<ChannelView<unknown>, "id">,
  server: ImapServer,
  io: Io,
): Promise<Result<ImapFlow, PollError>> {
  const reached = await io.connect(server.host, server.port);
  if (!reached.ok) return err({ code: "config", message: reached.reason });
  const { address } = reached;
  if (server.security === "none" && !isPrivateAddress(address)) {
    const message = "Without encryption the password could be read on its way: choose TLS.";
    return err({ code: "config", message });
  }
  return server.signIn === "oauth"
    ? await withAccessToken(io, (accessToken) => connect({ accessToken }), (error) => error)
    : await connect({ pass: server.password ?? "" });

  async function connect(
    secret: { readonly accessToken: string } | { readonly pass: string },
  ): Promise<Result<ImapFlow, PollError>> {
    const client = await makeClient(channel.id, server, address, secret);
    const onAbort = () => client.close();
    io.signal.addEventListener("abort", onAbort, { once: true });
    try {
      io.signal.throwIfAborted();
      await client.connect();
      return ok(client);
    } catch (error) {
      client.close();
      return err(imapError(error, server.signIn));
    } finally {
      io.signal.removeEventListener("abort", onAbort);
    }
  }
}

async function makeClient(
  id: string,
  { host, port, security, user, ca }: ImapServer,
  address: string,
  secret: { readonly accessToken: string } | { readonly pass: string },
): Promise<ImapFlow> {
  const { ImapFlow } = await import("imapflow");
  const client = new ImapFlow({
    id,
    host: address,
    servername: host,
    port,
    secure: security === "tls",
    doSTARTTLS: security === "starttls",
    tls: { servername: host, ...ca === undefined ? {} : { ca } },
    auth: { user, ...secret },
    clientInfo: { name: "Parley" },
    logger: false,
    disableAutoIdle: true,
    maxIdleTime: MAX_IDLE_MS,
    connectionTimeout: CONNECT_TIMEOUT_MS,
    greetingTimeout: CONNECT_TIMEOUT_MS,
    socketTimeout: SOCKET_TIMEOUT_MS,
    maxLiteralSize: MAX_LITERAL_BYTES,
    maxResponseSize: 2 * MAX_LITERAL_BYTES,
    maxLineLength: MAX_LINE_BYTES,
  });
  // A broken connection also rejects the command that runs; without a listener it would end the process.
  client.on("error", () => {});
  return client;
}
