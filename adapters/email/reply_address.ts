import type { Io } from "../../core/channel/mod.ts";
import { addressesIn } from "./mail_addresses.ts";
import { fieldValues, type HeaderField } from "./mime/mod.ts";

/** RFC 5321: the part before the "@". */
export const MAX_LOCAL_LENGTH = 64;
/** Where a mail may name its recipients, its own headers first. */
const RECIPIENT_HEADERS = [
  ...["to", "cc", "delivered-to", "x-original-to", "envelope-to", "x-envelope-to"],
  ...["x-forwarded-to", "resent-to", "resent-cc", "bcc"],
];
/** Codes looked at in one mail: enough for any real one. */
const MAX_CODES = 20;
const TAG = /^[a-z0-9]{1,40}$/;
const CODE = /\+r\.([a-z0-9]{1,40})\.([a-z2-7]{16})$/;

/** Who answers to a reply address: the people of the conversation, or somebody outside to whom it was forwarded. */
export type ReplyPurpose = "reply" | "aside";

/**
 * The address replies to a conversation should go to: `local+r.<conversation>.<signature>@domain`, in lower case
 * because some servers make it so. What it is for is signed, and does not show.
 * @returns null when the mailbox's own name leaves no room or the conversation's id cannot stand in an address
 */
export async function replyAddress(
  mailbox: string,
  conversationId: string,
  io: Pick<Io, "signTag">,
  purpose: ReplyPurpose = "reply",
): Promise<string | null> {
  const at = mailbox.lastIndexOf("@");
  const tag = conversationTag(conversationId);
  if (at < 1 || tag === null) return null;
  const local = `${mailbox.slice(0, at)}+r.${tag}.${await io.signTag(signedText(purpose, tag))}`;
  return local.length <= MAX_LOCAL_LENGTH ? `${local}${mailbox.slice(at)}` : null;
}

/** What an address says about a conversation. */
export type ReplyCode =
  | { readonly kind: "none" }
  | { readonly kind: "forged" }
  | {
    readonly kind: "valid";
    readonly conversationId: string;
    readonly purpose: ReplyPurpose;
  };

/** Reads a reply code; only one signed for this channel is valid. The domain is not looked at: mail gets forwarded. */
export async function readReplyCode(
  address: string,
  io: Pick<Io, "verifyTag">,
): Promise<ReplyCode> {
  const at = address.lastIndexOf("@");
  const match = CODE.exec(address.slice(0, at < 0 ? 0 : at).toLowerCase());
  const [, tag, mac] = match ?? [];
  if (tag === undefined || mac === undefined) return { kind: "none" };
  for (const purpose of ["reply", "aside"] as const) {
    if (await io.verifyTag(signedText(purpose, tag), mac)) {
      return { kind: "valid", conversationId: `cnv_${tag}`, purpose };
    }
  }
  return { kind: "forged" };
}

/**
 * The recipients of a mail whose address holds a code, in lower case.
 * @param envelopeTo the recipient the mail server was told, when it says so
 * @param mark what stands before the code, such as "+r."
 */
export function codedRecipients(
  fields: readonly HeaderField[],
  envelopeTo: string | null,
  mark: string,
): readonly string[] {
  const headers = RECIPIENT_HEADERS.flatMap((name) => fieldValues(fields, name));
  const addresses = addressesIn(envelopeTo === null ? headers : [envelopeTo, ...headers])
    .map(({ address }) => address.toLowerCase())
    .filter((address) => address.includes(mark));
  return [...new Set(addresses)].slice(0, MAX_CODES);
}

/** A conversation's id without its prefix, fit for an address; null when it is not in lower case. */
export function conversationTag(conversationId: string): string | null {
  const tag = conversationId.startsWith("cnv_") ? conversationId.slice(4) : "";
  return TAG.test(tag) ? tag : null;
}

function signedText(purpose: ReplyPurpose, tag: string): string {
  return `${purpose} ${tag}`;
}
