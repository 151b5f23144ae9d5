import type { ChannelView, Io, SetupAsk, SetupNews, SetupStep } from "../../../core/channel/mod.ts";
import type { EmailConfig } from "../config.ts";
import { pushGuide } from "../inbound_push/mod.ts";
import { imapError, type ImapInbound, openImap } from "../inbound_imap/mod.ts";
import { forwardAddress } from "../receiver/mod.ts";
import { domainOf } from "../send_mail.ts";
import { signInHelp } from "../suggest/mod.ts";
import type { Arrivals } from "./arrivals.ts";
import { ENCRYPTION } from "./encryption.ts";
import { watchMailbox } from "./watch_mailbox.ts";

/** Tries how mail comes in. @returns where test mails can be looked for; null when nothing can come in */
export async function* testReading(
  channel: ChannelView<EmailConfig>,
  io: Io,
  ask: SetupAsk,
): AsyncGenerator<SetupNews, Arrivals | null> {
  const { inbound } = channel.config;
  if (inbound.kind === "imap") return yield* testMailbox(channel, inbound, io, ask);
  const step = inbound.kind === "receiver" ? await testReceiver(channel, io) : guide(channel, io);
  if (step !== null) yield { kind: "ended", step };
  if (step?.ok === false) return null;
  const advice = inbound.kind === "push"
    ? "Set up there that mail is posted here, then test again."
    : "Set up there that mail is forwarded here, then test again.";
  return viaJournal(ask, advice);
}

const SIGN_IN = "Sign in to read";

async function* testMailbox(
  channel: ChannelView<EmailConfig>,
  inbound: ImapInbound,
  io: Io,
  ask: SetupAsk,
): AsyncGenerator<SetupNews, Arrivals | null> {
  yield { kind: "begins", title: SIGN_IN };
  const opened = await openImap(channel, inbound, io);
  if (!opened.ok) {
    yield { kind: "ended", step: refused(opened.error, inbound, channel) };
    return null;
  }
  const client = opened.value;
  try {
    const mailbox = await client.mailboxOpen(inbound.folder, { readOnly: true });
    const { exists } = mailbox;
    const count = exists === 1 ? "1 mail" : `${exists.toLocaleString("en")} mails`;
    const detail = `${count} in ${inbound.folder}. ${ENCRYPTION[inbound.security]}`;
    yield { kind: "ended", step: { title: SIGN_IN, ok: true, detail } };
    if (inbound.afterwards !== "move" && inbound.afterwards !== "delete") {
      return watchMailbox(client, mailbox, io);
    }
    // A test mail may be gone from the folder before anybody looks.
    client.close();
    return viaJournal(ask, "It may be late: test again.");
  } catch (error) {
    client.close();
    yield { kind: "ended", step: { title: SIGN_IN, ok: true, detail: "" } };
    const title = `Open the folder ${inbound.folder}`;
    const step = { title, ok: false, detail: inWords(imapError(error)) };
    yield { kind: "ended", step };
    return null;
  }
}

function refused(
  error: { readonly code: string; readonly message: string; readonly provider?: string },
  server: ImapInbound,
  channel: ChannelView<EmailConfig>,
): SetupStep {
  const step = { title: SIGN_IN, ok: false, detail: inWords(error) };
  // Nobody types a password where Google or Microsoft is asked.
  if (error.code !== "unauthorized" || server.signIn === "oauth") return step;
  const help = signInHelp(server);
  return {
    ...step,
    ...help === null ? {} : { help },
    asks: sharesPassword(channel.config)
      ? { label: "Password", paths: ["inbound.password", "outbound.password"] }
      : { label: "Password for reading", paths: ["inbound.password"] },
  };
}

/** One password for both ways, as most providers have it: it is corrected once. */
export function sharesPassword({ inbound, outbound }: EmailConfig): boolean {
  return inbound.kind === "imap" && outbound.kind === "smtp" && inbound.password !== undefined &&
    inbound.password === outbound.password;
}

function inWords({ message, provider }: { message: string; provider?: string }): string {
  return provider === undefined ? message : `${message} It said: ${provider}`;
}

/** Where a provider's deliveries are to be posted. */
function guide(channel: ChannelView<EmailConfig>, io: Io): SetupStep | null {
  const path = `/hooks/${channel.id}`;
  const words = pushGuide(channel, io.publicUrl(path) ?? path);
  return words === null ? null : { title: "Incoming mail", ok: true, ...words };
}

async function testReceiver(channel: ChannelView<EmailConfig>, io: Io): Promise<SetupStep> {
  const title = "Incoming mail";
  const { address } = channel.config;
  if (io.receiver === undefined) {
    const detail = "Parley takes no mail itself: set PARLEY_SMTP_LISTEN";
    return { title, ok: false, detail };
  }
  if (domainOf(channel) === io.receiver.domain) {
    return { title, ok: true, detail: `Parley takes mail to ${address} itself` };
  }
  const forward = await forwardAddress(channel.id, io);
  if (forward === null) {
    const detail = `Point the MX record of ${domainOf(channel)} at this server`;
    return { title, ok: true, detail };
  }
  return { title, ok: true, detail: `Forward ${address} to this address`, code: forward };
}

/** What others bring is in the journal once it was read. */
function viaJournal({ hasArrived }: SetupAsk, advice: string): Arrivals {
  return {
    advice,
    async look(ids) {
      const found = await Promise.all(ids.map((id) => hasArrived(id)));
      return new Set(ids.filter((_, i) => found[i]));
    },
    lookElsewhere: () => Promise.resolve(null),
    close() {},
  };
}
