import { z } from "zod";
import { FilledField } from "../model/form.ts";
import { Invite } from "../model/invite.ts";

/** Fields of one filled-in form that are taken. */
export const MAX_FILLED_FIELDS = 200;

const MAX_ID_BYTES = 998;

/** A provider's id, thread or address: what is looked up is a key of the database, whose length is limited in bytes. */
export const ExternalId = z.string().min(1)
  .refine((text) => new TextEncoder().encode(text).length <= MAX_ID_BYTES, "is over 998 bytes")
  .refine((text) => !text.includes("\0"), "holds a zero");

/** Epoch ms, as far as a date can reach. */
const Time = z.number().min(0).max(8_640_000_000_000_000);

/** What an adapter makes of a delivery. Each event says where it belongs and how to know it again. */
const Envelope = {
  /** The provider's id of this event: the same delivery gives the same id, another never does. */
  externalId: ExternalId,
  /** Epoch ms by the provider's clock, or when it came. */
  occurredAt: Time,
  /** For shared endpoints: which account (Page, number) it is for. */
  accountKey: ExternalId.optional(),
};

/**
 * One way a person is known: kind, value, and whether it was proven. Of the kind `external`, a provider's own ids, the value
 * counts on its channel only; the others bring together what somebody writes by several.
 */
export const IdentityInput = z.strictObject({
  kind: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/),
  value: ExternalId,
  verified: z.boolean(),
});
export type IdentityInput = z.infer<typeof IdentityInput>;

/** A file of a message. */
export const MediaInput = z.strictObject({
  kind: z.literal("media"),
  name: z.string(),
  type: z.string(),
  contentId: z.string().optional(),
  /** The bytes themselves, … */
  bytes: z.instanceof(Uint8Array).optional(),
  /** … or a staged attachment, … */
  attachmentId: z.string().optional(),
  /** … or a reference the adapter's media port fetches. */
  ref: z.string().min(1).max(4_096).optional(),
  /** Bytes of what is to be fetched, where the provider says. */
  size: z.int().nonnegative().optional(),
  /** Pixels of a picture or a video, so that its place can be kept while it loads. */
  width: z.int().positive().max(100_000).optional(),
  height: z.int().positive().max(100_000).optional(),
});

/** A piece of a message's content. */
export const PartInput = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("text"), text: z.string(), html: z.string().optional() }),
  MediaInput,
  z.strictObject({
    kind: z.literal("location"),
    latitude: z.number(),
    longitude: z.number(),
    name: z.string().optional(),
  }),
  z.strictObject({
    kind: z.literal("contact_card"),
    name: z.string(),
    phones: z.array(z.string()),
    emails: z.array(z.string()),
  }),
]);
export type PartInput = z.infer<typeof PartInput>;

const Address = z.strictObject({ name: z.string(), address: z.string() });
/** Mail headers of a message event. */
export const EmailInput = z.strictObject({
  from: Address.nullable(),
  to: z.array(Address),
  cc: z.array(Address),
  bcc: z.array(Address),
  replyTo: z.array(Address),
  subject: z.string(),
  messageId: z.string(),
  inReplyTo: z.string().nullable(),
  references: z.array(z.string()),
  senderVerified: z.boolean(),
  /** How its sender protected it. Nothing was verified or decrypted; what is only signed is read. */
  protection: z.strictObject({
    kind: z.enum(["signed", "encrypted"]),
    by: z.enum(["pgp", "smime"]),
  }).optional(),
  /** The meeting it is about. */
  invite: z.optional(Invite),
});
export type EmailInput = z.infer<typeof EmailInput>;

/** It can be copied or forwarded: a sender without a part in the conversation does not come in by it. */
const OnlyParticipants = z.literal(true).optional();

/** Where a message goes, strongest first; the first key that matches wins and the trace names it. */
export const ThreadHint = z.discriminatedUnion("by", [
  /** A conversation the adapter knows by id and proved (signed reply address, visitor API). */
  z.strictObject({
    by: z.literal("conversation"),
    conversationId: ExternalId,
    how: z.string(),
    onlyParticipants: OnlyParticipants,
    /** Proved by what only somebody outside got, to whom the team forwarded it: its customer is not to see what they write. */
    isAside: z.literal(true).optional(),
  }),
  /** A message of this channel by its provider id. */
  z.strictObject({
    by: z.literal("message"),
    externalId: ExternalId,
    how: z.string(),
    onlyParticipants: OnlyParticipants,
  }),
  /** The provider's own thread: one open conversation per key. */
  z.strictObject({ by: z.literal("thread"), threadKey: ExternalId, how: z.string() }),
  /** A conversation's number, as its subject line says it. Looked for among the sender's own over this channel. */
  z.strictObject({ by: z.literal("number"), number: z.int().positive(), how: z.string() }),
  /** The sender's latest conversation over this channel about the same, if anybody wrote in it that lately. */
  z.strictObject({ by: z.literal("subject"), withinDays: z.int().positive(), how: z.string() }),
]);
export type ThreadHint = z.infer<typeof ThreadHint>;

/** `error`: it could not be checked now, which is nobody's fault. */
export const CheckResult = z.enum(["pass", "softfail", "fail", "none", "error"]);
export type CheckResult = z.infer<typeof CheckResult>;
/** What a receiving server whose word counts says of a message. */
export const Verdict = z.strictObject({
  /** Whose word it is: "mx.google.com", "Amazon SES". */
  by: z.string().max(253),
  isSpam: z.boolean().optional(),
  /** Why it is taken for spam, in a few words: "score 7.1". */
  because: z.string().max(200).optional(),
  spf: CheckResult.optional(),
  dkim: CheckResult.optional(),
  /** For the domain of the From address. */
  dmarc: CheckResult.optional(),
  /** That domain, where it is told: two programs may read one header differently. */
  dmarcDomain: z.string().max(255).optional(),
});
export type Verdict = z.infer<typeof Verdict>;

/** A mail that carries the code of a notification (`NoticesPort`). */
export const AgentMail = z.discriminatedUnion("is", [
  /** The notification itself, come back to a mailbox of ours. */
  z.strictObject({ is: z.literal("notice"), code: ExternalId }),
  /** A mail server's report on it. */
  z.strictObject({ is: z.literal("report"), code: ExternalId }),
  z.strictObject({
    is: z.literal("answer"),
    code: ExternalId,
    /** The one address in From, in lower case; null unless there is exactly one. */
    author: ExternalId.nullable(),
    /** `seq` of the notification it answers; null when it does not say. */
    seenSeq: z.int().nonnegative().nullable(),
  }),
]);
export type AgentMail = z.infer<typeof AgentMail>;

/** What a mail server says became of a message of ours, long after it took it. */
export const DeliveryReport = z.strictObject({
  /** Ids the message may be known by; the first that is found counts. */
  targets: z.array(z.discriminatedUnion("by", [
    z.strictObject({ by: z.literal("external"), messageExternalId: ExternalId }),
    z.strictObject({ by: z.literal("outbox"), outboxId: ExternalId }),
  ])).min(1).max(50),
  recipients: z.array(z.strictObject({
    /** Null when the report does not say whom it is about. */
    address: ExternalId.nullable(),
    /** `delayed`: it is still being tried. */
    outcome: z.enum(["failed", "delayed"]),
    /** The address itself is wrong: later mail to it is held. */
    isAddressBad: z.boolean(),
    error: z.strictObject({
      code: z.string(),
      message: z.string(),
      provider: z.string().optional(),
    }),
  })).min(1).max(50),
});
export type DeliveryReport = z.infer<typeof DeliveryReport>;

/** A customer, strongest identity first. Each new one is a version check, and a commit has ten. */
const Identities = z.array(IdentityInput).min(1).max(5);

/** A message, in or out, with all that is known of where it belongs. */
export const MessageEvent = z.strictObject({
  type: z.literal("message"),
  ...Envelope,
  /**
   * Echoes are what a provider tells of messages to a customer: `echo_own` of those Parley sent, `echo_other` of those
   * written elsewhere, in the provider's own inbox or by another app.
   */
  direction: z.enum(["in", "echo_own", "echo_other"]),
  /** The customer: who wrote it, or to whom it was written. */
  sender: z.strictObject({
    identities: Identities,
    name: z.string().optional(),
  }),
  /** Who wrote it, of an `echo_other`: a person or an app, as the provider names them. */
  author: z.string().max(200).optional(),
  hints: z.array(ThreadHint).max(50),
  parts: z.array(PartInput),
  subject: z.string().optional(),
  email: EmailInput.optional(),
  /** Automatic mail: stored, never answered automatically, does not reopen or wait. */
  automatic: z.boolean().optional(),
  /** Another app answers this conversation now: it is kept, and gets no answer by itself. */
  isAnsweredElsewhere: z.boolean().optional(),
  /** Sent to many: a newsletter or list, a campaign; or by a role address such as "info@". */
  lane: z.enum(["newsletter", "marketing", "role"]).optional(),
  /** A form that was filled in; the parts say it in words. */
  fields: z.array(FilledField).max(MAX_FILLED_FIELDS).optional(),
  /** It was too large to be taken whole: what is here says only who wrote, and what about. */
  isTooLarge: z.boolean().optional(),
  verdict: Verdict.optional(),
  /** It has to do with a notification to one of the team; a code nobody was given says nothing. */
  agentMail: AgentMail.optional(),
  /** It reports on a message of ours: joined to that one; a message of its own only when that one is not here. */
  report: DeliveryReport.optional(),
  /** Our own id of the message that an `echo_own` is of; without it, `externalId` says which one. */
  outboxId: ExternalId.optional(),
  /** Id chosen by the sender's client. */
  clientId: ExternalId.optional(),
  payload: z.string().optional(),
  referral: z.string().optional(),
  /** Conversations that were closed longer ago are not opened again by it: it begins another. */
  reopenDays: z.int().positive().optional(),
  /** What the adapter noticed: ingest puts it into the message's trace as it is. No message text. */
  notes: z.array(z.strictObject({ step: z.string(), detail: z.string() })).optional(),
});
export type MessageEvent = z.infer<typeof MessageEvent>;

/** A form that was filled in: each begins a conversation. */
export const Submission = z.strictObject({
  type: z.literal("submission"),
  ...Envelope,
  /** As they say themselves; none when they do not. */
  identities: z.array(IdentityInput).max(5),
  name: z.string().optional(),
  subject: z.string().optional(),
  /** What they wrote in their own words, for lists; it stands among `fields` too. */
  text: z.string().optional(),
  /** In the order of the form. */
  fields: z.array(FilledField).max(MAX_FILLED_FIELDS),
  files: z.array(MediaInput).max(100).optional(),
  /** Address of the page it was filled in on. */
  page: z.string().max(2_000).optional(),
  /** What the guards of the form say. */
  verdict: Verdict.optional(),
  /** Ingest puts it into the message's trace as it is. No text of the visitor's. */
  notes: z.array(z.strictObject({ step: z.string(), detail: z.string() })).optional(),
});
export type Submission = z.infer<typeof Submission>;

/** Everything a delivery can hold. */
export const InboundEvent = z.discriminatedUnion("type", [
  MessageEvent,
  /** A message has another text since `occurredAt`, one of ours too. It may come before its message does. */
  z.strictObject({
    type: z.literal("message_updated"),
    ...Envelope,
    messageExternalId: ExternalId,
    text: z.string(),
  }),
  /** A message was taken back: its content and files are removed. */
  z.strictObject({
    type: z.literal("message_deleted"),
    ...Envelope,
    messageExternalId: ExternalId,
  }),
  /** What somebody thinks of a message since `occurredAt`, one for each person; null takes it back. */
  z.strictObject({
    type: z.literal("reaction"),
    ...Envelope,
    messageExternalId: ExternalId,
    emoji: z.string().min(1).max(32).nullable(),
    /** Who reacted. */
    identities: Identities,
    name: z.string().optional(),
  }),
  z.strictObject({
    type: z.literal("status"),
    ...Envelope,
    status: z.enum(["sent", "delivered", "read", "failed"]),
    target: z.discriminatedUnion("by", [
      z.strictObject({ by: z.literal("external"), messageExternalId: ExternalId }),
      z.strictObject({ by: z.literal("outbox"), outboxId: ExternalId }),
      /** All outbound messages of a thread up to this time. */
      z.strictObject({ by: z.literal("watermark"), threadKey: ExternalId, upTo: Time }),
    ]),
    error: z.strictObject({
      code: z.string(),
      message: z.string(),
      provider: z.string().optional(),
    }).optional(),
    /** Of a message that failed: recipients whose address is wrong. Later mail to them is held. */
    badAddresses: z.array(ExternalId).max(50).optional(),
  }),
  /** The customer tapped a button or came by a link: an inbound message that says so. `externalId` is its id. */
  z.strictObject({
    type: z.literal("action"),
    ...Envelope,
    threadKey: ExternalId,
    /** The customer. */
    identities: Identities,
    name: z.string().optional(),
    /** What the button stands for; empty where only the referral says something. */
    payload: z.string(),
    /** The button's words. */
    title: z.string().optional(),
    /** The message whose button it was. */
    messageExternalId: ExternalId.optional(),
    /** Where the customer came from: the ref of a link, an ad. */
    referral: z.string().optional(),
  }),
  z.strictObject({ type: z.literal("typing"), ...Envelope, threadKey: ExternalId }),
  z.strictObject({
    type: z.literal("contact_updated"),
    ...Envelope,
    identities: Identities,
    name: z.string().optional(),
  }),
  z.strictObject({
    type: z.literal("identities_changed"),
    ...Envelope,
    from: IdentityInput,
    to: IdentityInput,
  }),
  z.strictObject({
    type: z.literal("opt_out"),
    ...Envelope,
    identities: Identities,
  }),
  z.strictObject({
    type: z.literal("opt_in"),
    ...Envelope,
    identities: Identities,
  }),
  Submission,
  /** Who has a thread in hand at the provider: told in the thread by a quiet line. */
  z.strictObject({
    type: z.literal("control"),
    ...Envelope,
    /** Absent: it is about no thread. */
    threadKey: ExternalId.optional(),
    /** snake_case: "thread_taken". */
    name: z.string(),
    /** A sentence for agents; empty: the name says all. */
    payload: z.string(),
  }),
  z.strictObject({
    type: z.literal("channel_problem"),
    ...Envelope,
    code: z.string(),
    message: z.string(),
  }),
  /** What a channel's test sent to the channel itself came back: `externalId` is the test's own id. */
  z.strictObject({ type: z.literal("test"), ...Envelope }),
  z.strictObject({ type: z.literal("ignored"), ...Envelope, reason: z.string() }),
  /** Nothing could be made of the bytes: the journal lists the delivery as failed, with this reason. */
  z.strictObject({ type: z.literal("unparsable"), ...Envelope, reason: z.string() }),
]);
export type InboundEvent = z.infer<typeof InboundEvent>;
