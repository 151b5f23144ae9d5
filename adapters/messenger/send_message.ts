import {
  type ChannelView,
  err,
  type Io,
  ok,
  type OutboundAttachment,
  type OutboundPart,
  type Result,
  type SendError,
  type SendReceipt,
} from "../../core/channel/mod.ts";
import { z } from "zod";
import { pageAccess } from "./access.ts";
import type { MessengerConfig } from "./config.ts";
import { callGraph, type GraphCall } from "./meta/mod.ts";
import { writeMetadata } from "./metadata.ts";
import { psidOf } from "./psid.ts";
import { splitText } from "./split_text.ts";

/** Longest text of a message, in UTF-16 units. */
export const MAX_TEXT = 2_000;

const Sent = z.object({ message_id: z.string().regex(/^[\x21-\x7e]{1,400}$/) });

type Content =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "file"; readonly file: OutboundAttachment };

/** Sends the text, a long one in pieces, then each file: Messenger takes one thing at a time. */
export async function sendMessage(
  part: OutboundPart,
  channel: ChannelView<MessengerConfig>,
  io: Io,
): Promise<Result<SendReceipt, SendError>> {
  const access = pageAccess(channel);
  if (!access.ok) return err({ code: "config", message: access.error });
  const { pageId } = access.value;
  const psid = psidOf(part.recipient.identities, pageId);
  if (psid === null) {
    const message = "This customer never wrote to this Page.";
    return err({ code: "recipient_unreachable", message });
  }
  const contents = contentsOf(part);
  if (contents.length === 0) return err({ code: "rejected", message: "There is nothing to send." });
  const ids: string[] = [];
  for (const [i, content] of contents.entries()) {
    const message = {
      ...fieldsOf(part, psid),
      ...messageOf(part, content, i === contents.length - 1, part.index + i),
    };
    const path = `${encodeURIComponent(pageId)}/messages`;
    const call = await callOf(path, message, content);
    const called = await callGraph(call, access.value, io);
    if (!called.ok) return err(ids.length === 0 ? called.error : halfSent(called.error));
    const { data } = Sent.safeParse(called.value);
    if (data === undefined) return err(UNCLEAR);
    ids.push(data.message_id);
  }
  const [externalId = null, ...aliases] = ids;
  return ok({ externalId, ...aliases.length > 0 && { aliases }, status: "sent" });
}

function contentsOf({ text, attachments }: OutboundPart): readonly Content[] {
  return [
    ...splitText(text, MAX_TEXT).map((piece) => ({ kind: "text" as const, text: piece })),
    ...attachments.map((file) => ({ kind: "file" as const, file })),
  ];
}

type Fields = Readonly<Record<string, unknown>>;

/** What every request for a message says: to whom, in which window. */
function fieldsOf({ window, replyTo }: OutboundPart, psid: string): Fields {
  const isLate = window === "human";
  return {
    recipient: { id: psid },
    messaging_type: isLate ? "MESSAGE_TAG" : "RESPONSE",
    ...isLate && { tag: "HUMAN_AGENT" },
    ...replyTo !== undefined && { reply_to: { mid: replyTo } },
  };
}

/** @param piece which of the message's requests it is, from 0: echoes come back with it */
function messageOf(
  { outboxId, quickReplies = [] }: OutboundPart,
  content: Content,
  isLast: boolean,
  piece: number,
): Fields {
  return {
    message: {
      ...content.kind === "text" ? { text: content.text } : {
        attachment: { type: kindOf(content.file.type), payload: { is_reusable: false } },
      },
      // They vanish with the next message.
      ...isLast && quickReplies.length > 0 && {
        quick_replies: quickReplies.map(({ title, payload }) => ({
          content_type: "text",
          title,
          payload,
        })),
      },
      metadata: writeMetadata(outboxId, piece),
    },
  };
}

/** A file goes along in a form, whose other fields are JSON: our own address may be closed to Meta. */
async function callOf(path: string, fields: Fields, content: Content): Promise<GraphCall> {
  if (content.kind === "text") return { method: "POST", path, body: fields };
  const { file } = content;
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    form.set(name, typeof value === "string" ? value : JSON.stringify(value));
  }
  const blob = new Blob([await file.bytes()], { type: typeOf(file) });
  form.set("filedata", blob, file.name.replace(/[\p{Cc}"\\/]/gu, "_") || "file");
  return { method: "POST", path, body: form };
}

/** Without its parameters; Meta takes no part without a type. */
function typeOf({ type }: OutboundAttachment): string {
  const bare = type.split(";", 1)[0]?.trim().toLowerCase() ?? "";
  return /^[\w.+-]+\/[\w.+-]+$/.test(bare) ? bare : "application/octet-stream";
}

/** What Messenger plays or shows itself; SVG and other images are files to it. */
function kindOf(type: string): "image" | "audio" | "video" | "file" {
  const bare = type.toLowerCase();
  if (/^image\/(?:jpe?g|png|gif|webp)\b/.test(bare)) return "image";
  if (bare.startsWith("audio/")) return "audio";
  return bare.startsWith("video/") ? "video" : "file";
}

/** Part of the message is out: sending all of it again would send that part twice. */
function halfSent({ code, message, provider }: SendError): SendError {
  return {
    code: "ambiguous",
    message: `A part of the message was sent, and the rest was not. ${message}`,
    provider: [code, provider].filter((one) => one !== undefined).join(": "),
  };
}

const UNCLEAR: SendError = {
  code: "ambiguous",
  message: "Facebook did not say whether it took the message. It may have arrived.",
};
