/**
 * Records of the core as the shapes of the API: ISO times, signed addresses of files, nothing
 * internal. Pages and the API share these, so that an island gets what it would fetch.
 */
import type { ApiDelivery, ApiImport, ApiInvitation, ApiToken } from "@/core/model/api_admin.ts";
import type {
  ApiApp,
  ApiAppType,
  ApiAttachment,
  ApiChannel,
  ApiContact,
  ApiConversation,
  ApiInbox,
  ApiInvite,
  ApiMe,
  ApiMessage,
  ApiReplyDefaults,
  ApiTeam,
  ApiUser,
} from "@/core/model/api.ts";
import type { Contact } from "@/core/model/contact.ts";
import type { Inbox } from "@/core/model/inbox.ts";
import type { Invite, InviteTime } from "@/core/model/invite.ts";
import type { Team } from "@/core/model/team.ts";
import type { AttachmentRef, Message } from "@/core/model/message.ts";
import { DEFAULT_NOTIFICATIONS, type User } from "@/core/model/user.ts";
import {
  type ApiToken as TokenRecord,
  type AppType,
  type ChannelWithSecrets,
  type ConversationRow,
  DEFAULT_SPAM_POLICY,
  type ImportRecord,
  type Invitation,
  type JournalRecord,
  optedOutAt,
  type Principal,
  problemWords,
  type ReplyDefaults,
  roleOf,
  type ShownApp,
  type ShownMessage,
} from "@/core/mod.ts";

/** Makes the address of a file, good for a day without signing in. */
export type SignAttachment = (attachmentId: string) => Promise<string>;

/** Epoch ms as the API's ISO 8601 in UTC. */
export function isoTime(at: number): string {
  return new Date(at).toISOString();
}

export function conversationView(row: ConversationRow): ApiConversation {
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
    statusAt: isoTime(row.statusAt),
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
    window: row.window && { ...row.window, closesAt: isoTimeOrNull(row.window.closesAt) },
    ...(row.lane !== undefined && { lane: row.lane }),
    ...(row.mergedIntoId !== undefined && { mergedIntoId: row.mergedIntoId }),
    ...(row.originId !== undefined && { originId: row.originId }),
  };
}

export async function messageView(
  message: ShownMessage,
  sign: SignAttachment,
): Promise<ApiMessage> {
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
    ...(message.mailAt !== undefined && { mailAt: isoTime(message.mailAt) }),
    ...(message.email && { email: emailView(message.email) }),
    ...(message.aside && { aside: { to: message.aside.to.map((one) => ({ ...one })) } }),
    ...(message.fields && { fields: message.fields.map((field) => ({ ...field })) }),
    ...(message.quickReplies && { quickReplies: message.quickReplies.map((one) => ({ ...one })) }),
    ...(message.mentions && { mentions: message.mentions.map((one) => ({ ...one })) }),
    ...(message.template && {
      template: { ...message.template, values: [...message.template.values] },
    }),
    ...newsView(message),
    ...(message.event && { event: { ...message.event } }),
  };
}

/** What was told of a message since it came. */
function newsView(
  { editedAt, earlierTexts = [], deletedAt, reactions = [], isOutside }: ShownMessage,
): Partial<ApiMessage> {
  const standing = reactions.flatMap(({ emoji, name, at }) =>
    emoji === null ? [] : [{ emoji, name, at: isoTime(at) }]
  );
  return {
    ...(editedAt !== undefined && { editedAt: isoTime(editedAt) }),
    ...(earlierTexts.length > 0 && {
      earlierTexts: earlierTexts.map(({ text, at }) => ({ text, at: isoTime(at) })),
    }),
    ...(deletedAt !== undefined && { deletedAt: isoTime(deletedAt) }),
    ...(standing.length > 0 && { reactions: standing }),
    ...(isOutside && { isOutside }),
  };
}

export function replyDefaultsView(
  { to, cc, sender, subject, style, problem }: ReplyDefaults,
): ApiReplyDefaults {
  const copy = (people: ReplyDefaults["to"]) => people.map((one) => ({ ...one }));
  return {
    to: copy(to),
    cc: copy(cc),
    sender: copy(sender),
    subject,
    from: style === null ? null : { ...style.from },
    signature: style?.signature ?? "",
    history: style?.includesHistory ?? false,
    ...(problem !== null && { problem }),
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
    ...(file.state !== undefined && { state: file.state }),
    ...(file.state === "missing" && {
      error: { code: file.problem ?? "unavailable", message: problemWords(file.problem) },
    }),
    ...(file.width !== undefined && { width: file.width }),
    ...(file.height !== undefined && { height: file.height }),
  };
}

export function contactView(contact: Contact): ApiContact {
  const optOuts = (contact.consents ?? []).flatMap(({ channelId }) => {
    const at = optedOutAt(contact, channelId);
    return at === null ? [] : [{ channelId, at: isoTime(at) }];
  });
  return {
    id: contact.id,
    name: contact.name,
    emails: [...contact.emails],
    phones: [...contact.phones],
    identities: contact.identities.map(({ kind, value, verified }) => ({ kind, value, verified })),
    blocked: contact.blocked,
    ...(contact.badEmails && contact.badEmails.length > 0 && {
      badEmails: contact.badEmails.map(({ address, reason, at }) => ({
        address,
        reason,
        at: isoTime(at),
      })),
    }),
    ...(optOuts.length > 0 && { optOuts }),
    ...(contact.imagesFrom && contact.imagesFrom.length > 0 && {
      imagesFrom: [...contact.imagesFrom],
    }),
    ...(contact.company !== undefined && { company: contact.company }),
    ...(contact.ownerId !== undefined && { ownerId: contact.ownerId }),
    ...(contact.locale !== undefined && { locale: contact.locale }),
    ...(contact.timeZone !== undefined && { timeZone: contact.timeZone }),
    ...(contact.noteCount !== undefined && { noteCount: contact.noteCount }),
    createdAt: isoTime(contact.createdAt),
    updatedAt: isoTime(contact.updatedAt),
  };
}

/** @param teams all of them, for those the user belongs to. */
export async function userView(
  user: User,
  sign: SignAttachment,
  teams: readonly Team[],
): Promise<ApiUser> {
  return {
    id: user.id,
    name: user.name,
    email: user.email,
    role: user.role,
    active: user.active,
    teamIds: teams.filter(({ memberIds }) => memberIds.includes(user.id)).map(({ id }) => id),
    availability: user.availability,
    meetingLink: user.meetingLink,
    avatarUrl: user.avatarAttachmentId === null ? null : await sign(user.avatarAttachmentId),
    ...(user.signature !== undefined && { signature: user.signature }),
    createdAt: isoTime(user.createdAt),
  };
}

export function inboxView(inbox: Inbox): ApiInbox {
  return {
    id: inbox.id,
    name: inbox.name,
    memberIds: [...inbox.memberIds],
    teamIds: [...inbox.teamIds],
    spamPolicy: spamPolicyView(inbox),
    fallbackAddress: inbox.fallback?.address ?? null,
    createdAt: isoTime(inbox.createdAt),
  };
}

export function teamView({ id, name, memberIds, createdAt }: Team): ApiTeam {
  return { id, name, memberIds: [...memberIds], createdAt: isoTime(createdAt) };
}

function spamPolicyView({ spamPolicy = DEFAULT_SPAM_POLICY }: Inbox): ApiInbox["spamPolicy"] {
  const { allow, deny, keepDays } = spamPolicy;
  return { allow: [...allow], deny: [...deny], keepDays };
}

/** The caller. A token has no user, and its role's rights in every inbox. */
export async function meView(
  principal: Principal,
  sign: SignAttachment,
  teams: readonly Team[],
): Promise<ApiMe> {
  const role = roleOf(principal);
  if (principal.type === "token") {
    return { user: null, role, inboxIds: [], notifications: null };
  }
  const { user, inboxIds } = principal;
  const { mail } = user.notifications ?? DEFAULT_NOTIFICATIONS;
  return {
    user: await userView(user, sign, teams),
    role,
    inboxIds: [...inboxIds],
    notifications: { mail: [...mail] },
  };
}

export function invitationView(invitation: Invitation): ApiInvitation {
  const { id, email, role, inboxIds, createdAt, expiresAt } = invitation;
  return {
    id,
    email,
    role,
    inboxIds: [...inboxIds],
    createdAt: isoTime(createdAt),
    expiresAt: isoTime(expiresAt),
  };
}

export function tokenView({ id, name, role, createdAt }: TokenRecord): ApiToken {
  return { id, name, role, createdAt: isoTime(createdAt) };
}

/** @param channel with its secrets shown as `{set}` already. */
export function channelView(channel: ChannelWithSecrets): ApiChannel {
  return {
    id: channel.id,
    type: channel.type,
    inboxId: channel.inboxId,
    name: channel.name,
    config: channel.config,
    autoTicket: channel.autoTicket,
    status: channel.status,
    error: channel.error,
    webhookUrl: channel.webhookUrl,
    capabilities: channel.capabilities && { ...channel.capabilities },
    forwardAddress: channel.forwardAddress,
    ...(channel.directLinks.length > 0 && {
      directLinks: channel.directLinks.map((link) => ({ ...link })),
    }),
    ...(channel.appId !== undefined && { appId: channel.appId }),
    ...(channel.signIn && { signIn: { ...channel.signIn } }),
    createdAt: isoTime(channel.createdAt),
  };
}

/** @param app with its secrets shown as `{set}` already. */
export function appView(
  { id, adapter, name, config, webhookUrl, dataDeletionUrl, createdAt }: ShownApp,
): ApiApp {
  return {
    id,
    adapter,
    name,
    config,
    webhookUrl,
    dataDeletionUrl,
    createdAt: isoTime(createdAt),
  };
}

export function appTypeView(type: AppType): ApiAppType {
  return {
    ...type,
    guide: type.guide.map((step) => ({ ...step })),
    review: type.review.map((one) => ({ ...one })),
  };
}

export function deliveryView(delivery: JournalRecord): ApiDelivery {
  return {
    id: delivery.id,
    channelId: delivery.channelId,
    receivedAt: isoTime(delivery.receivedAt),
    contentType: delivery.contentType,
    size: delivery.blob.size,
    state: delivery.state,
    attempts: delivery.attempts,
    error: delivery.error,
    conversationIds: [...delivery.conversationIds],
  };
}

export function importView(record: ImportRecord): ApiImport {
  return {
    id: record.id,
    channelId: record.channelId,
    folder: record.folder,
    since: isoTimeOrNull(record.sinceAt),
    state: record.state,
    done: record.progress?.done ?? null,
    total: record.progress?.total ?? null,
    taken: record.taken,
    failed: record.unread ?? 0,
    error: record.error,
    createdAt: isoTime(record.createdAt),
    endedAt: isoTimeOrNull(record.endedAt),
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
    ...(email.protection && { protection: { ...email.protection } }),
    ...(email.invite && { invite: inviteView(email.invite) }),
    ...(email.signature && { signature: email.signature }),
  };
}

function inviteView({ start, end, repeats, organiser, answer, ...rest }: Invite): ApiInvite {
  return {
    ...rest,
    start: inviteTime(start),
    end: inviteTime(end),
    organiser: organiser && { ...organiser },
    repeats: repeats && { ...repeats, days: [...repeats.days], until: inviteTime(repeats.until) },
    answer: answer && { ...answer },
  };
}

function inviteTime(time: InviteTime | null): ApiInvite["start"] {
  return time?.kind === "moment" ? { kind: "moment", at: isoTime(time.at) } : time;
}

function isoTimeOrNull(at: number | null): string | null {
  return at === null ? null : isoTime(at);
}
