/** What the JSON API takes, besides the messages and conversations of `api.ts`. Strict: an unknown field is refused. */
import { z } from "zod";
import { ApiConversationPatch } from "./api.ts";

const Id = z.string().min(1).max(100);
const Name = z.string().trim().min(1, "Is needed").max(100);
const RoleInput = z.enum(["owner", "admin", "agent", "viewer"]);

/** Query of lists: at most `limit` items after `cursor`, which an earlier page gave as `next`. */
export const ApiPageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().min(1).max(500).optional(),
});

/** Query of contacts: all of them page by page, or with `q` those a few letters find. */
export const ApiContactQuery = ApiPageQuery.extend({
  /** The beginning of an address or of a name. */
  q: z.string().trim().min(1).max(100).optional(),
}).refine(({ q, cursor }) => q === undefined || cursor === undefined, {
  path: ["cursor"],
  message: "Does not go with q: what it finds is one page",
});

/** Query of what takes no parameters. */
export const ApiNoQuery = z.strictObject({});

/** Body of what takes none: absent, or `{}`. */
export const ApiNoBody = z.strictObject({});

export const ApiSignIn = z.strictObject({
  email: z.string().min(1, "Is needed").max(254),
  password: z.string().min(1, "Is needed").max(256),
  /** Second factor, where one is set up. */
  code: z.string().max(20).optional(),
}).meta({ id: "SignIn" });

export const ApiMePatch = z.strictObject({
  name: Name.optional(),
  meetingLink: z.string().max(500).nullable().optional(),
  availability: z.enum(["available", "away"]).optional(),
  /** Template of what stands below the caller's letters, such as `{{agent.name}}, {{company}}`; null: the mailbox's. */
  signature: z.string().max(2_000).nullable().optional(),
  /** An image uploaded by the caller; null takes the picture away. */
  avatarAttachmentId: Id.nullable().optional(),
  /** By place, what the caller is told of there; a list stands in place of the one before. */
  notifications: z.strictObject({
    mail: z.array(z.enum(["assigned", "followed", "unassigned", "others", "mention"])).max(10),
  }).optional(),
}).meta({ id: "MePatch" });

export const ApiPasswordChange = z.strictObject({
  current: z.string().min(1, "Is needed").max(256),
  next: z.string().max(256),
}).meta({ id: "PasswordChange" });

export const ApiUserInput = z.strictObject({
  name: Name,
  email: z.email().max(254),
  role: RoleInput,
  password: z.string().max(256),
  inboxIds: z.array(Id).max(500).optional(),
}).meta({ id: "UserInput" });

export const ApiUserPatch = z.strictObject({
  name: Name.optional(),
  role: RoleInput.optional(),
  active: z.boolean().optional(),
}).meta({ id: "UserPatch" });

export const ApiInvitationInput = z.strictObject({
  email: z.email().max(254),
  role: RoleInput,
  inboxIds: z.array(Id).max(500).default([]),
}).meta({ id: "InvitationInput" });

export const ApiTokenInput = z.strictObject({ name: Name, role: RoleInput })
  .meta({ id: "TokenInput" });

export const ApiInboxInput = z.strictObject({
  name: Name,
  memberIds: z.array(Id).max(500).optional(),
  /** Whose members work there too. */
  teamIds: z.array(Id).max(50).optional(),
  spamPolicy: z.strictObject({
    allow: z.array(z.string().max(254)).max(500).optional(),
    deny: z.array(z.string().max(254)).max(500).optional(),
    keepDays: z.int().min(1).max(3_650).nullable().optional(),
  }).optional(),
}).meta({ id: "InboxInput" });

export const ApiInboxPatch = ApiInboxInput.partial().meta({ id: "InboxPatch" });

export const ApiTeamInput = z.strictObject({
  name: Name.max(60),
  memberIds: z.array(Id).max(200).optional(),
}).meta({ id: "TeamInput" });

export const ApiTeamPatch = ApiTeamInput.partial().meta({ id: "TeamPatch" });

export const ApiChannelInput = z.strictObject({
  type: z.string().min(1).max(50),
  inboxId: Id,
  name: Name,
  /** As the type's `configSchema` says; secrets in the clear. */
  config: z.record(z.string(), z.unknown()),
  /** Needed where the config signs in with an app. */
  appId: Id.optional(),
  autoTicket: z.boolean().optional(),
}).meta({ id: "ChannelInput" });

export const ApiTestInput = z.strictObject({
  /** Also send a message to the channel itself and wait, up to half a minute, until it comes back. */
  roundTrip: z.boolean().optional(),
}).meta({ id: "TestInput" });

/** What a kind of channel's settings are looked up by. */
export const ApiSuggestInput = z.strictObject({ address: z.string().min(1).max(320) })
  .meta({ id: "SuggestInput" });

export const ApiImportInput = z.strictObject({
  /** As the channel's `folders` name it. */
  folder: z.string().min(1).max(255),
  /** Leaves out older messages; absent or null: all of them. */
  since: z.iso.datetime().nullable().optional(),
}).meta({ id: "ImportInput" });

export const ApiChannelPatch = z.strictObject({
  name: Name.optional(),
  inboxId: Id.optional(),
  /** Replaces the fields it names; null takes one away, a secret given as `{"set": true}` stays. */
  config: z.record(z.string(), z.unknown()).optional(),
  appId: Id.nullable().optional(),
  autoTicket: z.boolean().optional(),
  status: z.enum(["ready", "paused"]).optional(),
}).meta({ id: "ChannelPatch" });

export const ApiAppInput = z.strictObject({
  /** An app type's `adapter`. */
  adapter: z.string().min(1).max(50),
  name: Name,
  /** As the type's `configSchema` says; secrets in the clear. */
  config: z.record(z.string(), z.unknown()),
}).meta({ id: "AppInput" });

export const ApiAppPatch = z.strictObject({
  name: Name.optional(),
  /** Replaces the fields it names; null takes one away, a secret given as `{"set": true}` stays. */
  config: z.record(z.string(), z.unknown()).optional(),
}).meta({ id: "AppPatch" });

export const ApiDeliveryQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  /** Only those that failed are listed. */
  state: z.literal("failed").optional(),
});

export const ApiReadInput = z.strictObject({
  /** Read up to this message; the latest when absent. */
  seq: z.int().nonnegative().optional(),
}).meta({ id: "ReadInput" });

export const ApiRescheduleInput = z.strictObject({
  /** When it is to leave; now when absent. */
  sendAt: z.iso.datetime().optional(),
}).meta({ id: "RescheduleInput" });

export const ApiSplitInput = z.strictObject({
  /** The first message of the new conversation; everything after it goes along. */
  messageId: Id,
}).meta({ id: "SplitInput" });

export const ApiThreadRuleInput = z.strictObject({
  action: z.enum(["split", "join"]),
  /** A mail address. */
  sender: z.email().max(254),
  /** Only mail about this, whatever stands before it; absent or null: any. */
  subject: z.string().max(500).nullable().optional(),
}).meta({ id: "ThreadRuleInput" });

export const ApiMergeInput = z.strictObject({
  /** The conversation it becomes a part of. */
  intoId: Id,
}).meta({ id: "MergeInput" });

/** One mail address, or several. */
const Recipients = z.union([z.email().max(254), z.array(z.email().max(254)).min(1).max(100)]);

export const ApiConversationInput = z.strictObject({
  /** What it is written by: a mailbox, or the channel over which the contact wrote. */
  channelId: Id,
  /** Needed but where `to` is given: letters may go to somebody new, who becomes a contact. */
  contactId: Id.optional(),
  /** Letters only. The first one is the contact's; absent: the contact's first address. */
  to: Recipients.optional(),
  cc: z.array(z.email()).max(100).optional(),
  bcc: z.array(z.email()).max(100).optional(),
  subject: z.string().trim().max(200).optional(),
  text: z.string().max(500_000).optional(),
  html: z.string().max(900_000).optional(),
  attachmentIds: z.array(Id).max(50).optional(),
  sendAt: z.iso.datetime().optional(),
  undoSeconds: z.int().min(0).max(30).optional(),
}).meta({ id: "ConversationInput" });
export type ApiConversationInput = z.infer<typeof ApiConversationInput>;

export const ApiForwardInput = z.strictObject({
  /** Needed, but where `messageId` names an answer from outside: its author then. */
  to: z.union([z.email().max(254), z.array(z.email().max(254)).min(1).max(20)]).optional(),
  /** The caller's own words, above what is passed on. */
  text: z.string().max(500_000).optional(),
  html: z.string().max(900_000).optional(),
  /** The message that is passed on; one from outside is answered. Absent: the conversation, without its comments. */
  messageId: Id.optional(),
  /** The files of what is passed on go along; default true. */
  withFiles: z.boolean().optional(),
  attachmentIds: z.array(Id).max(50).optional(),
  undoSeconds: z.int().min(0).max(30).optional(),
}).meta({ id: "ForwardInput" });
export type ApiForwardInput = z.infer<typeof ApiForwardInput>;

const DraftAddresses = z.array(z.strictObject({
  name: z.string().max(200),
  address: z.string().max(320),
})).max(100);

export const ApiDraftInput = z.strictObject({
  /** Chosen by the client for each message it writes; absent: the one of the draft that is there. */
  id: z.string().regex(/^[A-Za-z0-9_-]{8,64}$/).optional(),
  text: z.string(),
  html: z.string().optional(),
  attachmentIds: z.array(Id).max(50).optional(),
  mentions: z.array(
    z.strictObject({ type: z.enum(["user", "team"]), id: Id, name: z.string().max(200) }),
  ).max(50).optional(),
  recipients: z.strictObject({ to: DraftAddresses, cc: DraftAddresses, bcc: DraftAddresses })
    .nullable().optional(),
  history: z.boolean().nullable().optional(),
  quickReplies: z.array(z.string().max(200)).max(20).optional(),
  /** The conversation version the author saw when they began. */
  baseVersion: z.int().nonnegative().nullable().optional(),
  /** The tab that writes, and which of its saves this is: a late one does not undo a newer one. */
  from: z.strictObject({
    tab: z.string().regex(/^[A-Za-z0-9_-]{8,64}$/),
    n: z.int().nonnegative(),
  }).optional(),
  /** The draft's version this goes on from: what another tab wrote since is kept in `others`. */
  after: z.int().nonnegative().optional(),
  /** `others` are not wanted any more. */
  dropsOthers: z.boolean().optional(),
}).meta({ id: "DraftInput" });
export type ApiDraftInput = z.infer<typeof ApiDraftInput>;

/** Of a draft's deletion: only while it is this version. */
export const ApiDraftQuery = z.strictObject({
  version: z.coerce.number().int().nonnegative().optional(),
});

export const ApiPresenceInput = z.strictObject({
  /** `typing` counts for six seconds and is the team's to see only; the others until they are not repeated. */
  state: z.enum(["viewing", "typing", "idle", "left"]),
  /** Somebody with several tabs counts once, as long as one of them is there. */
  tab: z.string().regex(/^[A-Za-z0-9_-]{8,64}$/).optional(),
}).meta({ id: "PresenceInput" });

export const ApiTypingInput = z.strictObject({ isTyping: z.boolean() }).meta({ id: "TypingInput" });

/** Query of the event stream. `Last-Event-ID` comes before `cursor`. */
export const ApiEventsQuery = z.strictObject({ cursor: z.string().min(1).max(100).optional() });

export const ApiBulkInput = z.strictObject({
  ids: z.array(Id).min(1).max(100),
  set: ApiConversationPatch.optional(),
  /** Of the caller, after the change. */
  action: z.enum(["read", "unread"]).optional(),
}).refine(({ set, action }) => set !== undefined || action !== undefined, {
  path: ["set"],
  message: "Say what to set, or an action",
}).meta({ id: "BulkInput" });

export const ApiTagInput = z.strictObject({
  name: z.string().trim().min(1, "Is needed").max(50),
  /** Degrees in steps of 10; absent: one made from the name. */
  hue: z.int().min(0).max(350).multipleOf(10).optional(),
}).meta({ id: "TagInput" });

export const ApiTagPatch = ApiTagInput.partial().meta({ id: "TagPatch" });

export const ApiTagMerge = z.strictObject({ intoId: Id }).meta({ id: "TagMerge" });

/** What a signed address carries; both or none. */
export const ApiSignedQuery = z.strictObject({
  /** Epoch ms. */
  expires: z.coerce.number().int().positive().optional(),
  signature: z.string().min(1).max(100).optional(),
});

/** Query of a mail's frame. */
export const ApiHtmlQuery = z.strictObject({
  /** Remote images: 0 held back, 1 shown, auto as was said of the sender (`imagesFrom` of a contact). */
  images: z.enum(["0", "1", "auto"]).default("auto"),
});

/** Query of a remote image, as a mail's frame has it. */
export const ApiImageQuery = z.strictObject({
  url: z.string().min(1).max(10_000),
  signature: z.string().min(1).max(100),
});

const ContactFields = {
  emails: z.array(z.string().max(320)).max(50).optional(),
  phones: z.array(z.string().max(40)).max(50).optional(),
  /** Null or empty takes it away, as in the following. */
  company: z.string().max(200).nullable().optional(),
  ownerId: Id.nullable().optional(),
  locale: z.string().max(35).nullable().optional(),
  timeZone: z.string().max(60).nullable().optional(),
};

/** A name, or an address. */
export const ApiContactInput = z.strictObject({
  name: z.string().trim().max(200).optional(),
  ...ContactFields,
}).meta({ id: "ContactInput" });
export type ApiContactInput = z.infer<typeof ApiContactInput>;

/** Absent fields stay. */
export const ApiContactPatch = z.strictObject({
  name: z.string().trim().min(1, "Is needed").max(200).optional(),
  ...ContactFields,
  blocked: z.boolean().optional(),
  /** The addresses that stay marked as bad: mail to those left out is sent again. */
  badEmails: z.array(z.string().max(320)).max(50).optional(),
  /** The addresses whose mails show their remote images, when the sender is vouched for. */
  imagesFrom: z.array(z.email().max(320)).max(50).optional(),
}).meta({ id: "ContactPatch" });
export type ApiContactPatch = z.infer<typeof ApiContactPatch>;

/** `take`: fields of which the one that ends has the better value. */
export const ApiContactMerge = z.strictObject({
  intoId: Id,
  take: z.array(z.enum(["name", "company", "ownerId", "locale", "timeZone"])).max(5).optional(),
}).meta({ id: "ContactMerge" });

export const ApiContactNoteInput = z.strictObject({
  text: z.string().max(10_240),
}).meta({ id: "ContactNoteInput" });

export const ApiMessageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  /** Messages before this place in the thread (`seq`), the nearest first to come. */
  before: z.coerce.number().int().positive().optional(),
  /** Messages after this place in the thread, oldest first. */
  after: z.coerce.number().int().nonnegative().optional(),
  cursor: z.string().regex(/^(after\.)?\d{1,15}$/, "Is not a cursor of this list").optional(),
}).refine(
  ({ before, after, cursor }) =>
    [before, after, cursor].filter((one) => one !== undefined).length <= 1,
  { path: ["cursor"], message: "Takes one of before, after and cursor" },
).meta({ id: "MessageQuery" });
