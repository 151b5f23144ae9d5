/**
 * Records of the core as the shapes of the API: ISO times, signed addresses of files, nothing
 * internal. Pages and the API share these, so that an island gets what it would fetch.
 */
import type {
  ApiAttachment,
  ApiContact,
  ApiConversation,
  ApiInbox,
  ApiMessage,
  ApiUser,
} from "@/core/model/api.ts";
import type { Contact } from "@/core/model/contact.ts";
import type { Conversation } from "@/core/model/conversation.ts";
import type { Inbox } from "@/core/model/inbox.ts";
import type { AttachmentRef, Message } from "@/core/model/message.ts";
import type { User } from "@/core/model/user.ts";

/** Makes the address of a file, good for a day without signing in. */
export type SignAttachment = (attachmentId: string) => Promise<string>;

/** Epoch ms as the API's ISO 8601 in UTC. */
export function isoTime(at: number): string {
  return new Date(at).toISOString();
}

export function conversationView(row: Conversation & { readonly unread: boolean }): ApiConversation {
  return {
    id: row.id,
    number: row.number,
    inboxId: row.inboxId,
    channelId: row.channelId,
    channelType: row.channelType,
    contactId: row.contactId,
    contactName: row.contactName,
    subject: row.subject,
    preview: row.preview,
    previewKind: row.previewKind,
    status: row.status,
    assigneeId: row.assigneeId,
    teamId: row.teamId,
    tags: [...row.tags],
    priority: row.priority,
    snoozedUntil: isoTimeOrNull(row.snoozedUntil),
    waitingSince: isoTimeOrNull(row.waitingSince),
    createdAt: isoTime(row.createdAt),
    updatedAt: isoTime(row.updatedAt),
    lastMessageAt: isoTime(row.lastMessageAt),
    version: row.version,
    unread: row.unread,
    failedMessageId: row.failedMessageId,
  };
}

export async function messageView(message: Message, sign: SignAttachment): Promise<ApiMessage> {
  const attachments = await Promise.all(
    message.attachments.map((attachment) => attachmentView(attachment, sign)),
  );
  return {
    id: message.id,
    conversationId: message.conversationId,
    seq: message.seq,
    kind: message.kind,
    author: { ...message.author },
    text: message.text,
    hasHtml: message.hasHtml,
    attachments,
    status: message.status,
    ...(message.error && { error: { ...message.error } }),
    trace: message.trace.map((step) => ({ ...step })),
    createdAt: isoTime(message.createdAt),
    ...(message.sentAt !== undefined && { sentAt: isoTime(message.sentAt) }),
    ...(message.sendAt !== undefined && { sendAt: isoTime(message.sendAt) }),
    ...(message.email && { email: emailView(message.email) }),
    ...(message.event && { event: { ...message.event } }),
  };
}

/** @param file a message's reference to it, or its record. */
export async function attachmentView(
  file: AttachmentRef,
  sign: SignAttachment,
): Promise<ApiAttachment> {
  return {
    id: file.id,
    name: file.name,
    type: file.type,
    size: file.size,
    url: await sign(file.id),
    ...(file.contentId !== undefined && { contentId: file.contentId }),
  };
}

export function contactView(contact: Contact): ApiContact {
  return {
    id: contact.id,
    name: contact.name,
    emails: [...contact.emails],
    phones: [...contact.phones],
    identities: contact.identities.map(({ kind, value, verified }) => ({ kind, value, verified })),
    blocked: contact.blocked,
    createdAt: isoTime(contact.createdAt),
    updatedAt: isoTime(contact.updatedAt),
  };
}

export async function userView(user: User, sign: SignAttachment): Promise<ApiUser> {
  return {
    id: user.id,
    name: user.name,
    email: user.email,
    role: user.role,
    active: user.active,
    teamIds: [],
    availability: user.availability,
    meetingLink: user.meetingLink,
    avatarUrl: user.avatarAttachmentId === null ? null : await sign(user.avatarAttachmentId),
    createdAt: isoTime(user.createdAt),
  };
}

export function inboxView(inbox: Inbox): ApiInbox {
  return {
    id: inbox.id,
    name: inbox.name,
    memberIds: [...inbox.memberIds],
    teamIds: [...inbox.teamIds],
    createdAt: isoTime(inbox.createdAt),
  };
}

function emailView(email: NonNullable<Message["email"]>): NonNullable<ApiMessage["email"]> {
  return {
    from: email.from === null ? null : { ...email.from },
    to: email.to.map((address) => ({ ...address })),
    cc: email.cc.map((address) => ({ ...address })),
    bcc: email.bcc.map((address) => ({ ...address })),
    replyTo: email.replyTo.map((address) => ({ ...address })),
    subject: email.subject,
    messageId: email.messageId,
    inReplyTo: email.inReplyTo,
    references: [...email.references],
    senderVerified: email.senderVerified,
  };
}

function isoTimeOrNull(at: number | null): string | null {
  return at === null ? null : isoTime(at);
}
