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

/** Longest text of a message, in UTF-16 units. */
export const MAX_TEXT = 2_000;

const Sent = z.object({ message_id: z.string().regex(/^[\x21-\x7e]{1,400}$/) });

type Content =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "file"; readonly file: OutboundAttachment };

/** Sends a text or a file: Messenger takes one thing at a time, and the core cuts messages accordingly. */
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
  const content = contentOf(part);
  if (content === null) return err(NOT_ONE);
  const fields = { ...fieldsOf(part, psid), ...messageOf(part, content) };
  const call = await callOf(`${encodeURIComponent(pageId)}/messages`, fields, content);
  const called = await callGraph(call, access.value, io);
  if (!called.ok) return called;
  const { data } = Sent.safeParse(called.value);
  return data === undefined ? err(UNCLEAR) : ok({ externalId: data.message_id, status: "sent" });
}

function contentOf({ text, attachments: [file, ...more] }: OutboundPart): Content | null {
  if (file === undefined) return text === "" ? null : { kind: "text", text };
  return text === "" && more.length === 0 ? { kind: "file", file } : null;
}

const NOT_ONE: SendError = {
  code: "unsupported",
  message: "Messenger takes either a text or one file in a message.",
};

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

function messageOf({ outboxId, index, quickReplies = [] }: OutboundPart, content: Content): Fields {
  return {
    message: {
      ...content.kind === "text" ? { text: content.text } : {
        attachment: { type: kindOf(content.file.type), payload: { is_reusable: false } },
      },
      ...quickReplies.length > 0 && {
        quick_replies: quickReplies.map(({ title, payload }) => ({
          content_type: "text",
          title,
          payload,
        })),
      },
      metadata: writeMetadata(outboxId, index),
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

const UNCLEAR: SendError = {
  code: "ambiguous",
  message: "Facebook did not say whether it took the message. It may have arrived.",
};
