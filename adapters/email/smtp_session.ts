import { Readable } from "node:stream";
import type SMTPConnection from "nodemailer/lib/smtp-connection";
import { sendXoauth2 } from "./oauth/mod.ts";
import { serverMessageId } from "./server_message_id.ts";
import type { SmtpServer } from "./smtp_server.ts";

/** Time limits of one conversation with a server, in ms. */
const CONNECT_TIMEOUT_MS = 15_000;
const IDLE_TIMEOUT_MS = 60_000;
const PIECE_BYTES = 65_536;

export interface Envelope {
  readonly from: string;
  readonly to: readonly string[];
}

/** Where a session goes: the server, its checked IP address, and the name given in EHLO. */
export interface SmtpTarget {
  readonly server: SmtpServer;
  /** Connected to; certificates are still checked against `server.host`. */
  readonly address: string;
  readonly ownName: string;
  /** In place of the server's password. */
  readonly accessToken?: string;
}

/** What happened to a mail that was handed to a server. */
export type Delivery =
  | {
    readonly kind: "accepted";
    /** nodemailer's result, which names those that were refused. */
    readonly info: unknown;
    /** The Message-ID the server gave it instead of ours, without brackets. */
    readonly serverMessageId: string | null;
  }
  /** `isHandedOver`: the whole mail had been written, so the server may have taken it. */
  | { readonly kind: "failed"; readonly error: unknown; readonly isHandedOver: boolean };

/** Hands one mail to a server, on a connection of its own. */
export async function deliverMail(
  target: SmtpTarget,
  mail: Uint8Array,
  envelope: Envelope,
  signal: AbortSignal,
): Promise<Delivery> {
  let isHandedOver = false;
  // Read only after the server asked for the mail, piece by piece: at its end, all of it is on its way.
  function* pieces() {
    for (let at = 0; at < mail.length; at += PIECE_BYTES) yield mail.subarray(at, at + PIECE_BYTES);
    isHandedOver = true;
  }
  try {
    const info = await withSession(
      target,
      signal,
      (connection) =>
        new Promise<Accepted>((resolve, reject) => {
          const stream = Readable.from(pieces(), { objectMode: false });
          const to = { from: envelope.from, to: [...envelope.to], size: mail.length };
          connection.send(to, stream, (error, info) => error ? reject(error) : resolve(info));
        }),
    );
    // Not nodemailer's reading: it knows the server by the address it connected to.
    const given = serverMessageId(info.response ?? "", target.server.host);
    return { kind: "accepted", info, serverMessageId: given };
  } catch (error) {
    return { kind: "failed", error, isHandedOver };
  }
}

interface Accepted {
  readonly response?: string | undefined;
}

/** Connects, encrypts and signs in, and leaves again. @throws what nodemailer throws */
export async function trySession(target: SmtpTarget, signal: AbortSignal): Promise<void> {
  await withSession(target, signal, () => Promise.resolve());
}

async function withSession<T>(
  target: SmtpTarget,
  signal: AbortSignal,
  use: (connection: SMTPConnection) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const { default: Connection } = await import("nodemailer/lib/smtp-connection");
  const connection = new Connection(optionsOf(target));
  const { server } = target;
  const { promise: broken, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });
  // Errors between and during commands; later ones change nothing, but must find a listener.
  connection.on("error", reject);
  try {
    const session = (async () => {
      await step((done) => connection.connect(done));
      if (server.user !== undefined) {
        const method = target.accessToken === undefined ? {} : { method: "XOAUTH2" };
        const pass = target.accessToken ?? server.password ?? "";
        await step((done) => connection.login({ user: server.user, pass, ...method }, done));
      }
      return await use(connection);
    })();
    const result = await Promise.race([session, broken]);
    connection.quit();
    return result;
  } finally {
    signal.removeEventListener("abort", onAbort);
    connection.close();
  }
}

function step(run: (done: (error?: Error | null) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => run((error) => error ? reject(error) : resolve()));
}

function optionsOf({ server, address, ownName }: SmtpTarget) {
  return {
    host: address,
    port: server.port,
    name: ownName,
    secure: server.security === "tls",
    requireTLS: server.security === "starttls",
    opportunisticTLS: server.security === "offered",
    ignoreTLS: server.security === "none",
    tls: { servername: server.host, ...server.ca === undefined ? {} : { ca: server.ca } },
    customAuth: { XOAUTH2: sendXoauth2 },
    connectionTimeout: CONNECT_TIMEOUT_MS,
    greetingTimeout: CONNECT_TIMEOUT_MS,
    socketTimeout: IDLE_TIMEOUT_MS,
    socketCloseTimeout: 0,
  };
}
