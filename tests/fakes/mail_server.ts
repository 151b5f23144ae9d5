/** A real SMTP server on this machine that keeps what it is sent, as the customers' side of a conversation by mail. */
import { once } from "node:events";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";

/** A mail as it arrived. */
export interface ReceivedMail {
  readonly raw: Uint8Array<ArrayBuffer>;
  /** Of the envelope. */
  readonly from: string;
  readonly to: readonly string[];
}

export interface MailServer extends AsyncDisposable {
  readonly port: number;
  /** Oldest first. */
  readonly received: readonly ReceivedMail[];
}

/**
 * Opens it on a free port of 127.0.0.1, without encryption or sign-in unless `options` say so;
 * `await using server = await openMailServer()` closes it.
 */
export async function openMailServer(options: SMTPServerOptions = {}): Promise<MailServer> {
  const received: ReceivedMail[] = [];
  const server = new SMTPServer({
    disabledCommands: ["STARTTLS", "AUTH"],
    disableReverseLookup: true,
    closeTimeout: 100,
    onData(stream, session, callback) {
      const pieces: Uint8Array[] = [];
      stream.on("data", (piece: Uint8Array) => pieces.push(piece));
      stream.on("end", () => {
        const { mailFrom, rcptTo } = session.envelope;
        received.push({
          raw: new Uint8Array(Buffer.concat(pieces)),
          from: mailFrom ? mailFrom.address : "",
          to: rcptTo.map(({ address }) => address),
        });
        callback();
      });
    },
    ...options,
  });
  // A broken connection is an event; without a listener it would end the process.
  server.on("error", () => {});
  server.listen(0, "127.0.0.1");
  await once(server.server, "listening");
  const address = server.server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : 0,
    received,
    async [Symbol.asyncDispose]() {
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
