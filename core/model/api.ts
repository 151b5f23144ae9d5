/**
 * The shapes of the JSON API and of the events (contract.md, "API shapes"). Written once: they validate what goes in,
 * type what goes out and make openapi.json. Browser code imports only the types.
 */
import { z } from "zod";
import { ViewSort } from "./view.ts";
import { ViewFilterParam } from "./api_views.ts";

const Iso = z.iso.datetime();
const Id = z.string().min(1).max(100);

export const ApiMe = z.strictObject({
  user: z.lazy(() => ApiUser).nullable(),
  role: z.enum(["owner", "admin", "agent", "viewer"]),
  inboxIds: z.array(Id),
  /** By place, what the caller is told of there; null for a token. */
  notifications: z.lazy(() => ApiNotifications).nullable(),
}).meta({ id: "Me" });
export type ApiMe = z.infer<typeof ApiMe>;

/**
 * `mail`: when a customer wrote and it was not seen for two minutes, in conversations that are assigned to one
 * (`assigned`) or one follows (`followed`), and in one's inboxes that nobody has (`unassigned`) or a colleague (`others`);
 * and when a colleague's comment named one (`mention`).
 */
export const ApiNotifications = z.strictObject({
  mail: z.array(z.enum(["assigned", "followed", "unassigned", "others", "mention"])),
}).meta({ id: "Notifications" });

export const ApiUser = z.strictObject({
  id: Id,
  name: z.string(),
  email: z.string(),
  role: z.enum(["owner", "admin", "agent", "viewer"]),
  active: z.boolean(),
  teamIds: z.array(Id),
  availability: z.enum(["available", "away"]),
  meetingLink: z.string().nullable(),
  avatarUrl: z.string().nullable(),
  /** Template of what stands below their letters; absent: the mailbox's. */
  signature: z.string().optional(),
  createdAt: Iso,
}).meta({ id: "User" });
export type ApiUser = z.infer<typeof ApiUser>;

export const ApiInbox = z.strictObject({
  id: Id,
  name: z.string(),
  memberIds: z.array(Id),
  teamIds: z.array(Id),
  spamPolicy: z.lazy(() => ApiSpamPolicy),
  /** Mail to it comes to this inbox; null where Parley takes no mail itself. */
  fallbackAddress: z.string().nullable(),
  createdAt: Iso,
}).meta({ id: "Inbox" });
export type ApiInbox = z.infer<typeof ApiInbox>;

/** People who work together. */
export const ApiTeam = z.strictObject({
  id: Id,
  name: z.string(),
  memberIds: z.array(Id),
  createdAt: Iso,
}).meta({ id: "Team" });
export type ApiTeam = z.infer<typeof ApiTeam>;

/** Addresses and domains that are never, or always, spam; days until spam is deleted, null to keep it. */
export const ApiSpamPolicy = z.strictObject({
  allow: z.array(z.string()),
  deny: z.array(z.string()),
  keepDays: z.int().nullable(),
}).meta({ id: "SpamPolicy" });

export const ApiChannel = z.strictObject({
  id: Id,
  type: z.string(),
  inboxId: Id,
  name: z.string(),
  /** Secrets read as `{"set": true}` or `{"set": false}`. */
  config: z.record(z.string(), z.unknown()),
  autoTicket: z.boolean(),
  status: z.enum(["ready", "error", "paused"]),
  error: z.string().nullable(),
  webhookUrl: z.string().nullable(),
  /** What it can do with these settings, as in its type; null where its kind is no longer installed. */
  capabilities: z.record(z.string(), z.unknown()).nullable(),
  /** Mail forwarded to it comes to this channel; null where Parley takes no mail itself. */
  forwardAddress: z.string().nullable(),
  /** Links that open a conversation; `ref`: what the channel is told about who comes by it. */
  directLinks: z.array(z.strictObject({ ref: z.string().nullable(), url: z.string() })).optional(),
  /** The app whose credentials it uses. */
  appId: Id.optional(),
  /** How it is signed in at its provider; absent where it does not sign in there. */
  signIn: z.strictObject({
    with: z.string(),
    account: z.string().nullable(),
    /** Somebody has to sign in before the channel works. */
    isNeeded: z.boolean(),
  }).optional(),
  createdAt: Iso,
}).meta({ id: "Channel" });
export type ApiChannel = z.infer<typeof ApiChannel>;

export const ApiApp = z.strictObject({
  id: Id,
  /** Its kind: an app type's `adapter`. */
  adapter: z.string(),
  name: z.string(),
  /** Secrets read as `{"set": true}` or `{"set": false}`. */
  config: z.record(z.string(), z.unknown()),
  /** Where the provider delivers for all accounts of the app; null where it does not. */
  webhookUrl: z.string().nullable(),
  /** Where the provider says that somebody wants their data deleted; null where it does not. */
  dataDeletionUrl: z.string().nullable(),
  createdAt: Iso,
}).meta({ id: "App" });
export type ApiApp = z.infer<typeof ApiApp>;

export const ApiAppType = z.strictObject({
  adapter: z.string(),
  title: z.string(),
  description: z.string(),
  configSchema: z.record(z.string(), z.unknown()),
  /** How one is made at the provider. */
  guide: z.array(z.strictObject({ title: z.string(), text: z.string() })),
  /** What the provider's review asks about, with answers to copy. */
  review: z.array(z.strictObject({
    permission: z.string(),
    isNeeded: z.boolean(),
    use: z.string(),
    text: z.string(),
  })),
  /** To be entered at the provider; null where nobody signs in with it. */
  redirectUrl: z.string().nullable(),
}).meta({ id: "AppType" });
export type ApiAppType = z.infer<typeof ApiAppType>;

export const ApiChannelType = z.strictObject({
  type: z.string(),
  title: z.string(),
  description: z.string(),
  configSchema: z.record(z.string(), z.unknown()),
  capabilities: z.record(z.string(), z.unknown()),
  /** What `/channel-types/{type}/suggest` takes, in words; null where settings are filled in by hand. */
  suggest: z.strictObject({ title: z.string(), lead: z.string(), label: z.string() }).nullable(),
  /** What lists the accounts that can be connected, in words; null where there is nothing to list. */
  accounts: z.strictObject({
    appKind: z.string(),
    title: z.string(),
    lead: z.string(),
    secret: z.strictObject({ label: z.string(), help: z.string() }),
  }).nullable(),
  /** Kinds of apps its channels may name. */
  apps: z.array(z.string()),
  /** Its channels have a form at `/forms/{channelId}`. */
  hasForm: z.boolean(),
}).meta({ id: "ChannelType" });
export type ApiChannelType = z.infer<typeof ApiChannelType>;

/** A text the channel's provider approved, with {{1}}, {{2}}, … where values go. */
export const ApiTemplate = z.strictObject({
  name: z.string(),
  language: z.string(),
  body: z.string(),
  values: z.int(),
}).meta({ id: "Template" });
export type ApiTemplate = z.infer<typeof ApiTemplate>;

export const ApiContact = z.strictObject({
  id: Id,
  name: z.string(),
  emails: z.array(z.string()),
  phones: z.array(z.string()),
  identities: z.array(
    z.strictObject({ kind: z.string(), value: z.string(), verified: z.boolean() }),
  ),
  blocked: z.boolean(),
  /** Addresses that mail came back from: replies to them are held. Absent when there are none. */
  badEmails: z.array(z.strictObject({ address: z.string(), reason: z.string(), at: Iso }))
    .optional(),
  /** Channels over which they want no messages: replies are refused. Absent when there are none. */
  optOuts: z.array(z.strictObject({ channelId: Id, at: Iso })).optional(),
  /** Addresses whose mails show their remote images, when the sender is vouched for. Absent when there are none. */
  imagesFrom: z.array(z.string()).optional(),
  /** Whom they work for, in plain words. This and the following are absent when nobody said. */
  company: z.string().optional(),
  /** The colleague who looks after them. */
  ownerId: Id.optional(),
  /** The language they like, as a BCP 47 tag. */
  locale: z.string().optional(),
  /** IANA name. */
  timeZone: z.string().optional(),
  /** Notes about them. Absent when there are none. */
  noteCount: z.int().optional(),
  createdAt: Iso,
  updatedAt: Iso,
}).meta({ id: "Contact" });
export type ApiContact = z.infer<typeof ApiContact>;

/** What a colleague wrote down about a contact. */
export const ApiContactNote = z.strictObject({
  id: Id,
  contactId: Id,
  text: z.string(),
  /** Null: an API token wrote it. */
  authorId: Id.nullable(),
  authorName: z.string(),
  createdAt: Iso,
  updatedAt: Iso,
}).meta({ id: "ContactNote" });
export type ApiContactNote = z.infer<typeof ApiContactNote>;

/** What a contact has part in, over all channels. */
export const ApiTimeline = z.strictObject({
  /** Those the caller may read, newest first. */
  items: z.array(z.lazy(() => ApiConversation)),
  next: z.string().nullable(),
  /** How many there are in inboxes the caller has not; nothing else is told of them. */
  hidden: z.int(),
}).meta({ id: "Timeline" });
export type ApiTimeline = z.infer<typeof ApiTimeline>;

/** A word on conversations, which have its name among their `tags`. */
export const ApiTag = z.strictObject({
  id: Id,
  name: z.string(),
  /** Of its dot, in degrees. */
  hue: z.int(),
  createdAt: Iso,
  updatedAt: Iso,
}).meta({ id: "Tag" });
export type ApiTag = z.infer<typeof ApiTag>;

/** A tag in the list of all. */
export const ApiTagUse = ApiTag.extend({
  /** Open and snoozed conversations with it, of those the caller may read. */
  liveCount: z.int(),
}).meta({ id: "TagUse" });
export type ApiTagUse = z.infer<typeof ApiTagUse>;

export const ApiConversation = z.strictObject({
  id: Id,
  number: z.int(),
  inboxId: Id,
  channelId: Id,
  channelType: z.string(),
  contactId: Id,
  contactName: z.string(),
  subject: z.string(),
  preview: z.string(),
  previewKind: z.enum(["inbound", "reply", "comment"]),
  status: z.enum(["open", "snoozed", "closed", "spam", "trash"]),
  /** Since when it has its status. */
  statusAt: Iso,
  assigneeId: Id.nullable(),
  teamId: Id.nullable(),
  tags: z.array(z.string()),
  priority: z.enum(["low", "medium", "high", "urgent"]).nullable(),
  snoozedUntil: Iso.nullable(),
  waitingSince: Iso.nullable(),
  createdAt: Iso,
  updatedAt: Iso,
  lastMessageAt: Iso,
  version: z.int(),
  /** Whether the caller has read it. */
  unread: z.boolean(),
  /** A reply that failed and waits for somebody. */
  failedMessageId: Id.nullable(),
  /**
   * What may be written to the customer now; null where the channel has no reply windows. `human`: by a person only;
   * `template`: approved templates only. `closesAt`: when that ends; null where only their next message ends it.
   */
  window: z.strictObject({
    state: z.enum(["open", "human", "template", "closed"]),
    closesAt: Iso.nullable(),
    /** Why, in a sentence. */
    reason: z.string(),
  }).nullable(),
  /** Begun by a machine, a newsletter or a campaign; or by a role address; absent for conversations of people. */
  lane: z.enum(["automatic", "newsletter", "marketing", "role"]).optional(),
  /** It is part of this one: in no list any more, and its messages are there. */
  mergedIntoId: Id.optional(),
  /** The one it came out of: it was split off, or begun anew because that one was closed long ago. */
  originId: Id.optional(),
}).meta({ id: "Conversation" });
export type ApiConversation = z.infer<typeof ApiConversation>;

/** Who follows a conversation. */
export const ApiFollowers = z.strictObject({
  isFollowing: z.boolean(),
  /** Longest first. */
  userIds: z.array(Id),
}).meta({ id: "Followers" });
export type ApiFollowers = z.infer<typeof ApiFollowers>;

/** What an agent decided about a sender's mail once and for all. */
export const ApiThreadRule = z.strictObject({
  id: Id,
  channelId: Id,
  /**
   * `split`: mail with a subject its conversation has not had begins one of its own. `join`: mail that would begin a
   * conversation goes to the sender's latest one instead.
   */
  action: z.enum(["split", "join"]),
  sender: z.string(),
  /** Only mail about this; null: any. */
  subject: z.string().nullable(),
  createdBy: z.string(),
  createdAt: Iso,
}).meta({ id: "ThreadRule" });
export type ApiThreadRule = z.infer<typeof ApiThreadRule>;

export const ApiAttachment = z.strictObject({
  id: Id,
  name: z.string(),
  type: z.string(),
  size: z.int(),
  /** Signed, relative to the deployment, valid for a day. */
  url: z.string(),
  contentId: z.string().optional(),
  /** `loading`: it is being fetched from the provider; `missing`: it could not be had. Absent: `url` leads to it. */
  state: z.enum(["loading", "missing"]).optional(),
  /** Why it is missing. */
  error: z.strictObject({ code: z.string(), message: z.string() }).optional(),
  /** Pixels of a picture, where its provider tells them. */
  width: z.int().optional(),
  height: z.int().optional(),
}).meta({ id: "Attachment" });
export type ApiAttachment = z.infer<typeof ApiAttachment>;

const ApiAddress = z.strictObject({ name: z.string(), address: z.string() });

/** When a meeting begins or ends: a moment, a whole day, or what the clock shows where it takes place. */
const ApiInviteTime = z.union([
  z.strictObject({ kind: z.literal("moment"), at: Iso }),
  z.strictObject({ kind: z.literal("day"), day: z.string() }),
  z.strictObject({ kind: z.literal("clock"), clock: z.string() }),
]);

/** The meeting a mail is about. */
export const ApiInvite = z.strictObject({
  method: z.enum(["request", "cancel", "reply", "other"]),
  title: z.string(),
  start: ApiInviteTime.nullable(),
  /** For whole days the last one. */
  end: ApiInviteTime.nullable(),
  place: z.string(),
  organiser: ApiAddress.nullable(),
  repeats: z.strictObject({
    unit: z.enum(["day", "week", "month", "year", "other"]),
    every: z.int(),
    /** "MO" … "SU"; of a month with the place in front: "2TU", "-1FR". */
    days: z.array(z.string()),
    until: ApiInviteTime.nullable(),
    times: z.int().nullable(),
  }).nullable(),
  /** Of a reply. */
  answer: ApiAddress.extend({ says: z.enum(["accepted", "declined", "tentative", "other"]) })
    .nullable(),
  others: z.int(),
}).meta({ id: "Invite" });
export type ApiInvite = z.infer<typeof ApiInvite>;

export const ApiMessage = z.strictObject({
  id: Id,
  conversationId: Id,
  /** Place in the conversation, from 1. */
  seq: z.int(),
  kind: z.enum(["inbound", "reply", "comment", "event"]),
  author: z.strictObject({
    type: z.enum(["contact", "user", "bot", "system"]),
    id: Id.nullable(),
    name: z.string(),
  }),
  text: z.string(),
  /** There is HTML: `GET /messages/:id/html` answers it sanitised, for a sandboxed frame. */
  hasHtml: z.boolean(),
  /** Sanitised, remote images held back; in `GET /messages/:id` only. */
  html: z.string().optional(),
  attachments: z.array(ApiAttachment),
  status: z.enum([
    "received",
    "scheduled",
    "queued",
    "sending",
    "sent",
    "delivered",
    "read",
    "failed",
    "ambiguous",
    "canceled",
  ]),
  error: z.strictObject({ code: z.string(), message: z.string(), provider: z.string().optional() })
    .optional(),
  trace: z.array(z.strictObject({ step: z.string(), detail: z.string() })),
  createdAt: Iso,
  /** Since when it has its text, where its author changed it at the provider. */
  editedAt: Iso.optional(),
  /** The texts it had before, oldest first. */
  earlierTexts: z.array(z.strictObject({ text: z.string(), at: Iso })).optional(),
  /** Its author took it back at the provider: its text and files are gone. */
  deletedAt: Iso.optional(),
  /** What people think of it, one for each person. Absent when there are none. */
  reactions: z.array(z.strictObject({ emoji: z.string(), name: z.string(), at: Iso })).optional(),
  /** A reply that was written elsewhere: in the provider's own inbox, by another app. */
  isOutside: z.literal(true).optional(),
  sentAt: Iso.optional(),
  sendAt: Iso.optional(),
  /** Of an answer in a chat: when it goes to the visitor by mail unless it was read. */
  mailAt: Iso.optional(),
  email: z.strictObject({
    from: ApiAddress.nullable(),
    to: z.array(ApiAddress),
    cc: z.array(ApiAddress),
    bcc: z.array(ApiAddress),
    replyTo: z.array(ApiAddress),
    subject: z.string(),
    messageId: z.string(),
    inReplyTo: z.string().nullable(),
    references: z.array(z.string()),
    senderVerified: z.boolean(),
    /** How its sender protected it: recognised, neither verified nor decrypted. */
    protection: z.strictObject({
      kind: z.enum(["signed", "encrypted"]),
      by: z.enum(["pgp", "smime"]),
    }).optional(),
    invite: ApiInvite.optional(),
    /** What stands below a reply; its text is without it. */
    signature: z.string().optional(),
  }).optional(),
  /**
   * A comment that left by mail for somebody outside, or their answer: the customer never sees it. `to`: who of outside does.
   */
  aside: z.strictObject({ to: z.array(ApiAddress) }).optional(),
  /** A form that was filled in: long values are cut here, not in the text. */
  fields: z.array(z.strictObject({ name: z.string(), label: z.string(), value: z.string() }))
    .optional(),
  /** Answers that went along with a reply. */
  quickReplies: z.array(z.strictObject({ title: z.string(), payload: z.string() })).optional(),
  /** Colleagues and teams a comment names, as they were called then. */
  mentions: z.array(z.strictObject({ type: z.enum(["user", "team"]), id: Id, name: z.string() }))
    .optional(),
  /** What it was sent as; its text is how it reads. */
  template: z.strictObject({ name: z.string(), language: z.string(), values: z.array(z.string()) })
    .optional(),
  /** What an event line says, as data. */
  event: z.strictObject({
    type: z.string(),
    from: z.string().nullable(),
    to: z.string().nullable(),
    fromName: z.string().optional(),
    toName: z.string().optional(),
  }).optional(),
}).meta({ id: "Message" });
export type ApiMessage = z.infer<typeof ApiMessage>;

export const ApiMessageInput = z.strictObject({
  /** Chosen by the client: the same id and body again answers the first result. */
  id: z.string().regex(/^[A-Za-z0-9_-]{8,64}$/).optional(),
  kind: z.enum(["reply", "comment"]),
  text: z.string().max(500_000).optional(),
  html: z.string().max(900_000).optional(),
  attachmentIds: z.array(Id).max(50).optional(),
  /** Letters only. Absent: whoever wrote last, and in `cc` everybody else on the thread (`GET /conversations/:id/reply`). */
  to: z.array(z.email()).min(1).max(100).optional(),
  cc: z.array(z.email()).max(100).optional(),
  bcc: z.array(z.email()).max(100).optional(),
  /** Letters only: quote the earlier mails below. Absent: as the channel's settings say. */
  history: z.boolean().optional(),
  /** Answers the customer can tap, as many and as long as the channel takes; numbered lines of the text where it has none. */
  quickReplies: z.array(z.strictObject({
    title: z.string().trim().min(1).max(200),
    /** What comes back when it is tapped; the title unless given. */
    payload: z.string().min(1).max(500).optional(),
  })).min(1).max(20).optional(),
  /** In place of a text: an approved template of the channel (`GET /channels/:id/templates`). */
  template: z.strictObject({
    name: z.string().min(1).max(512),
    language: z.string().min(1).max(20),
    values: z.array(z.string().min(1).max(1_000)).max(100).optional(),
  }).optional(),
  /** Whom a comment names: those who may read it. They follow the conversation from then on. */
  mentions: z.array(z.strictObject({ type: z.enum(["user", "team"]), id: Id })).max(20).optional(),
  sendAt: Iso.optional(),
  undoSeconds: z.int().min(0).max(30).optional(),
  /** The author's draft it was (`PUT /conversations/:id/drafts/:kind`): it ends with the message. */
  draftId: z.string().regex(/^[A-Za-z0-9_-]{8,64}$/).optional(),
  /** The conversation version its author saw. */
  ifVersion: z.int().nonnegative().optional(),
}).meta({ id: "MessageInput" });
export type ApiMessageInput = z.infer<typeof ApiMessageInput>;

/** Whom a letter goes to, as its author has written it so far. */
const ApiDraftRecipients = z.strictObject({
  to: z.array(ApiAddress),
  cc: z.array(ApiAddress),
  bcc: z.array(ApiAddress),
});

/** What the caller has written and not sent. */
export const ApiDraft = z.strictObject({
  /** A message that is sent names it as `draftId`. */
  id: z.string(),
  conversationId: Id,
  kind: z.enum(["reply", "comment"]),
  /** Rises with each save. */
  version: z.int(),
  /** The tab that saved it last. */
  tab: z.string(),
  text: z.string(),
  html: z.string().optional(),
  /** Uploads; `lost`: it was kept for a day only. */
  files: z.array(z.strictObject({ attachment: ApiAttachment, lost: z.boolean() })),
  /** Whom a comment calls. */
  mentions: z.array(
    z.strictObject({ type: z.enum(["user", "team"]), id: Id, name: z.string() }),
  ).optional(),
  /** Null: everybody on the thread. */
  recipients: ApiDraftRecipients.nullable(),
  /** Null: as the channel's settings say. */
  history: z.boolean().nullable(),
  quickReplies: z.array(z.string()),
  /** Of the conversation, as its author saw it when they began. */
  baseVersion: z.int().nullable(),
  /** What was written in another tab at the same time, and lost its place to this. */
  others: z.array(z.strictObject({ text: z.string(), html: z.string().optional() })),
  updatedAt: Iso,
}).meta({ id: "Draft" });
export type ApiDraft = z.infer<typeof ApiDraft>;

/** The caller's drafts in a conversation, and who else has one there. */
export const ApiDrafts = z.strictObject({
  items: z.array(ApiDraft),
  others: z.array(z.strictObject({
    userId: Id,
    name: z.string(),
    kind: z.enum(["reply", "comment"]),
    updatedAt: Iso,
  })),
}).meta({ id: "Drafts" });
export type ApiDrafts = z.infer<typeof ApiDrafts>;

/** The first words of the caller's drafts, the latest first. */
export const ApiDraftLines = z.strictObject({
  items: z.array(z.strictObject({
    conversationId: Id,
    kind: z.enum(["reply", "comment"]),
    text: z.string(),
    updatedAt: Iso,
  })),
}).meta({ id: "DraftLines" });
export type ApiDraftLines = z.infer<typeof ApiDraftLines>;

/** Event `draft`: one of the caller's own was saved, or is no more (null), in whatever tab. */
export const ApiDraftNews = z.strictObject({
  conversationId: Id,
  kind: z.enum(["reply", "comment"]),
  draftId: z.string(),
  draft: ApiDraft.nullable(),
}).meta({ id: "DraftNews" });
export type ApiDraftNews = z.infer<typeof ApiDraftNews>;

/** Event `presence`, and who else is in a conversation. */
export const ApiPresence = z.strictObject({
  conversationId: Id,
  people: z.array(z.strictObject({
    id: Id,
    name: z.string(),
    /** `idle`: it is open, but nobody looks at it now. */
    state: z.enum(["viewing", "typing", "drafting", "idle"]),
  })),
}).meta({ id: "Presence" });
export type ApiPresence = z.infer<typeof ApiPresence>;

/** What a reply by mail is before its author changes it. */
export const ApiReplyDefaults = z.strictObject({
  to: z.array(ApiAddress),
  /** Everybody else on the thread. */
  cc: z.array(ApiAddress),
  /** Whoever wrote last, alone. */
  sender: z.array(ApiAddress),
  subject: z.string(),
  /** The sender as the caller's letter would name it; null while the channel's settings cannot be read. */
  from: ApiAddress.nullable(),
  /** What would stand below it, variables filled in. */
  signature: z.string(),
  /** Whether it would quote the earlier mails. */
  history: z.boolean(),
  /** Why it cannot be sent at all; absent when it can. */
  problem: z.string().optional(),
}).meta({ id: "ReplyDefaults" });
export type ApiReplyDefaults = z.infer<typeof ApiReplyDefaults>;

export const ApiConversationPatch = z.strictObject({
  status: z.enum(["open", "snoozed", "closed", "spam", "trash"]).optional(),
  assigneeId: Id.nullable().optional(),
  /** One of which somebody works in the inbox. */
  teamId: Id.nullable().optional(),
  /** All it is to have. */
  tags: z.array(z.string().min(1).max(50)).max(30).optional(),
  /** Beside those it has. */
  addTags: z.array(z.string().min(1).max(50)).max(30).optional(),
  removeTags: z.array(z.string().min(1).max(50)).max(30).optional(),
  priority: z.enum(["low", "medium", "high", "urgent"]).nullable().optional(),
  snoozedUntil: Iso.nullable().optional(),
  inboxId: Id.optional(),
  subject: z.string().max(200).optional(),
}).meta({ id: "ConversationPatch" });
export type ApiConversationPatch = z.infer<typeof ApiConversationPatch>;

export const ApiConversationQuery = z.strictObject({
  inboxId: Id.optional(),
  /** One of the fixed ones, one of the caller's own lists, or a saved view's id. */
  view: z.union([
    z.enum(["unassigned", "mine", "open", "closed", "snoozed", "automatic", "spam", "trash"]),
    z.enum(["mentions", "following", "sent", "scheduled", "drafts"]),
    z.templateLiteral(["viw_", z.string().min(1).max(96)]),
  ]).optional(),
  /** A view's filter as JSON, besides all else that is asked; without a word on the status: open conversations. */
  filter: ViewFilterParam.optional(),
  status: z.enum(["open", "snoozed", "closed", "spam", "trash"]).optional(),
  /** "me": the caller. */
  assigneeId: Id.optional(),
  teamId: Id.optional(),
  channelId: Id.optional(),
  channelType: Id.optional(),
  tag: z.string().optional(),
  lane: z.enum(["automatic", "newsletter", "marketing", "role"]).optional(),
  contactId: Id.optional(),
  /** Whether the caller has still to read it. */
  unread: z.enum(["true", "false"]).transform((text) => text === "true").optional(),
  /** Words and filters as in `/search`, besides all else that is asked; the newest first, of any status but spam and trash unless one is named. */
  q: z.string().trim().min(1).max(500).optional(),
  /** Default: the saved view's own, else newest. */
  sort: z.optional(ViewSort),
  limit: z.coerce.number().int().min(1).max(100).optional(),
  cursor: z.string().max(500).optional(),
}).meta({ id: "ConversationQuery" });
export type ApiConversationQuery = z.infer<typeof ApiConversationQuery>;

export const ApiProblem = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  errors: z.array(z.strictObject({ path: z.string(), message: z.string() })).optional(),
}).meta({ id: "Problem" });
export type ApiProblem = z.infer<typeof ApiProblem>;

/** How far long work in the background has come. */
export const ApiJobProgress = z.strictObject({
  id: Id,
  kind: z.enum(["import"]),
  channelId: Id,
  /** Of what is worked on: a folder, a file. */
  name: z.string(),
  state: z.enum(["waiting", "running", "done", "failed", "canceled"]),
  /** Of `total`, in its unit; null while nobody knows. */
  done: z.number().nullable(),
  total: z.number().nullable(),
  /** Messages that were brought in. */
  taken: z.int(),
  /** Of those, the ones nobody could read. */
  failed: z.int(),
  error: z.string().nullable(),
}).meta({ id: "JobProgress" });

/** `data` of a server-sent event. */
export const ApiEvent = z.strictObject({
  type: z.string(),
  at: Iso,
  actor: z.strictObject({ type: z.string(), id: Id.nullable(), name: z.string() }),
  conversation: ApiConversation.optional(),
  message: ApiMessage.optional(),
  contact: ApiContact.optional(),
  /** Ids of what it is about, also where the record itself is gone or no longer the caller's to see. */
  conversationId: Id.optional(),
  messageId: Id.optional(),
  contactId: Id.optional(),
  changed: z.array(z.string()).optional(),
  /** Of `job.progress`. */
  job: ApiJobProgress.optional(),
}).meta({ id: "Event" });
export type ApiEvent = z.infer<typeof ApiEvent>;

/** `data` of a `typing` event: who types in a conversation, or stopped. Never replayed. */
export const ApiTyping = z.strictObject({
  conversationId: Id,
  who: z.strictObject({ type: z.enum(["user", "contact"]), id: Id, name: z.string() }),
  isTyping: z.boolean(),
}).meta({ id: "Typing" });
export type ApiTyping = z.infer<typeof ApiTyping>;

/** Live counts of the fixed views, per inbox and over all of the caller's inboxes (key "all"). `data` of a `counts` event. */
export const ApiCounts = z.record(
  z.string(),
  z.strictObject({
    /** The following only in "all". Open ones by channel id; none where there are none. */
    channels: z.record(z.string(), z.int()).optional(),
    /** By saved view the caller sees; none for those that also hold what is closed, spam or trash. */
    saved: z.record(z.string(), z.int()).optional(),
    /** In what the caller has not read since; 100 at most, as the following two. */
    mentions: z.int().optional(),
    drafts: z.int().optional(),
    scheduled: z.int().optional(),
    /** Without those machines began. */
    unassigned: z.int(),
    /** Open ones that machines began: the view "automatic". */
    automatic: z.int(),
    mine: z.int(),
    open: z.int(),
    snoozed: z.int(),
    unread: z.int(),
  }),
).meta({ id: "Counts" });
export type ApiCounts = z.infer<typeof ApiCounts>;
