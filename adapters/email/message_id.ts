import type { Io } from "../../core/channel/mod.ts";
import { conversationTag } from "./reply_address.ts";

const OWN = /^m\.([A-Za-z0-9_-]{1,64})\.([a-z0-9]{1,40})\.([a-z2-7]{16})@/;

/**
 * The Message-ID of a reply, without brackets: `m.<outboxId>.<conversation>.<signature>@domain`. It leads back to its
 * conversation even when the message is no longer stored (a restored backup). The same message always has the same.
 */
export async function ownMessageId(
  message: { readonly outboxId: string; readonly conversationId: string; readonly index: number },
  domain: string,
  io: Pick<Io, "signTag">,
): Promise<string> {
  const id = message.index === 0 ? message.outboxId : `${message.outboxId}-${message.index}`;
  const tag = conversationTag(message.conversationId) ?? "0";
  return `m.${id}.${tag}.${await io.signTag(signedText(id, tag))}@${domain}`;
}

/** What a Message-ID of ours says; null for everybody else's and for forged ones. */
export async function readOwnMessageId(
  messageId: string,
  io: Pick<Io, "verifyTag">,
): Promise<{ readonly outboxId: string; readonly conversationId: string | null } | null> {
  const [, outboxId, tag, mac] = OWN.exec(messageId) ?? [];
  if (outboxId === undefined || tag === undefined || mac === undefined) return null;
  if (!await io.verifyTag(signedText(outboxId, tag), mac)) return null;
  return { outboxId, conversationId: tag === "0" ? null : `cnv_${tag}` };
}

function signedText(outboxId: string, tag: string): string {
  return `message ${outboxId} ${tag}`;
}
