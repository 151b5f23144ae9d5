/** `POST /{page}/messages`: what it takes, what it refuses. */
import { z } from "zod";
import { type GraphError, graphError } from "./graph_errors.ts";
import {
  type GraphWorld,
  type PageState,
  type StoredFile,
  type StoredMessage,
  tellEcho,
} from "./graph_world.ts";

const DAY_MS = 24 * 60 * 60 * 1_000;
const MAX_FILE_BYTES = 25 * 1024 * 1024;
/** Gone since 27 April 2026. */
const DEAD_TAGS = new Set(["CONFIRMED_EVENT_UPDATE", "ACCOUNT_UPDATE", "POST_PURCHASE_UPDATE"]);

const Attachment = z.strictObject({
  type: z.enum(["image", "audio", "video", "file"]),
  payload: z.strictObject({
    url: z.url().optional(),
    attachment_id: z.string().optional(),
    is_reusable: z.boolean().optional(),
  }),
});
const Request = z.strictObject({
  recipient: z.strictObject({ id: z.string() }),
  messaging_type: z.enum(["RESPONSE", "UPDATE", "MESSAGE_TAG"]).optional(),
  tag: z.string().optional(),
  sender_action: z.enum(["typing_on", "typing_off", "mark_seen"]).optional(),
  reply_to: z.strictObject({ mid: z.string() }).optional(),
  message: z.strictObject({
    text: z.string().min(1).max(2_000).optional(),
    attachment: Attachment.optional(),
    quick_replies: z.array(z.strictObject({
      content_type: z.literal("text"),
      title: z.string().min(1).max(20),
      payload: z.string().min(1).max(1_000),
    })).max(13).optional(),
    metadata: z.string().max(1_000).optional(),
  }).optional(),
});

/** A request as it came: its fields, and the file beside them. */
export interface SendRequest {
  readonly fields: unknown;
  readonly file: File | null;
}

/** What is answered. */
export type SendAnswer =
  | { readonly ok: true; readonly body: Readonly<Record<string, string>> }
  | { readonly ok: false; readonly error: GraphError };

/** Sends, or says why not. */
export async function sendMessage(
  world: GraphWorld,
  page: PageState,
  { fields, file }: SendRequest,
): Promise<SendAnswer> {
  const { data } = Request.safeParse(fields);
  if (data === undefined) return refuse("invalid parameter");
  const person = page.people.get(data.recipient.id);
  if (person === undefined) return refuse("no such person");
  const { psid } = person;
  if (data.sender_action !== undefined) {
    if (data.message !== undefined || data.messaging_type !== undefined) {
      return refuse("invalid parameter");
    }
    page.actions.push(`${data.sender_action} ${psid}`);
    return { ok: true, body: { recipient_id: psid } };
  }
  const { message, messaging_type: type, tag } = data;
  const isOne = (message?.text === undefined) !== (message?.attachment === undefined);
  if (message === undefined || type === undefined || !isOne) return refuse("invalid parameter");
  if (world.isInDevelopment && !person.isTester) return refuse("no permission");
  if (person.hasBlocked) return refuse("not available");
  const late = lateness(world, page, person.lastSeenAt, type, tag);
  if (late !== null) return refuse(late);
  let fileId: string | null = null;
  if (message.attachment !== undefined) {
    const kept = await keepFile(world, message.attachment, file);
    if (kept === null) return refuse("file not taken");
    fileId = kept;
  }
  const stored: StoredMessage = {
    mid: `m_${world.nextId()}-page`,
    psid,
    at: world.now(),
    fromPage: true,
    text: message.text ?? null,
    attachments: message.attachment === undefined || fileId === null
      ? []
      : [{ type: message.attachment.type, fileId }],
    quickReplies: message.quick_replies ?? [],
    metadata: message.metadata ?? null,
    messagingType: type,
    tag: tag ?? null,
    replyTo: data.reply_to?.mid ?? null,
  };
  page.messages.push(stored);
  tellEcho(world, page, stored, world.appId);
  return { ok: true, body: { recipient_id: psid, message_id: stored.mid } };
}

/** A file uploaded beforehand, to be named by id. */
export async function keepUpload(world: GraphWorld, file: File): Promise<string> {
  const id = `${world.nextId()}`;
  world.files.set(id, await storedFile(file));
  return id;
}

function lateness(
  world: GraphWorld,
  page: PageState,
  lastSeenAt: number | null,
  type: string,
  tag: string | undefined,
): string | null {
  const ago = lastSeenAt === null ? Infinity : world.now() - lastSeenAt;
  if (type !== "MESSAGE_TAG") {
    if (tag !== undefined) return "invalid parameter";
    return ago <= DAY_MS ? null : "outside the window";
  }
  if (tag === undefined || DEAD_TAGS.has(tag) || tag !== "HUMAN_AGENT") return "invalid parameter";
  if (!page.humanAgentApproved) return "no permission of the app";
  return ago <= 7 * DAY_MS ? null : "outside the window";
}

async function keepFile(
  world: GraphWorld,
  { type, payload }: z.infer<typeof Attachment>,
  file: File | null,
): Promise<string | null> {
  if (payload.attachment_id !== undefined) {
    return world.files.has(payload.attachment_id) ? payload.attachment_id : null;
  }
  if (payload.url !== undefined) return await keepFromUrl(world, payload.url);
  // A part without a type, or with another kind's, is refused.
  if (file === null || file.type === "" || file.size > MAX_FILE_BYTES) return null;
  if (type !== "file" && !file.type.startsWith(`${type}/`)) return null;
  return await keepUpload(world, file);
}

async function keepFromUrl(world: GraphWorld, url: string): Promise<string | null> {
  const response = await fetch(url).catch(() => null);
  if (response === null || !response.ok) {
    await response?.body?.cancel();
    return null;
  }
  const id = `${world.nextId()}`;
  const bytes = new Uint8Array(await response.arrayBuffer());
  const type = response.headers.get("content-type") ?? "application/octet-stream";
  world.files.set(id, { bytes, type, name: "file" });
  return id;
}

async function storedFile(file: File): Promise<StoredFile> {
  return { bytes: new Uint8Array(await file.arrayBuffer()), type: file.type, name: file.name };
}

function refuse(name: string): SendAnswer {
  return { ok: false, error: graphError(name) };
}
