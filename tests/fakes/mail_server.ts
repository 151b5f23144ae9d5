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

/** What the server does with the mails that come next. */
export type Mood =
  | { readonly kind: "takes" }
  /** Answers RCPT TO so: 550 and `5.1.1 No such mailbox`. */
  | { readonly kind: "refuses"; readonly code: number; readonly message: string }
  /** Reads the whole mail, keeps it, and drops the connection without an answer. */
  | { readonly kind: "drops" };

export interface MailServer extends AsyncDisposable {
  readonly port: number;
  /** Oldest first. */
  readonly received: readonly ReceivedMail[];
  /** "takes" at first. */
  mood: Mood;
  /** Whom it refuses whatever its mood: the code and words for an address, or null. */
  refuse: (address: string) => readonly [code: number, message: string] | null;
}

/**
 * Opens it on a free port of 127.0.0.1, without encryption or sign-in unless `options` say so;
 * `await using server = await openMailServer()` closes it.
 */
export async function openMailServer(options: SMTPServerOptions = {}): Promise<MailServer> {
  const received: ReceivedMail[] = [];
  let mood: Mood = { kind: "takes" };
  let refuse: MailServer["refuse"] = () => null;
  const server = new SMTPServer({
    disabledCommands: ["STARTTLS", "AUTH"],
    disableReverseLookup: true,
    closeTimeout: 100,
    onRcptTo({ address }, _session, callback) {
      const answer = mood.kind === "refuses" ? [mood.code, mood.message] as const : refuse(address);
      if (answer === null) return callback();
      const [responseCode, message] = answer;
      callback(Object.assign(new Error(message), { responseCode }));
    },
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
        if (mood.kind === "drops") return dropConnections(server);
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
    get mood() {
      return mood;
    },
    set mood(next) {
      mood = next;
    },
    get refuse() {
      return refuse;
    },
    set refuse(next) {
      refuse = next;
    },
    async [Symbol.asyncDispose]() {
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/**
 * Options of a server that lets in who has a good access token (AUTH XOAUTH2).
 * @param accountOf whose token it is; null when it is not good
 * @param refuses by a challenge, as Google and Microsoft do, which the client answers with an empty line; or at once
 */
export function signInByToken(
  accountOf: (token: string) => string | null,
  refuses: "by_challenge" | "at_once" = "by_challenge",
): SMTPServerOptions {
  return {
    disabledCommands: ["STARTTLS"],
    authMethods: ["XOAUTH2"],
    allowInsecureAuth: true,
    onAuth({ username = "", accessToken = "" }, _session, callback) {
      if (accountOf(accessToken) === username) return callback(null, { user: username });
      if (refuses === "at_once") return callback(new Error("5.7.8 Not with this token"));
      callback(null, { data: { status: "401", schemes: "bearer" } });
    },
  };
}

function dropConnections(server: SMTPServer): void {
  // The library's own set of open connections is in no type.
  const { connections } = server as unknown as {
    readonly connections: Iterable<{ readonly _socket: { destroy(): void } }>;
  };
  for (const connection of connections) connection._socket.destroy();
}
