import {
  type ChannelView,
  type Delivery,
  type InboundEvent,
  type Io,
  joinBytes,
  type MessageEvent,
  type OriginalMail,
  type ParseIo,
  type Verdict,
  type VerifyResult,
  type WebhookPort,
  type WebhookRequest,
} from "../../../core/channel/mod.ts";
import type { EmailConfig } from "../config.ts";
import { parseMail } from "../parse_mail.ts";
import { isVouchedFor, mergeVerdicts } from "../verdict.ts";
import { cloudflare } from "./cloudflare.ts";
import { mailgun } from "./mailgun.ts";
import { postmark } from "./postmark.ts";
import {
  MAX_RAW_BYTES,
  type PushConfig,
  type Pushed,
  type PushGuide,
  type PushProvider,
} from "./push_provider.ts";
import { raw } from "./raw.ts";
import { sendgrid } from "./sendgrid.ts";
import { ses } from "./ses.ts";

const PROVIDERS: Readonly<Record<PushConfig["provider"], PushProvider>> = {
  raw,
  mailgun,
  sendgrid,
  postmark,
  ses,
  cloudflare,
};

/** The webhook of a mailbox: what comes in, and how it proves where it is from, is its provider's. */
export const pushWebhook: WebhookPort<EmailConfig> = {
  contentTypes: raw.contentTypes,
  maxBytes: MAX_RAW_BYTES,
  accepts: (channel) => providerOf(channel)?.provider ?? { contentTypes: [], maxBytes: 0 },
  // A form's boundary stands in its content type.
  keepHeaders: ["content-type", "parley-envelope-from", "parley-envelope-to"],
  async handshake(request, channel, io) {
    const found = providerOf(channel);
    return await found?.provider.handshake?.(request, found.config, io) ?? null;
  },
  verify,
  parse,
};

/** What to enter at the provider so that mail arrives; null when mail is not posted. */
export function pushGuide(channel: ChannelView<EmailConfig>, url: string): PushGuide | null {
  return providerOf(channel)?.provider.guide(url) ?? null;
}

/**
 * The mail in a delivery, as it would lie in a mailbox; null when there is none. One that was put together again says so
 * in its first line.
 */
export async function originalOf(
  delivery: Delivery,
  channel: ChannelView<EmailConfig>,
): Promise<OriginalMail | null> {
  const pushed = await openDelivery(delivery, channel);
  if (pushed.kind !== "mail") return null;
  const { bytes, rebuiltFrom } = pushed;
  if (rebuiltFrom === undefined) return { bytes, isRebuilt: false };
  const note = `X-Parley-Rebuilt: from the pieces that ${rebuiltFrom} delivered\r\n`;
  const head = new TextEncoder().encode(note);
  return { bytes: joinBytes([head, bytes]), isRebuilt: true };
}

async function openDelivery(
  delivery: Delivery,
  channel: ChannelView<EmailConfig>,
): Promise<Pushed> {
  // A delivery that waited while the settings changed is still a mail when it says so.
  const isMail = delivery.contentType === "message/rfc822";
  const provider = isMail ? raw : providerOf(channel)?.provider ?? raw;
  return await provider.open(delivery, channel);
}

function providerOf({ config }: ChannelView<EmailConfig>) {
  const { inbound } = config;
  return inbound.kind === "push"
    ? { provider: PROVIDERS[inbound.provider], config: inbound }
    : null;
}

async function verify(
  request: WebhookRequest,
  channel: ChannelView<EmailConfig>,
  io: Io,
): Promise<VerifyResult> {
  const found = providerOf(channel);
  // Nothing may be posted to a mailbox that fetches its mail.
  if (found === null) return { ok: false, reason: "mismatch" };
  return await found.provider.verify(request, found.config, io);
}

async function parse(
  delivery: Delivery,
  channel: ChannelView<EmailConfig>,
  io: ParseIo,
): Promise<readonly InboundEvent[]> {
  const pushed = await openDelivery(delivery, channel);
  if (pushed.kind === "events") return pushed.events;
  if (pushed.kind !== "mail") {
    const externalId = `delivery ${await sha256(delivery.body)}`;
    return [{
      type: pushed.kind,
      externalId,
      occurredAt: delivery.receivedAt,
      reason: pushed.reason,
    }];
  }
  const { bytes, envelopeFrom, envelopeTo, verdict, notes = [] } = pushed;
  const events = await parseMail(
    {
      contentType: "message/rfc822",
      headers: {
        ...envelopeFrom ? { "parley-envelope-from": envelopeFrom } : {},
        ...envelopeTo ? { "parley-envelope-to": envelopeTo } : {},
      },
      body: bytes,
      receivedAt: delivery.receivedAt,
    },
    channel,
    io,
  );
  return events.map((event) =>
    event.type === "message"
      ? withVerdict({ ...event, notes: [...event.notes ?? [], ...notes] }, verdict)
      : event
  );
}

/** What the provider says stands over what the mail itself carries. */
function withVerdict(event: MessageEvent, told: Verdict | undefined): MessageEvent {
  if (told === undefined) return event;
  const { email, sender } = event;
  const verdict = mergeVerdicts(told, event.verdict);
  if (email === undefined) return { ...event, verdict };
  const senderVerified = isVouchedFor(verdict, { from: email.from, sender });
  return { ...event, verdict, email: { ...email, senderVerified } };
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}
