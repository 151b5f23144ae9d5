import {
  type ChannelView,
  equalText,
  type VerifyResult,
  type WebhookRequest,
} from "../../core/channel/mod.ts";
import type { EmailConfig } from "./config.ts";

/** A posted mail must carry the channel's own secret: `Authorization: Bearer <inbound.secret>`. */
export function verifyPush(
  request: Pick<WebhookRequest, "headers">,
  channel: ChannelView<EmailConfig>,
): VerifyResult {
  const header = request.headers.get("authorization");
  if (header === null) return { ok: false, reason: "missing" };
  const [, given] = /^Bearer +(\S+)$/i.exec(header.trim()) ?? [];
  if (given === undefined) return { ok: false, reason: "malformed" };
  return equalText(given, channel.config.inbound.secret)
    ? { ok: true }
    : { ok: false, reason: "mismatch" };
}
