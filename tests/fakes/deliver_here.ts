/** A real SMTP server that puts what it takes into mailboxes of a real Dovecot, as a mailbox's own provider does. */
import type { SMTPServerOptions } from "smtp-server";
import type { Dovecot } from "./dovecot.ts";
import { type MailServer, openMailServer } from "./mail_server.ts";

export interface DeliverHereOptions {
  /** The mailbox of an address, by what stands before the "@"; null: refused with 550. */
  readonly mailboxOf: (local: string) => string | null;
  /** Where a mail is put; null: it is swallowed. */
  readonly folderOf?: (raw: string) => string | null;
  /** Who may send; absent: anybody, without signing in. */
  readonly login?: { readonly user: string; readonly password: string };
}

/** Opens it on a free port of 127.0.0.1; `await using` closes it. */
export async function deliverHere(
  dovecot: Dovecot,
  { mailboxOf, folderOf = () => "INBOX", login }: DeliverHereOptions,
): Promise<MailServer> {
  const options: SMTPServerOptions = {
    disabledCommands: login === undefined ? ["STARTTLS", "AUTH"] : ["STARTTLS"],
    ...login === undefined ? {} : { allowInsecureAuth: true },
    onAuth({ username, password }, _session, callback) {
      const isRight = username === login?.user && password === login?.password;
      if (isRight) return callback(null, { user: username });
      callback(Object.assign(new Error("5.7.8 Not accepted"), { responseCode: 535 }));
    },
    onRcptTo({ address }, _session, callback) {
      if (mailboxOf(localOf(address)) !== null) return callback();
      callback(Object.assign(new Error("5.1.1 No such mailbox"), { responseCode: 550 }));
    },
    onData(stream, session, callback) {
      const pieces: Uint8Array[] = [];
      stream.on("data", (piece: Uint8Array) => pieces.push(piece));
      stream.on("end", async () => {
        const raw = Buffer.concat(pieces).toString();
        const folder = folderOf(raw);
        for (const { address } of session.envelope.rcptTo) {
          const mailbox = mailboxOf(localOf(address));
          if (mailbox !== null && folder !== null) await dovecot.deliver(mailbox, raw, folder);
        }
        callback();
      });
    },
  };
  return await openMailServer(options);
}

function localOf(address: string): string {
  return address.slice(0, address.lastIndexOf("@"));
}
