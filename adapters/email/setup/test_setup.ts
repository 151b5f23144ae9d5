import type { ChannelView, Io, SetupAsk, SetupNews, SetupStep } from "../../../core/channel/mod.ts";
import type { EmailConfig } from "../config.ts";
import { type MailRoute, mailRoute } from "../mail_route.ts";
import { testRoundTrip } from "./round_trip.ts";
import { testDomain } from "./test_domain.ts";
import { testReading } from "./test_reading.ts";
import { testSending } from "./test_sending.ts";

/**
 * Tries a mailbox's settings: finds the servers, signs in to read and to send; a whole test also lets a mail make the
 * round and looks at the domain. What does not depend on a failed step is tried all the same.
 */
export async function* testSetup(
  channel: ChannelView<EmailConfig>,
  io: Io,
  ask: SetupAsk,
): AsyncGenerator<SetupNews> {
  const route = mailRoute(channel.config.outbound, io);
  yield* findServers(channel.config, route, io);
  const arrivals = yield* testReading(channel, io, ask);
  try {
    const canSend = route !== null &&
      (yield* testSending({ route, canRead: arrivals !== null }, channel, io));
    if (!ask.isWhole) return;
    if (arrivals !== null && canSend) {
      yield* testRoundTrip({ route, arrivals }, channel, io, ask);
    }
    const domain = await testDomain(channel.config.fromAddress ?? channel.config.address, io);
    if (domain !== null) yield { kind: "ended", step: domain };
  } finally {
    arrivals?.close();
  }
}

async function* findServers(
  { inbound }: EmailConfig,
  route: MailRoute | null,
  io: Io,
): AsyncGenerator<SetupNews> {
  const title = "Find the servers";
  const servers = [
    ...inbound.kind === "imap" ? [inbound] : [],
    ...route?.kind === "smtp" ? [route.server] : [],
  ];
  if (servers.length > 0) yield { kind: "begins", title };
  const problems: string[] = [];
  for (const { host, port } of servers) {
    const reached = await io.connect(host, port);
    if (!reached.ok) problems.push(reached.reason);
  }
  if (route === null) {
    problems.push("Parley has no mail server of its own: set PARLEY_SMTP_URL or PARLEY_MAIL_API");
  }
  if (servers.length === 0 && problems.length === 0) return;
  const detail = problems.length === 0
    ? servers.map(({ host, port }) => `${host}:${port}`).join(", ")
    : [...new Set(problems)].join(". ");
  const step: SetupStep = { title, ok: problems.length === 0, detail };
  yield { kind: "ended", step };
}
