import * as z from "zod/mini";
import { FilledField } from "./form.ts";
import { Invite } from "./invite.ts";

export const MessageKind = z.enum(["inbound", "reply", "comment", "event"]);
export type MessageKind = z.infer<typeof MessageKind>;

export const MessageStatus = z.enum([
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
]);
export type MessageStatus = z.infer<typeof MessageStatus>;

export const Author = z.readonly(z.object({
  type: z.enum(["contact", "user", "bot", "system"]),
  id: z.nullable(z.string()),
  name: z.string(),
}));
export type Author = z.infer<typeof Author>;

export const AttachmentRef = z.readonly(z.object({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  /** Bytes. */
  size: z.number(),
  /** Content-ID of an inline image, without angle brackets. */
  contentId: z.optional(z.string()),
  /** It is not here: being fetched from the provider, or it could not be had. Absent: it is. */
  state: z.optional(z.enum(["loading", "missing"])),
  /** Why it is missing: a {@link MediaProblem}. */
  problem: z.optional(z.string()),
  /** Pixels of a picture, where its provider tells them. */
  width: z.optional(z.number()),
  height: z.optional(z.number()),
}));
export type AttachmentRef = z.infer<typeof AttachmentRef>;

export const MailAddress = z.readonly(z.object({ name: z.string(), address: z.string() }));
export type MailAddress = z.infer<typeof MailAddress>;

/** The mail headers an agent sees and a reply needs. */
export const EmailFields = z.readonly(z.object({
  from: z.nullable(MailAddress),
  to: z.readonly(z.array(MailAddress)),
  cc: z.readonly(z.array(MailAddress)),
  bcc: z.readonly(z.array(MailAddress)),
  replyTo: z.readonly(z.array(MailAddress)),
  subject: z.string(),
  /** Without angle brackets; ours for replies, theirs for inbound. */
  messageId: z.string(),
  inReplyTo: z.nullable(z.string()),
  /** Oldest first, without angle brackets. */
  references: z.readonly(z.array(z.string())),
  /** True only when the receiving side vouches for the sender (DMARC pass). */
  senderVerified: z.boolean(),
  /** How its sender protected it; nothing was verified or decrypted. */
  protection: z.optional(z.readonly(z.object({
    kind: z.enum(["signed", "encrypted"]),
    by: z.enum(["pgp", "smime"]),
  }))),
  /** The meeting it is about. */
  invite: z.optional(Invite),
  /** What stands below a reply, in plain text; its body is without it. */
  signature: z.optional(z.string()),
  /** A reply quotes the earlier mails of its thread. */
  includesHistory: z.optional(z.boolean()),
}));
export type EmailFields = z.infer<typeof EmailFields>;

/** One reason why a message is where it is. */
export const TraceStep = z.readonly(z.object({
  /** snake_case: contact_matched, contact_created, conversation_matched, conversation_created, … */
  step: z.string(),
  /** For a person, without message text: "In-Reply-To named our reply of 3 March". */
  detail: z.string(),
}));
export type TraceStep = z.infer<typeof TraceStep>;

/** What an event line in a thread says, as data; words are made where it is shown. */
export const ThreadEvent = z.readonly(z.object({
  type: z.enum([
    "created",
    "assigned",
    /** The team it was given to. */
    "team",
    "status",
    "moved",
    "priority",
    "tags",
    "subject",
    /** A mail server sent a reply back, or still tries: `to` is the address, the line's text what it says. */
    "bounced",
    "delayed",
    /** Messages left for the conversation in `to`, or came from the one in `from`; names are their numbers. */
    "split_to",
    "split_from",
    "merged_from",
    /** Answers of a chat went to its visitor by mail: `to` is the address, the line's status how far that got. */
    "mailed",
    /** Who has the thread in hand at its provider changed: `to` is in which way, the line's text a sentence. */
    "control",
    /** Its customer, known by `from`, is known by `to` now, which is somebody else here. */
    "identity_conflict",
  ]),
  from: z.nullable(z.string()),
  to: z.nullable(z.string()),
  /** Names at that time, for ids in from and to. */
  fromName: z.optional(z.string()),
  toName: z.optional(z.string()),
}));
export type ThreadEvent = z.infer<typeof ThreadEvent>;

export const DeliveryError = z.readonly(z.object({
  /** A provider error code of the adapter contract. */
  code: z.string(),
  /** A sentence an agent understands. */
  message: z.string(),
  /** The provider's own code and words. */
  provider: z.optional(z.string()),
}));
export type DeliveryError = z.infer<typeof DeliveryError>;

/** An answer the customer can tap: what stands on it, and what comes back. */
export const QuickReply = z.readonly(z.object({ title: z.string(), payload: z.string() }));
export type QuickReply = z.infer<typeof QuickReply>;

/** A text the provider approved, with the values in its places. */
export const FilledTemplate = z.readonly(z.object({
  name: z.string(),
  language: z.string(),
  values: z.readonly(z.array(z.string())),
}));
export type FilledTemplate = z.infer<typeof FilledTemplate>;

/** What one person thinks of a message. */
export const Reaction = z.readonly(z.object({
  /** Null: they took it back, and what was told of them before counts no more. */
  emoji: z.nullable(z.string()),
  /** Who: kind and value of an identity, or their hash where that is long. */
  by: z.string(),
  /** At most 40 characters; empty where nobody knows. */
  name: z.string(),
  at: z.number(),
}));
export type Reaction = z.infer<typeof Reaction>;

/** A part of a message that its provider takes as a message of its own. */
export const MessagePiece = z.readonly(z.object({
  state: z.enum(["waiting", "sent", "failed"]),
  /** The provider's id, once it is sent and has one. */
  externalId: z.nullable(z.string()),
}));
export type MessagePiece = z.infer<typeof MessagePiece>;

/** A colleague or a team a comment names. */
export const Mention = z.readonly(z.object({
  type: z.enum(["user", "team"]),
  id: z.string(),
  /** As it was then. */
  name: z.string(),
}));
export type Mention = z.infer<typeof Mention>;

export const Message = z.readonly(z.object({
  id: z.string(),
  conversationId: z.string(),
  /** Place in the conversation, from 1, without gaps, in commit order. */
  seq: z.int(),
  kind: MessageKind,
  author: Author,
  /** Plain text; the first 1,000 characters only when `bodyBlobId` is set. */
  text: z.string(),
  /** Raw HTML as it came or as the agent wrote it; sanitised when shown. */
  html: z.optional(z.string()),
  /** Text and HTML of a body that is too large for the record, one behind the other. */
  bodyBlobId: z.optional(z.string()),
  /** Bytes of the text in that blob. */
  bodyTextBytes: z.optional(z.int()),
  /** There is HTML, inline or in the blob. */
  hasHtml: z.boolean(),
  attachments: z.readonly(z.array(AttachmentRef)),
  status: MessageStatus,
  error: z.optional(DeliveryError),
  trace: z.readonly(z.array(TraceStep)),
  createdAt: z.number(),
  /** When it left for the provider (outbound). Visitors order by it. */
  sentAt: z.optional(z.number()),
  /** When it is to be sent, for scheduled and undoable ones. */
  sendAt: z.optional(z.number()),
  /** The provider's id of this message. */
  externalId: z.optional(z.string()),
  /** Of a reply that goes out in several, in their order. */
  pieces: z.optional(z.readonly(z.array(MessagePiece))),
  /** The channel it came or went by, where that is not its conversation's: merged into it, or mail of a chat. */
  channelId: z.optional(z.string()),
  /** Id chosen by the sender's client (widget). */
  clientId: z.optional(z.string()),
  email: z.optional(EmailFields),
  /** A form that was filled in, as far as the record has room: long values are cut, and its text has all of them. */
  fields: z.optional(z.readonly(z.array(FilledField))),
  /** An answer in a chat: when it goes by mail unless it was read. Not moved on once it went. */
  mailAt: z.optional(z.number()),
  /** A mail with answers for somebody who left a chat: their ids. */
  letter: z.optional(z.readonly(z.object({ answerIds: z.readonly(z.array(z.string())) }))),
  /** Answers that go along with a reply, where the channel has any. */
  quickReplies: z.optional(z.readonly(z.array(QuickReply))),
  /** What a reply is sent as; its text reads as the customer's does. */
  template: z.optional(FilledTemplate),
  /**
   * Between the team and somebody outside: passed on to them, or their answer. Its customer never gets to see it, which is why
   * its kind is that of comments. `to`: who of outside, besides the team, sees it.
   */
  aside: z.optional(z.readonly(z.object({ to: z.readonly(z.array(MailAddress)) }))),
  /** Whom a comment names; its text has their names too. */
  mentions: z.optional(z.readonly(z.array(Mention))),
  /** A reply that a setting wrote, not a person. */
  automatic: z.optional(z.boolean()),
  /** Recipients whose mail servers sent it back, in lower case. */
  failedTo: z.optional(z.readonly(z.array(z.string()))),
  /** Since when it has the text it has, where its author changed it. The earlier ones lie beside it. */
  editedAt: z.optional(z.number()),
  /** Its author took it back: what it said, and its files, are gone. */
  deletedAt: z.optional(z.number()),
  /** One for each person, also of those who took theirs back. */
  reactions: z.optional(z.readonly(z.array(Reaction))),
  /** A reply that was written elsewhere: in the provider's own inbox, by another app. */
  isOutside: z.optional(z.literal(true)),
  event: z.optional(ThreadEvent),
  /** Journal entry holding the raw delivery. */
  journalId: z.optional(z.string()),
}));
export type Message = z.infer<typeof Message>;
