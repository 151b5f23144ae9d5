import { equalText } from "../constant_time.ts";
import { decodeBase64Url, encodeBase64Url } from "../encoding.ts";
import type { Store } from "../store/mod.ts";

/** A link out of a mail opens the chat for so long. */
export const LINK_MS = 30 * 24 * 60 * 60_000;
const MAC_BYTES = 18;
const LINK =
  /^([a-z]{3}_[A-Za-z0-9]{1,40})\.([a-z]{3}_[A-Za-z0-9]{1,40})\.([0-9a-z]{1,11})\.([A-Za-z0-9_-]{24})$/;
const STOP = /^([A-Za-z0-9_-]{1,500})\.([A-Za-z0-9_-]{24})$/;

/** What a link to go on with a chat is about. */
export interface ChatLink {
  readonly visitorId: string;
  readonly conversationId: string;
  /** Epoch ms. */
  readonly issuedAt: number;
}

type Macs = Pick<Store, "vault">;

/** The token of a link to go on with a chat, good for its channel, as long as the visitor's address is `address`. */
export async function makeChatLink(
  { vault }: Macs,
  channelId: string,
  address: string,
  { visitorId, conversationId, issuedAt }: ChatLink,
): Promise<string> {
  const about = `${visitorId}.${conversationId}.${issuedAt.toString(36)}`;
  return `${about}.${tagOf(await vault.mac(linkPurpose(channelId), `${about} ${address}`))}`;
}

/** What a token says of itself; nothing of it is proven yet. Null for what is none. */
export function parseChatLink(token: string): ChatLink | null {
  const [, visitorId, conversationId, issued] = LINK.exec(token) ?? [];
  if (visitorId === undefined || conversationId === undefined || issued === undefined) return null;
  return { visitorId, conversationId, issuedAt: Number.parseInt(issued, 36) };
}

/** Whether we made it for this address, also with a secret of before. */
export async function isChatLink(
  { vault }: Macs,
  channelId: string,
  address: string,
  token: string,
): Promise<boolean> {
  const at = token.lastIndexOf(".");
  const macs = await vault.macs(linkPurpose(channelId), `${token.slice(0, at)} ${address}`);
  return macs.some((mac) => equalText(tagOf(mac), token.slice(at + 1)));
}

/** The token of a link by which an address ends mail from a chat. It does not expire. */
export async function makeStopLink(
  { vault }: Macs,
  channelId: string,
  address: string,
): Promise<string> {
  const name = encodeBase64Url(new TextEncoder().encode(address));
  return `${name}.${tagOf(await vault.mac(stopPurpose(channelId), address))}`;
}

/** The address a stop link is about; null for what we did not make. */
export async function readStopLink(
  { vault }: Macs,
  channelId: string,
  token: string,
): Promise<string | null> {
  const [, name, tag] = STOP.exec(token) ?? [];
  if (name === undefined || tag === undefined) return null;
  const address = textOf(name);
  if (address === null) return null;
  const macs = await vault.macs(stopPurpose(channelId), address);
  return macs.some((mac) => equalText(tagOf(mac), tag)) ? address : null;
}

function linkPurpose(channelId: string): string {
  return `chat link ${channelId}`;
}

function stopPurpose(channelId: string): string {
  return `chat letters stop ${channelId}`;
}

function tagOf(mac: Uint8Array): string {
  return encodeBase64Url(mac.subarray(0, MAC_BYTES));
}

function textOf(name: string): string | null {
  const bytes = decodeBase64Url(name);
  return bytes === null ? null : new TextDecoder().decode(bytes);
}
