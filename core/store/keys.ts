/**
 * Every key of the database, with the type of what it holds. Nothing else makes a key.
 * The first part names the kind; ordered parts are numbers or fixed-width strings, never mixed types in one place.
 */
import type { App } from "../model/app.ts";
import type { LogEntry } from "../model/change.ts";
import type { Channel } from "../model/channel.ts";
import type { Contact } from "../model/contact.ts";
import type { ContactNote } from "../model/contact_note.ts";
import type { Conversation, ConversationStatus } from "../model/conversation.ts";
import type { Draft, DraftLine } from "../model/draft.ts";
import type { Inbox } from "../model/inbox.ts";
import type { Macro } from "../model/macro.ts";
import type { Message } from "../model/message.ts";
import type { Snippet } from "../model/snippet.ts";
import type { Team } from "../model/team.ts";
import type { Tag } from "../model/tag.ts";
import type { ThreadRule } from "../model/thread_rule.ts";
import type { User } from "../model/user.ts";
import type { View } from "../model/view.ts";
import type {
  AnswerCodeRecord,
  ApiTokenRecord,
  AttachmentRecord,
  ConnectionRecord,
  ContactMergeRecord,
  ContinuityRecord,
  CredentialRecord,
  DataDeletionRecord,
  DedupeRecord,
  EarlyRecord,
  IdempotencyRecord,
  ImportRecord,
  JournalRecord,
  LinkRecord,
  LogTally,
  MediaRecord,
  MentionNews,
  MessageRefRecord,
  MessageTextsRecord,
  NoticeRecord,
  NumberBlock,
  OAuthStateRecord,
  OAuthTokenRecord,
  OutboxRecord,
  PersonalList,
  PersonalRecord,
  PollRecord,
  PresenceRecord,
  RateRecord,
  RemoteImageRecord,
  SanitizedRecord,
  SessionRecord,
  UsageRecord,
  VisitorRecord,
  VisitorSessionRecord,
  WatermarkRecord,
  WorkspaceRecord,
} from "./records.ts";
import type { Job, Key, KeyPart, KeyRange } from "./types.ts";

function key<T>(...path: KeyPart[]): Key<T> {
  return { path };
}

/** Everything below a prefix. A prefix ends before the next part, so ["a"] does not reach ["ab"]. */
function below<T>(...prefix: KeyPart[]): KeyRange<T> {
  return { start: [...prefix, new Uint8Array()], end: [...prefix, true] };
}

/** Builders of keys and ranges, each with the type of what lies there. */
export const keys = {
  /** Schema version, secret fingerprint, name. */
  workspace: () => key<WorkspaceRecord>("workspace"),
  /** One per command: which attempt was committed, so that a lost answer is not a second effect. */
  command: (id: string) => key<number>("command", id),
  /** Written by every commit that adds to the log: what other processes watch. */
  head: () => key<number>("head"),
  /** The log, ordered by the versionstamps of its commits. */
  log: (versionstamp: string) => key<LogEntry>("log", versionstamp),
  /** Entries after a versionstamp; "" for all. */
  logAfter: (versionstamp: string): KeyRange<LogEntry> => ({
    // Versionstamps have one width, so nothing lies between "…5" and "…50".
    start: ["log", versionstamp === "" ? "" : `${versionstamp}0`],
    end: ["log", true],
  }),
  /** Versionstamp of the newest log entry that was deleted. */
  logTrimmed: () => key<string>("log_trimmed"),
  /** How many log entries there are up to one of them, so that counting does not begin anew. */
  logTally: () => key<LogTally>("log_tally"),
  counter: (name: string) => key<NumberBlock>("counter", name),
  followerCursor: (name: string) => key<string>("cursor", name),
  idempotency: (scope: string, id: string) => key<IdempotencyRecord>("idempotency", scope, id),

  user: (id: string) => key<User>("user", id),
  users: () => below<User>("user"),
  userByEmail: (email: string) => key<string>("user_email", email),
  credential: (userId: string) => key<CredentialRecord>("credential", userId),
  /** By hash of the session token. */
  session: (hash: string) => key<SessionRecord>("session", hash),
  sessionOfUser: (userId: string, hash: string) => key<true>("user_session", userId, hash),
  sessionsOfUser: (userId: string) => below<true>("user_session", userId),
  apiToken: (hash: string) => key<ApiTokenRecord>("api_token", hash),
  apiTokens: () => below<ApiTokenRecord>("api_token"),
  /** Single-use links by hash of their token: set-up, invitation, password reset. */
  link: (hash: string) => key<LinkRecord>("link", hash),
  links: () => below<LinkRecord>("link"),
  /** Attempts in a window. */
  rate: (bucket: string, subject: string) => key<RateRecord>("rate", bucket, subject),

  inbox: (id: string) => key<Inbox>("inbox", id),
  inboxes: () => below<Inbox>("inbox"),
  team: (id: string) => key<Team>("team", id),
  teams: () => below<Team>("team"),
  channel: (id: string) => key<Channel>("channel", id),
  channels: () => below<Channel>("channel"),
  /** The channel that is an account of an app: its adapter's name for the account is one channel's only. */
  appAccount: (appId: string, adapterId: string, accountKey: string) =>
    key<string>("app_account", appId, adapterId, accountKey),
  app: (id: string) => key<App>("app", id),
  apps: () => below<App>("app"),
  /** A sign-in at a provider that somebody began, by hash of its state's token. */
  oauthState: (hash: string) => key<OAuthStateRecord>("oauth_state", hash),
  /** What a channel is signed in with. */
  oauthToken: (channelId: string) => key<OAuthTokenRecord>("oauth_token", channelId),

  /** What became of somebody's demand that their data be deleted, by the code they were given. */
  dataDeletion: (code: string) => key<DataDeletionRecord>("data_deletion", code),
  /** Of a channel that a provider has to be told of. */
  connection: (channelId: string) => key<ConnectionRecord>("connection", channelId),

  view: (id: string) => key<View>("view", id),
  views: () => below<View>("view"),
  snippet: (id: string) => key<Snippet>("snippet", id),
  snippets: () => below<Snippet>("snippet"),
  macro: (id: string) => key<Macro>("macro", id),
  macros: () => below<Macro>("macro"),
  /** Of a snippet or a macro. */
  usage: (id: string) => key<UsageRecord>("usage", id),
  tag: (id: string) => key<Tag>("tag", id),
  tags: () => below<Tag>("tag"),
  /** The tag a name means, in lower case: its own, and those it had before. */
  tagByName: (name: string) => key<string>("tag_name", name),
  tagNames: () => below<string>("tag_name"),

  threadRule: (channelId: string, id: string) => key<ThreadRule>("thread_rule", channelId, id),
  threadRules: (channelId: string) => below<ThreadRule>("thread_rule", channelId),

  contact: (id: string) => key<Contact>("contact", id),
  contacts: () => below<Contact>("contact"),
  contactNote: (contactId: string, id: string) => key<ContactNote>("contact_note", contactId, id),
  contactNotes: (contactId: string) => below<ContactNote>("contact_note", contactId),
  /** The contact that one was merged into. */
  contactAlias: (id: string) => key<string>("contact_alias", id),
  /** Of what a contact was made, by what was merged into it; kept for 30 days. */
  contactMerge: (intoId: string, id: string) =>
    key<ContactMergeRecord>("contact_merge", intoId, id),
  contactMerges: (intoId: string) => below<ContactMergeRecord>("contact_merge", intoId),
  /** A conversation that came from a merged contact; kept for 30 days. */
  mergedConversation: (contactId: string, conversationId: string) =>
    key<true>("contact_merged_conversation", contactId, conversationId),
  /** Which contact holds an identity. */
  identity: (kind: string, value: string) => key<string>("identity", kind, value),
  /** When a contact last wrote or tapped on a channel with a reply window, by its provider's clock. */
  heard: (channelId: string, contactId: string) => key<number>("heard", channelId, contactId),
  /** A person at a widget. */
  visitor: (id: string) => key<VisitorRecord>("visitor", id),
  /** A visitor's session, by hash of its token. */
  visitorSession: (hash: string) => key<VisitorSessionRecord>("visitor_session", hash),
  /** The visitor a site's own id of a person stands for. */
  visitorBySubject: (channelId: string, sub: string) => key<string>("visitor_sub", channelId, sub),

  /** A process has a stream of a visitor's open, until a time. */
  visitorHere: (visitorId: string, process: string) =>
    key<number>("visitor_here", visitorId, process),
  visitorHereAnywhere: (visitorId: string) => below<number>("visitor_here", visitorId),
  /** Answers of a chat that go to its visitor by mail. */
  continuity: (conversationId: string) => key<ContinuityRecord>("continuity", conversationId),
  /** Since when an address wants no mail from a chat. */
  noLetters: (channelId: string, address: string) => key<number>("no_letters", channelId, address),

  conversation: (id: string) => key<Conversation>("conversation", id),
  conversations: () => below<Conversation>("conversation"),
  /** Copy of the record while it is open or snoozed: what the live table loads at start. */
  liveConversation: (id: string) => key<Conversation>("live", id),
  liveConversations: () => below<Conversation>("live"),
  /** Stored order of what is not live. */
  done: (status: ConversationStatus, inboxId: string, at: number, id: string) =>
    key<true>("done", status, inboxId, at, id),
  /** Up to and with a time. */
  doneUpTo: (status: ConversationStatus, inboxId: string, upTo: number): KeyRange<true> => ({
    start: ["done", status, inboxId],
    end: ["done", status, inboxId, upTo, true],
  }),
  /** Places after one, and before one. */
  doneAfter: (status: ConversationStatus, inboxId: string, at: number, id: string) => ({
    ...below<true>("done", status, inboxId),
    // The empty byte array is the smallest part: this is the first key after the place.
    start: ["done", status, inboxId, at, id, new Uint8Array()],
  }),
  doneBefore: (status: ConversationStatus, inboxId: string, at: number, id: string) => ({
    ...below<true>("done", status, inboxId),
    end: ["done", status, inboxId, at, id],
  }),
  doneOfInbox: (status: ConversationStatus, inboxId: string) =>
    below<true>("done", status, inboxId),
  conversationOfContact: (contactId: string, createdAt: number, id: string) =>
    key<true>("contact_conversation", contactId, createdAt, id),
  conversationsOfContact: (contactId: string) => below<true>("contact_conversation", contactId),
  /** The conversation a provider's thread currently goes to. */
  thread: (channelId: string, threadKey: string) => key<string>("thread", channelId, threadKey),
  /** All of a channel. */
  threadsOfChannel: (channelId: string) => below<string>("thread", channelId),
  /** Threads with keys that start with `owner` and a colon: all that one visitor began. */
  threadsOf: (channelId: string, owner: string): KeyRange<string> => ({
    start: ["thread", channelId, `${owner}:`],
    end: ["thread", channelId, `${owner};`],
  }),
  /** Seq up to which a customer was told that it was read. */
  readTold: (conversationId: string) => key<number>("read_told", conversationId),
  /** Seq up to which a user has read a conversation. */
  readMark: (userId: string, conversationId: string) => key<number>("read", userId, conversationId),
  readMarks: (userId: string) => below<number>("read", userId),

  /** A conversation in a list of a user's own: what they follow, where they are mentioned, … */
  personal: (conversationId: string, list: PersonalList, userId: string) =>
    key<PersonalRecord>("personal", conversationId, list, userId),
  personalIn: (conversationId: string, list: PersonalList) =>
    below<PersonalRecord>("personal", conversationId, list),
  personalOf: (conversationId: string) => below<PersonalRecord>("personal", conversationId),
  /** The order of such a list. Counts only where the record says the same time. */
  personalAt: (userId: string, list: PersonalList, at: number, conversationId: string) =>
    key<true>("personal_at", userId, list, at, conversationId),
  personalList: (userId: string, list: PersonalList) => below<true>("personal_at", userId, list),
  /** A mention that the user has not read; counts only while the conversation is in their list. */
  mentionNews: (userId: string, conversationId: string) =>
    key<MentionNews>("mention_news", userId, conversationId),
  allMentionNews: (userId: string) => below<MentionNews>("mention_news", userId),

  message: (conversationId: string, seq: number) => key<Message>("message", conversationId, seq),
  messages: (conversationId: string) => below<Message>("message", conversationId),
  /** Messages with fromSeq <= seq < toSeq. */
  messagesBetween: (conversationId: string, fromSeq: number, toSeq: number): KeyRange<Message> => ({
    start: ["message", conversationId, fromSeq],
    end: ["message", conversationId, toSeq],
  }),
  /** Of a conversation, up to its `lastSeq`: what lies beyond is on its way here, or has left. */
  messagesOf: (
    { id, lastSeq }: Pick<Conversation, "id" | "lastSeq">,
    fromSeq = 1,
  ): KeyRange<Message> => ({
    start: ["message", id, fromSeq],
    // A range that ends before it begins is empty.
    end: ["message", id, lastSeq + 1],
  }),
  messageRef: (id: string) => key<MessageRefRecord>("message_ref", id),
  /** Inbound and outbound messages by the provider's id; what was told of those that are not here yet. */
  dedupe: (channelId: string, externalId: string) =>
    key<DedupeRecord | EarlyRecord>("dedupe", channelId, externalId),
  /** Of a message that was changed. */
  messageTexts: (messageId: string) => key<MessageTextsRecord>("message_texts", messageId),
  /** Of a conversation whose provider tells how far all was read, not which message. */
  watermark: (conversationId: string) => key<WatermarkRecord>("watermark", conversationId),
  /** The same of a provider's thread that no conversation stands for yet. */
  threadWatermark: (channelId: string, threadKey: string) =>
    key<WatermarkRecord>("thread_watermark", channelId, threadKey),
  /** Sanitised mail HTML, by version of the sanitiser. */
  sanitized: (messageId: string, version: number, images: boolean) =>
    key<SanitizedRecord>("sanitized", messageId, version, images),

  /** By hash of its address. */
  remoteImage: (hash: string) => key<RemoteImageRecord>("remote_image", hash),
  /** When a kept image may go. */
  remoteImageEnd: (expiresAt: number, hash: string) =>
    key<true>("remote_image_end", expiresAt, hash),
  remoteImagesEndedBy: (now: number): KeyRange<true> => ({
    start: ["remote_image_end"],
    end: ["remote_image_end", now, true],
  }),

  /** Somebody's unsent reply or comment. */
  draft: (conversationId: string, userId: string, kind: string) =>
    key<Draft>("draft", conversationId, userId, kind),
  draftsOf: (conversationId: string) => below<Draft>("draft", conversationId),
  /** Content that is too large for the record. */
  draftPart: (conversationId: string, userId: string, kind: string, n: number) =>
    key<Uint8Array<ArrayBuffer>>("draft_part", conversationId, userId, kind, n),
  draftPartsOf: (conversationId: string) =>
    below<Uint8Array<ArrayBuffer>>("draft_part", conversationId),
  /** The first words of a user's draft, by user. */
  draftLine: (userId: string, conversationId: string, kind: string) =>
    key<DraftLine>("draft_line", userId, conversationId, kind),
  draftLines: (userId: string) => below<DraftLine>("draft_line", userId),

  /** Who of the team is where, by a process; believed until it runs out. */
  presenceOf: (process: string) => key<PresenceRecord>("presence", process),
  presences: () => below<PresenceRecord>("presence"),
  /** Written with each of them: what all processes watch. */
  presenceHead: () => key<string>("presence_head"),

  attachment: (id: string) => key<AttachmentRecord>("attachment", id),
  /** Of a file that is still to be fetched, by the id it will have. */
  media: (attachmentId: string) => key<MediaRecord>("media", attachmentId),

  journal: (id: string) => key<JournalRecord>("journal", id),
  journals: () => below<JournalRecord>("journal"),
  /** Deliveries that failed to parse, by channel and time. */
  journalFailed: (channelId: string, at: number, id: string) =>
    key<true>("journal_failed", channelId, at, id),
  journalFailedAll: () => below<true>("journal_failed"),
  /** Those of channels after one, in the order of their ids; "" for all. */
  journalFailedAfter: (channelId: string): KeyRange<true> => ({
    start: ["journal_failed", channelId, true],
    end: ["journal_failed", true],
  }),
  journalFailedOfChannel: (channelId: string) => below<true>("journal_failed", channelId),
  /** A proof that was good for one delivery, which came. */
  journalProof: (channelId: string, proof: string) => key<true>("journal_proof", channelId, proof),
  /** A delivery by its channel and the hash of its bytes. */
  journalDedupe: (channelId: string, hash: string) =>
    key<string>("journal_dedupe", channelId, hash),
  /** When what a test sent to its own channel came in; kept for an hour. */
  channelTest: (channelId: string, testId: string) =>
    key<number>("channel_test", channelId, testId),
  /** Of a channel that is polled. */
  poll: (channelId: string) => key<PollRecord>("poll", channelId),
  import: (id: string) => key<ImportRecord>("import", id),
  imports: () => below<ImportRecord>("import"),
  /** The import that goes on in a channel: one at a time. */
  runningImport: (channelId: string) => key<string>("import_running", channelId),
  /** Bytes taken from unproven senders, by channel and day (YYYY-MM-DD). */
  quota: (channelId: string, day: string) => key<number>("quota", channelId, day),

  /** News of a conversation that somebody of the team is about to be told of. */
  notice: (conversationId: string) => key<NoticeRecord>("notice", conversationId),
  /** Whose answer a mail with this code is, and where it belongs. */
  answerCode: (code: string) => key<AnswerCodeRecord>("answer_code", code),

  /** Outbound messages not yet settled, in the order of their conversation. */
  outbox: (conversationId: string, seq: number) => key<OutboxRecord>("outbox", conversationId, seq),
  outboxes: () => below<OutboxRecord>("outbox"),
  outboxOf: (conversationId: string) => below<OutboxRecord>("outbox", conversationId),

  job: (dueAt: number, id: string) => key<Job>("job", dueAt, id),
  /** Jobs due at or before a time. */
  jobsDue: (now: number): KeyRange<Job> => ({ start: ["job"], end: ["job", now + 0.5] }),
  /** Jobs due later than a time. */
  jobsAfter: (now: number): KeyRange<Job> => ({ start: ["job", now + 0.5], end: ["job", true] }),
  jobs: () => below<Job>("job"),
  deadJob: (id: string) => key<Job>("job_dead", id),
  deadJobs: () => below<Job>("job_dead"),

  blobMeta: (id: string) => key<{ readonly size: number; readonly chunks: number }>("blob", id),
  blobChunk: (id: string, n: number) => key<Uint8Array>("blob_chunk", id, n),
  blobChunks: (id: string) => below<Uint8Array>("blob_chunk", id),
  /** When a blob without an owner was written; 0 when its owner is gone. */
  stagedBlob: (id: string) => key<number>("blob_staged", id),
  stagedBlobs: () => below<number>("blob_staged"),

  audit: (at: number, id: string) => key<Record<string, unknown>>("audit", at, id),
};
