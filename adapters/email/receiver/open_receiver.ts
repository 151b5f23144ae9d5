import type { SMTPServer, SMTPServerOptions, SMTPServerSession } from "smtp-server";
import type { ListenDesk, Listening, ListenOptions } from "../../../core/channel/mod.ts";
import { isAddress } from "../mail_addresses.ts";
import { SenderCheck } from "./check_sender.ts";
import { PeerCounts, type PeerLimits, peerOf } from "./peer_limits.ts";
import { isLooping, type ReadBudget, readData } from "./read_data.ts";
import { SmtpRefusal } from "./smtp_refusal.ts";

/** What the receiver allows. Times in ms. */
export interface ReceiverLimits extends PeerLimits {
  readonly maxBytes: number;
  /** Of all addresses together. */
  readonly allConnections: number;
  /** Bytes of mails in the middle of being read. */
  readonly bytesAtOnce: number;
  readonly recipients: number;
  /** Recipients nobody knows, in one connection. */
  readonly wrongRecipients: number;
  /** Without a byte from the sender. */
  readonly idleMs: number;
  /** From the first to the last word: who sends a byte now and then must end too. */
  readonly sessionMs: number;
}

const MIB = 1024 * 1024;
export const RECEIVER_LIMITS: ReceiverLimits = {
  maxBytes: 25 * MIB,
  allConnections: 200,
  bytesAtOnce: 128 * MIB,
  recipients: 100,
  wrongRecipients: 10,
  idleMs: 60_000,
  sessionMs: 15 * 60_000,
  connections: 20,
  connectionsPerMinute: 120,
  mailsPerMinute: 300,
};
/** Ends what is left of open connections when it closes, in ms. */
const CLOSE_TIMEOUT_MS = 1_000;

/** What is known of a connection beside its SMTP session. */
interface Guest {
  readonly peer: string;
  wrongRecipients: number;
  /** Of the mail that is being announced: its recipients and whose they are. */
  readonly recipients: Map<string, readonly string[]>;
  cancelDeadline(): void;
}

/**
 * Opens the SMTP server that takes mail for our own addresses and for nobody else's. A mail is answered with 250 once it
 * is stored; where it cannot be stored now, with a 4xx code, so that its sender tries again.
 * @throws Error when it cannot listen there
 */
export async function openReceiver(
  desk: ListenDesk,
  options: ListenOptions,
  limits: ReceiverLimits = RECEIVER_LIMITS,
): Promise<Listening> {
  const { SMTPServer } = await import("smtp-server");
  const counts = new PeerCounts(limits, () => desk.clock.now());
  const guests = new Map<string, Guest>();
  const sockets = new Set<{ destroy(): void }>();
  const senders = new SenderCheck(desk, options.ownName);
  const budget: ReadBudget = { bytesLeft: limits.bytesAtOnce };

  const server: SMTPServer = new SMTPServer({
    ...baseOptions(options, limits),

    onConnect(session, callback) {
      const peer = peerOf(session.remoteAddress);
      if (!counts.enter(peer)) {
        return callback(new SmtpRefusal(421, "4.7.0 Too many connections: try again later"));
      }
      const cancelDeadline = desk.alarm(desk.clock.now() + limits.sessionMs, () => end(session));
      guests.set(session.id, { peer, wrongRecipients: 0, recipients: new Map(), cancelDeadline });
      callback();
    },

    onClose({ id }) {
      const guest = guests.get(id);
      if (guest === undefined) return;
      guests.delete(id);
      guest.cancelDeadline();
      counts.leave(guest.peer);
    },

    onMailFrom(_address, session, callback) {
      const guest = guests.get(session.id);
      guest?.recipients.clear();
      const isAllowed = guest !== undefined && counts.beginMail(guest.peer);
      callback(
        isAllowed ? null : new SmtpRefusal(451, "4.7.0 Too many mails: try again in a minute"),
      );
    },

    onRcptTo({ address }, session, callback) {
      const guest = guests.get(session.id);
      checkRecipient(guest, address).then(() => callback(), (error) => {
        callback(refusalOf(error));
        if (guest !== undefined && guest.wrongRecipients >= limits.wrongRecipients) end(session);
      });
    },

    onData(stream, session, callback) {
      readData(stream, limits.maxBytes, budget)
        .then((mail) => take(session, mail))
        .then(() => callback(null, "2.6.0 Stored"), (error) => callback(refusalOf(error)));
    },
  });
  // A failed handshake or a broken connection is an event: without a listener it would end the process.
  server.on("error", (error) => desk.log("debug", "smtp connection broke", codeOf(error)));
  server.server.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });

  async function checkRecipient(guest: Guest | undefined, given: string): Promise<void> {
    const address = given.toLowerCase();
    if (guest === undefined) throw new SmtpRefusal(421, "4.3.2 Closing");
    if (guest.recipients.size >= limits.recipients) {
      throw new SmtpRefusal(452, "4.5.3 Too many recipients");
    }
    const channels = isAddress(address) ? await desk.findChannels(address) : [];
    if (channels.length === 0) {
      guest.wrongRecipients++;
      throw new SmtpRefusal(550, "5.1.1 No such address here");
    }
    guest.recipients.set(given, channels);
  }

  async function take(session: SMTPServerSession, mail: Uint8Array<ArrayBuffer>): Promise<void> {
    if (isLooping(mail)) throw new SmtpRefusal(554, "5.4.6 Passed on too often");
    const recipients = guests.get(session.id)?.recipients ?? new Map<string, readonly string[]>();
    const { mailFrom, rcptTo } = session.envelope;
    const client = {
      address: session.remoteAddress,
      name: String(session.hostNameAppearsAs || ""),
      envelopeFrom: mailFrom === false ? "" : mailFrom.address,
    };
    // Now, while its sender waits, and once: the journal keeps what was found, so that the mail reads the same for ever.
    const results = await senders.check(mail, client);
    for (const [channelId, addresses] of byChannel(rcptTo, recipients)) {
      const taken = await desk.take([channelId], {
        contentType: "message/rfc822",
        headers: {
          "parley-envelope-from": client.envelopeFrom,
          "parley-envelope-to": addresses.join(", "),
          "parley-client-address": client.address,
          "parley-client-name": client.name,
          "parley-client-tls": session.secure ? "yes" : "no",
          ...results === null ? {} : { "parley-authentication-results": results },
        },
        body: mail,
        receivedAt: desk.clock.now(),
      });
      if (taken === "too_large") throw new SmtpRefusal(552, "5.3.4 Too large to be stored");
      if (taken === "over_quota") {
        throw new SmtpRefusal(452, "4.2.2 The mailbox has taken its share of today");
      }
    }
  }

  /** Ends a session from our side, in the middle of a command or not. */
  function end({ id }: SMTPServerSession): void {
    for (const connection of server.connections) {
      if (connection.session.id === id) connection.send(421, "4.7.0 Closing the connection");
    }
  }

  function refusalOf(error: unknown): SmtpRefusal {
    if (error instanceof SmtpRefusal) return error;
    desk.log("warn", "mail not taken", codeOf(error));
    return new SmtpRefusal(451, "4.3.0 It cannot be stored now: try again later");
  }

  const port = await listen(server, options);
  return {
    port,
    async close() {
      await new Promise<void>((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      for (const { cancelDeadline } of guests.values()) cancelDeadline();
    },
  };
}

function baseOptions(
  { ownName, certificate }: ListenOptions,
  limits: ReceiverLimits,
): SMTPServerOptions {
  return {
    name: ownName,
    size: limits.maxBytes,
    maxClients: limits.allConnections,
    socketTimeout: limits.idleMs,
    closeTimeout: CLOSE_TIMEOUT_MS,
    disableReverseLookup: true,
    logger: false,
    // Nobody signs in here, and nobody is told which addresses there are.
    disabledCommands: ["AUTH", "VRFY", ...certificate === null ? ["STARTTLS"] : []],
    ...certificate === null ? {} : { cert: certificate.cert, key: certificate.key },
  };
}

/** The recipients of a mail, by the channels they belong to. */
function byChannel(
  rcptTo: readonly { readonly address: string }[],
  known: ReadonlyMap<string, readonly string[]>,
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { address } of rcptTo) {
    for (const channelId of known.get(address) ?? []) {
      found.set(channelId, [...found.get(channelId) ?? [], address]);
    }
  }
  return found;
}

function listen(server: SMTPServer, { hostname, port }: ListenOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    server.server.once("error", reject);
    server.listen(port, hostname, () => {
      server.server.off("error", reject);
      const address = server.server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}

/** What may be logged of an error: never what a stranger wrote. */
function codeOf(error: unknown): { readonly code: string } {
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : null;
  return {
    code: typeof code === "string" ? code : error instanceof Error ? error.name : "unknown",
  };
}
