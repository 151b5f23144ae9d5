import type { ChannelView, Io, SetupAsk, SetupNews, SetupStep } from "../../../core/channel/mod.ts";
import type { EmailConfig } from "../config.ts";
import type { MailRoute } from "../mail_route.ts";
import { replyAddress } from "../reply_address.ts";
import type { Arrivals } from "./arrivals.ts";
import { sendTestMail } from "./send_test_mail.ts";
import { newTestId } from "./test_id.ts";

/** Mail to oneself takes seconds; what takes longer will not be waited for with a page open. */
const DEADLINE_MS = 30_000;
/** How much later than the plain mail the one with a code may come. */
const CODE_DEADLINE_MS = 10_000;
const LOOK_EVERY_MS = 1_000;

const SEND = "Send a message to yourself";
const RETURN = "See it come back";
const CODES = "Reply codes in the address";

/**
 * Sends two mails from the mailbox to itself, the second to an address with a reply code, and waits for both: shows
 * that mail goes out and comes in, and whether the servers between take such addresses.
 */
export async function* testRoundTrip(
  { route, arrivals }: { readonly route: MailRoute; readonly arrivals: Arrivals },
  channel: ChannelView<EmailConfig>,
  io: Io,
  ask: SetupAsk,
): AsyncGenerator<SetupNews> {
  const { config } = channel;
  const id = newTestId(io);
  yield { kind: "begins", title: SEND };
  const sent = await sendTestMail({ id, to: config.address, route }, channel, io);
  if (!sent.ok) {
    const { message, provider } = sent.error;
    const detail = provider === undefined ? message : `${message} (${provider})`;
    return yield ended({ title: SEND, ok: false, detail, ...passing(sent.error.code) });
  }
  yield ended({ title: SEND, ok: true, detail: `From ${config.address} to ${config.address}` });

  // On its way while the first is waited for.
  const coded = await sendCoded(route, channel, io);
  const deadlineAt = io.now() + DEADLINE_MS;
  yield { kind: "begins", title: RETURN };
  if (!await comes(id, deadlineAt)) {
    const elsewhere = await arrivals.lookElsewhere(id);
    const detail = elsewhere ??
      `It did not come within ${DEADLINE_MS / 1_000} seconds. ${arrivals.advice}`;
    return yield ended({ title: RETURN, ok: false, isPassing: true, detail });
  }
  yield ended({ title: RETURN, ok: true, detail: "It is kept out of the conversations" });

  yield { kind: "begins", title: CODES };
  if (coded.kind !== "sent") return yield ended(codesStep(coded.reason, config.replyCodes));
  const isThere = await comes(coded.id, Math.min(deadlineAt, io.now() + CODE_DEADLINE_MS));
  const reason = isThere ? null : `Mail to ${coded.to} did not come`;
  return yield ended(codesStep(reason, config.replyCodes));

  async function comes(id: string, untilAt: number): Promise<boolean> {
    for (;;) {
      if ((await arrivals.look([id])).has(id)) return true;
      if (io.now() >= untilAt) return false;
      await ask.wait(LOOK_EVERY_MS);
    }
  }
}

type Coded =
  | { readonly kind: "sent"; readonly id: string; readonly to: string }
  | { readonly kind: "impossible"; readonly reason: string };

async function sendCoded(
  route: MailRoute,
  channel: ChannelView<EmailConfig>,
  io: Io,
): Promise<Coded> {
  const id = newTestId(io);
  const to = await replyAddress(channel.config.address, `cnv_${id}`, io);
  if (to === null) {
    return { kind: "impossible", reason: "The mailbox's name is too long for them" };
  }
  const sent = await sendTestMail({ id, to, route }, channel, io);
  if (sent.ok) return { kind: "sent", id, to };
  const { message, provider } = sent.error;
  return { kind: "impossible", reason: `Mail to ${to} was refused: ${provider ?? message}` };
}

/** @param reason why they cannot be used; null when they can */
function codesStep(reason: string | null, isOn: boolean): SetupStep {
  if (reason === null) {
    const step = { title: CODES, ok: true, detail: "They work: answers find their conversation" };
    if (isOn) return step;
    return { ...step, change: { label: "Use reply codes", config: { replyCodes: true } } };
  }
  const detail = isOn
    ? `${reason}. Without them, answers are found by their headers.`
    : `${reason}. They are not used; answers are found by their headers.`;
  const step = { title: CODES, ok: true, detail };
  if (!isOn) return step;
  return {
    ...step,
    isWarning: true,
    change: { label: "Do without reply codes", config: { replyCodes: false } },
  };
}

/** What another try may mend by itself does not make the channel a broken one. */
function passing(code: string): { readonly isPassing?: true } {
  return code === "rate_limited" || code === "unavailable" || code === "ambiguous"
    ? { isPassing: true }
    : {};
}

function ended(step: SetupStep): SetupNews {
  return { kind: "ended", step };
}
