import { Readable } from "node:stream";
import type { SmtpServer } from "./smtp_server.ts";

/** Time limits of one conversation with a server, in ms. */
const CONNECT_TIMEOUT_MS = 15_000;
const IDLE_TIMEOUT_MS = 60_000;
const PIECE_BYTES = 65_536;

export interface Envelope {
  readonly from: string;
  readonly to: readonly string[];
}

/** What happened to a mail that was handed to a server. */
export type Delivery =
  | {
    readonly kind: "accepted";
    readonly rejected: readonly string[];
    /** The Message-ID the server gave it instead of ours, without brackets. */
    readonly serverMessageId: string | null;
  }
  /** `isHandedOver`: the whole mail had been written, so the server may have taken it. */
  | { readonly kind: "failed"; readonly error: unknown; readonly isHandedOver: boolean };

/** One connection to a mail server for one mail. */
export interface SmtpTransport {
  deliver(mail: Uint8Array, envelope: Envelope, signal: AbortSignal): Promise<Delivery>;
  /** Connects and signs in. @throws what nodemailer throws */
  verify(): Promise<void>;
}

/**
 * @param address the checked IP address of `server.host`; certificates are still checked against the name
 * @param ownName the name given in EHLO
 */
export async function createSmtpTransport(
  server: SmtpServer,
  address: string,
  ownName: string,
): Promise<SmtpTransport> {
  const { createTransport } = await import("nodemailer");
  const transport = createTransport({
    host: address,
    port: server.port,
    name: ownName,
    secure: server.security === "tls",
    requireTLS: server.security === "starttls",
    opportunisticTLS: server.security === "offered",
    ignoreTLS: server.security === "none",
    tls: { servername: server.host },
    ...server.user === undefined
      ? {}
      : { auth: { user: server.user, pass: server.password ?? "" }, forceAuth: true },
    connectionTimeout: CONNECT_TIMEOUT_MS,
    greetingTimeout: CONNECT_TIMEOUT_MS,
    socketTimeout: IDLE_TIMEOUT_MS,
    socketCloseTimeout: 0,
    disableFileAccess: true,
    disableUrlAccess: true,
  });

  return {
    async verify() {
      await transport.verify();
    },
    async deliver(mail, envelope, signal) {
      let isHandedOver = false;
      function* pieces() {
        for (let at = 0; at < mail.length; at += PIECE_BYTES) {
          yield mail.subarray(at, at + PIECE_BYTES);
        }
        isHandedOver = true;
      }
      try {
        const info = await transport.sendMail({
          envelope: { from: envelope.from, to: [...envelope.to] },
          raw: Readable.from(pieces(), { objectMode: false }),
          signal,
        });
        const serverMessageId = info.serverMessageId?.replace(/[<>\s]/g, "") ?? null;
        return { kind: "accepted", rejected: info.rejected.map(String), serverMessageId };
      } catch (error) {
        return { kind: "failed", error, isHandedOver };
      }
    },
  };
}
