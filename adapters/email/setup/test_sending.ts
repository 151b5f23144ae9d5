import type { ChannelView, Io, SetupNews, SetupStep } from "../../../core/channel/mod.ts";
import type { EmailConfig } from "../config.ts";
import type { MailRoute } from "../mail_route.ts";
import { apiLabel, type ApiSettings, tryApi } from "../outbound_api/mod.ts";
import { domainOf } from "../send_mail.ts";
import type { SmtpServer } from "../smtp_server.ts";
import { trySignIn } from "../smtp_sign_in.ts";
import { signInHelp } from "../suggest/mod.ts";
import { sharesPassword } from "./test_reading.ts";
import { ENCRYPTION } from "./encryption.ts";

/** Tries how mail goes out, without sending any. @returns whether it can */
export async function* testSending(
  { route, canRead }: { readonly route: MailRoute; readonly canRead: boolean },
  channel: ChannelView<EmailConfig>,
  io: Io,
): AsyncGenerator<SetupNews, boolean> {
  const title = route.kind === "api"
    ? `Sign in to ${apiLabel(route.settings)}`
    : route.server.user === undefined
    ? "Connect to send"
    : "Sign in to send";
  yield { kind: "begins", title };
  const step = route.kind === "api"
    ? await testApi(title, route.settings, channel, io)
    : await testServer(title, route.server, channel, io);
  // Reading failed too, with the same password: that step asks for it.
  const isAsked = !canRead && sharesPassword(channel.config);
  const { asks: _, ...withoutAsking } = step;
  yield { kind: "ended", step: isAsked ? withoutAsking : step };
  return step.ok;
}

async function testServer(
  title: string,
  server: SmtpServer,
  channel: ChannelView<EmailConfig>,
  io: Io,
): Promise<SetupStep> {
  const reached = await io.connect(server.host, server.port);
  if (!reached.ok) return { title, ok: false, detail: reached.reason };
  const target = { server, address: reached.address, ownName: domainOf(channel) };
  const tried = await trySignIn(target, io);
  if (!tried.ok) {
    const { code, message, provider } = tried.error;
    const detail = provider === undefined ? message : `${message} (${provider})`;
    const step = { title, ok: false, detail };
    if (code !== "unauthorized" || channel.config.outbound.kind !== "smtp") return step;
    const help = signInHelp(server);
    return {
      ...step,
      ...help === null ? {} : { help },
      asks: { label: "Password for sending", paths: ["outbound.password"] },
    };
  }
  return { title, ok: true, detail: ENCRYPTION[server.security] };
}

async function testApi(
  title: string,
  settings: ApiSettings,
  channel: ChannelView<EmailConfig>,
  io: Io,
): Promise<SetupStep> {
  const error = await tryApi(settings, channel.config.address, io);
  if (error === null) return { title, ok: true, detail: "The key is accepted" };
  const { message, provider } = error;
  return {
    title,
    ok: false,
    detail: provider === undefined ? message : `${message} (${provider})`,
  };
}
