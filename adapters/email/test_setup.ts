import type { ChannelView, Io, SetupStep } from "../../core/channel/mod.ts";
import type { EmailConfig } from "./config.ts";
import { testImap } from "./inbound_imap/mod.ts";
import { pushGuide } from "./inbound_push/mod.ts";
import { mailRoute } from "./mail_route.ts";
import { apiLabel, type ApiSettings, tryApi } from "./outbound_api/mod.ts";
import { domainOf } from "./send_mail.ts";
import { forwardAddress } from "./receiver/mod.ts";
import { smtpError } from "./smtp_error.ts";
import { trySession } from "./smtp_session.ts";

/** Tries a mailbox's settings: where mail must be posted, and whether the server for replies lets us in. */
export async function testSetup(
  channel: ChannelView<EmailConfig>,
  io: Io,
): Promise<readonly SetupStep[]> {
  const { inbound: settings } = channel.config;
  if (settings.kind === "imap") {
    return [...await testImap(channel, settings, io), ...await testOutbound(channel, io)];
  }
  if (settings.kind === "receiver") {
    return [await testReceiver(channel, io), ...await testOutbound(channel, io)];
  }
  const path = `/hooks/${channel.id}`;
  const guide = pushGuide(channel, io.publicUrl(path) ?? path);
  const inbound = guide === null ? [] : [{ title: "Incoming mail", ok: true, ...guide }];
  return [...inbound, ...await testOutbound(channel, io)];
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
  const detail = forward === null
    ? `Point the MX record of ${domainOf(channel)} at this server`
    : `Forward ${address} to ${forward}`;
  return { title, ok: true, detail };
}

async function testOutbound(
  channel: ChannelView<EmailConfig>,
  io: Io,
): Promise<readonly SetupStep[]> {
  const find = "Find the mail server";
  const route = mailRoute(channel.config.outbound, io);
  if (route === null) {
    const detail = "Parley has no mail server of its own: set PARLEY_SMTP_URL or PARLEY_MAIL_API";
    return [{ title: find, ok: false, detail }];
  }
  if (route.kind === "api") return [await testApi(route.settings, channel, io)];
  const { server } = route;
  const reached = await io.connect(server.host, server.port);
  if (!reached.ok) return [{ title: find, ok: false, detail: reached.reason }];
  const found = { title: find, ok: true, detail: `${server.host}, port ${server.port}` };

  const connect = "Connect";
  const signIn = server.user === undefined ? "Sign in (no user given)" : "Sign in";
  try {
    await trySession({ server, address: reached.address, ownName: domainOf(channel) }, io.signal);
  } catch (error) {
    const { code, message, provider } = smtpError(error, false);
    const detail = provider === undefined ? message : `${message} (${provider})`;
    return code === "unauthorized"
      ? [found, { title: connect, ok: true, detail: "" }, { title: signIn, ok: false, detail }]
      : [found, { title: connect, ok: false, detail }];
  }
  return [
    found,
    { title: connect, ok: true, detail: ENCRYPTION[server.security] },
    { title: signIn, ok: true, detail: server.user ?? "" },
  ];
}

async function testApi(
  settings: ApiSettings,
  channel: ChannelView<EmailConfig>,
  io: Io,
): Promise<SetupStep> {
  const title = `Sign in to ${apiLabel(settings)}`;
  const error = await tryApi(settings, channel.config.address, io);
  if (error === null) return { title, ok: true, detail: "The key is accepted" };
  const { message, provider } = error;
  return {
    title,
    ok: false,
    detail: provider === undefined ? message : `${message} (${provider})`,
  };
}

const ENCRYPTION = {
  tls: "Encrypted (TLS)",
  starttls: "Encrypted (STARTTLS)",
  offered: "Encrypted if the server offers it",
  none: "Not encrypted",
} as const;
