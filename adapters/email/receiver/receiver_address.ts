import type { AddressIo, ChannelView } from "../../../core/channel/mod.ts";
import type { EmailConfig } from "../config.ts";
import { readReplyCode } from "../reply_address.ts";

const FORWARD = /^f\.([a-z0-9]{1,40})\.([a-z2-7]{16})$/;

/**
 * Whether mail to an address is for a channel: its own address and those with a "+" and any word or a reply code that
 * is really ours, when its mail comes here; and always its address to forward to.
 */
export async function takesAddress(
  address: string,
  channel: ChannelView<EmailConfig>,
  io: AddressIo,
): Promise<boolean> {
  const at = address.lastIndexOf("@");
  const local = address.slice(0, Math.max(at, 0));
  const domain = address.slice(at + 1);
  const mailDomain = io.receiver?.domain ?? null;
  const [, tag, mac] = FORWARD.exec(local) ?? [];
  if (tag !== undefined && mac !== undefined && domain === mailDomain) {
    return tag === tagOf(channel.id) && await io.verifyTag(signedText(tag), mac);
  }
  const comesHere = channel.config.inbound.kind === "receiver" || domain === mailDomain;
  const mailbox = `${local.replace(/\+.*$/s, "")}@${domain}`;
  if (!comesHere || (mailbox !== channel.config.address && address !== channel.config.address)) {
    return false;
  }
  return (await readReplyCode(address, io)).kind !== "forged";
}

/** `f.<channel>.<signature>@<domain of the deployment>`: known by its signature alone, so that nothing is stored. */
export async function forwardAddress(
  channelId: string,
  io: AddressIo,
): Promise<string | null> {
  const tag = tagOf(channelId);
  const domain = io.receiver?.domain ?? null;
  if (tag === null || domain === null) return null;
  return `f.${tag}.${await io.signTag(signedText(tag))}@${domain}`;
}

/** The channel's id without its prefix; null when it cannot stand in an address. */
function tagOf(channelId: string): string | null {
  const tag = channelId.startsWith("chn_") ? channelId.slice(4) : "";
  return /^[a-z0-9]{1,40}$/.test(tag) ? tag : null;
}

function signedText(tag: string): string {
  return `forward ${tag}`;
}
