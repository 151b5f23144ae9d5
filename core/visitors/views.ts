/** Records as visitors see them. */
import { readText } from "../conversations/mod.ts";
import type { Conversation } from "../model/conversation.ts";
import type { AttachmentRef, Message } from "../model/message.ts";
import { splitQuotedText } from "../model/quoted_text.ts";
import type { User } from "../model/user.ts";
import { keys } from "../store/mod.ts";
import { readVisible, teamReadMarks, visitorMessageId } from "./history.ts";
import type {
  Face,
  VisitorConversation,
  VisitorFile,
  VisitorMessage,
  VisitorsContext,
} from "./types.ts";
import { countUnread, readUpTo, visibleAt, visitorStatus } from "./visible.ts";

/** Enough to find the newest visible message and count what is unread; a badge says no more than this. */
const LOOK_BACK = 100;
/** More than a channel takes or an agent may write at once. */
const MAX_TEXT = 1_000_000;

type ViewContext = Pick<VisitorsContext, "store" | "attachments">;

/** @param teamSeq up to which place the team has read. */
export async function messageView(
  context: ViewContext,
  message: Message,
  teamSeq: number,
): Promise<VisitorMessage> {
  const isOwn = message.kind === "inbound";
  const isMail = isOwn && message.email !== undefined;
  const whole = await readText(context.store, message, MAX_TEXT);
  return {
    id: visitorMessageId(message),
    conversationId: message.conversationId,
    author: isOwn ? { type: "visitor", name: message.author.name, avatarUrl: null } : {
      type: message.author.type === "bot" ? "bot" : "agent",
      ...await authorFace(context, message.author),
    },
    // Below an answer by mail stands what it answers, which the chat has anyway.
    text: isMail ? splitQuotedText(whole).text.trimEnd() : whole,
    ...isMail && { via: "email" as const },
    attachments: await Promise.all(message.attachments.map((file) => fileView(context, file))),
    status: isOwn ? (message.seq <= teamSeq ? "read" : "received") : replyStatus(message),
    at: visibleAt(message),
  };
}

export async function messageViews(
  context: ViewContext,
  conversation: Conversation,
  messages: readonly Message[],
): Promise<readonly VisitorMessage[]> {
  const teamSeq = readUpTo(messages, await teamReadMarks(context.store, conversation));
  return await Promise.all(messages.map((one) => messageView(context, one, teamSeq)));
}

export async function conversationView(
  context: ViewContext,
  conversation: Conversation,
): Promise<VisitorConversation> {
  const visible = await readVisible(context.store, conversation, LOOK_BACK);
  const last = visible.at(-1);
  const lastReply = visible.findLast((one) => one.kind === "reply");
  const teamSeq = last?.kind === "inbound"
    ? readUpTo(visible, await teamReadMarks(context.store, conversation))
    : 0;
  return {
    id: conversation.id,
    status: visitorStatus(conversation),
    createdAt: conversation.createdAt,
    lastMessageAt: last ? visibleAt(last) : conversation.createdAt,
    lastMessage: last ? await messageView(context, last, teamSeq) : null,
    unread: countUnread(visible),
    agent: lastReply ? await authorFace(context, lastReply.author) : null,
  };
}

export async function fileView(
  { attachments }: ViewContext,
  file: AttachmentRef,
): Promise<VisitorFile> {
  const { id, name, type, size, state } = file;
  const url = await attachments.sign(id);
  return { id, name, type, size, url, ...state === undefined ? {} : { state } };
}

/** Somebody of the team; the name is the one the message was signed with. */
export async function authorFace(
  context: ViewContext,
  author: { readonly type: string; readonly id: string | null; readonly name: string },
): Promise<Face> {
  const user = author.type === "user" && author.id !== null
    ? await context.store.get(keys.user(author.id))
    : null;
  // What no person wrote comes from the company: names of API tokens are nobody's business.
  const name = author.type === "system"
    ? (await context.store.get(keys.workspace()))?.name ?? ""
    : author.name;
  return { name, avatarUrl: await avatarUrl(context, user) };
}

export async function avatarUrl(
  { attachments }: ViewContext,
  user: User | null,
): Promise<string | null> {
  return user?.avatarAttachmentId ? await attachments.sign(user.avatarAttachmentId) : null;
}

/** Only called for visible replies, which have one of these. */
function replyStatus(message: Message): "sent" | "delivered" | "read" {
  return message.status === "read" || message.status === "delivered" ? message.status : "sent";
}
