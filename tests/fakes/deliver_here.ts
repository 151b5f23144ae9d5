/** A real SMTP server that puts what it takes into mailboxes of a real Dovecot, as a mailbox's own provider does. */
import type { SMTPServerOptions } from "smtp-server";
import type { Dovecot } from "./dovecot.ts";
import { type MailServer, openMailServer, type ReceivedMail } from "./mail_server.ts";

export interface DeliverHereOptions {
  /** The mailbox of an address of the domain, by what stands before the "@"; null: refused with 550. */
  readonly mailboxOf: (local: string) => string | null;
  /** Where a mail is put; null: it is swallowed. */
  readonly folderOf?: (raw: string) => string | null | Promise<string>;
  /** Who may send; absent: anybody, without signing in. */
  readonly login?: { readonly user: string; readonly password: string };
  /** PEM: offers STARTTLS. */
  readonly certificate?: { readonly cert: string; readonly key: string };
}

/** The domain whose mail stays here. */
const DOMAIN = "@veloce.example";

/** Opens it on a free port of 127.0.0.1; `await using` closes it. Mail to other domains is kept in `received`. */
export async function deliverHere(
  dovecot: Dovecot,
  { mailboxOf, folderOf = () => "INBOX", login, certificate }: DeliverHereOptions,
): Promise<MailServer> {
  const received: ReceivedMail[] = [];
  const options: SMTPServerOptions = {
    disabledCommands: [
      ...certificate === undefined ? ["STARTTLS"] : [],
      ...login === undefined ? ["AUTH"] : [],
    ],
    ...certificate,
    ...login !== undefined && certificate === undefined ? { allowInsecureAuth: true } : {},
    onAuth({ username, password }, _session, callback) {
      const isRight = username === login?.user && password === login?.password;
      if (isRight) return callback(null, { user: username });
      callback(Object.assign(new Error("5.7.8 Not accepted"), { responseCode: 535 }));
    },
    onRcptTo({ address }, _session, callback) {
      if (!address.endsWith(DOMAIN) || mailboxOf(localOf(address)) !== null) return callback();
      callback(Object.assign(new Error("5.1.1 No such mailbox"), { responseCode: 550 }));
    },
    onData(stream, { envelope }, callback) {
      const pieces: Uint8Array[] = [];
      stream.on("data", (piece: Uint8Array) => pieces.push(piece));
      stream.on("end", async () => {
        const raw = new Uint8Array(Buffer.concat(pieces));
        const folder = await folderOf(new TextDecoder().decode(raw));
        const to = envelope.rcptTo.map(({ address }) => address);
        for (const address of to.filter((one) => one.endsWith(DOMAIN))) {
          const mailbox = mailboxOf(localOf(address));
          if (mailbox !== null && folder !== null) await dovecot.deliver(mailbox, raw, folder);
        }
        const outside = to.filter((one) => !one.endsWith(DOMAIN));
        const from = envelope.mailFrom ? envelope.mailFrom.address : "";
        if (outside.length > 0) received.push({ raw, from, to: outside });
        callback();
      });
    },
  };
  const server = await openMailServer(options);
  return { ...server, received, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

function localOf(address: string): string {
  return address.slice(0, address.lastIndexOf("@"));
}
