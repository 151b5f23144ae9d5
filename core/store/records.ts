/** Stored shapes that never leave the server. Nouns of the domain are in core/model. */
import type { Actor } from "../model/change.ts";
import type { Sealed } from "../model/channel.ts";
import type { Contact } from "../model/contact.ts";
import type { DeliveryError, Reaction } from "../model/message.ts";
import type { BlobRef, JobRef } from "./types.ts";
import type { Role } from "../model/user.ts";

/** The one record of a deployment. */
export interface WorkspaceRecord {
  readonly schema: number;
  readonly name: string;
  readonly fingerprint: string;
  readonly createdAt: number;
  /** False until the owner exists. */
  readonly isSetUp: boolean;
  /** Throw-away data of `deno task demo`: the chat channel its shop page shows. */
  readonly demoChannelId?: string;
  /** And the channel of the customers who practise on it. */
  readonly demoPracticeChannelId?: string;
  /** And the one that its plain form is posted to. */
  readonly demoFormChannelId?: string;
}

/** First number not yet handed to a process. */
export type NumberBlock = number;

/** How many log entries there are up to one of them. */
export interface LogTally {
  /** Versionstamp of the last entry counted. */
  readonly upTo: string;
  readonly count: number;
}

/** What a request led to, to be answered again. */
export interface IdempotencyRecord {
  readonly bodyHash: string;
  /** What the command keeps to give its first result again. */
  readonly result: unknown;
  readonly expiresAt: number;
}

/** A password, hashed. */
export interface CredentialRecord {
  /** "argon2id$m=19456,t=2,p=1$<salt>$<hash>", base64. */
  readonly hash: string;
  /** Larger with each change, also within one millisecond. */
  readonly changedAt: number;
}

/** A user's session, found by the hash of its token. */
export interface SessionRecord {
  readonly userId: string;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly userAgent: string;
  /** `changedAt` of the password it was opened under: another password ends it. */
  readonly credentialAt: number;
}

/** An API token, found by its hash. */
export interface ApiTokenRecord {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly createdAt: number;
}

/** A single-use link, found by the hash of its token. */
export type LinkRecord =
  | { readonly kind: "setup"; readonly expiresAt: number }
  | {
    readonly kind: "invitation";
    readonly id: string;
    readonly email: string;
    readonly role: Role;
    readonly inboxIds: readonly string[];
    readonly createdAt: number;
    readonly expiresAt: number;
  }
  | { readonly kind: "reset"; readonly userId: string; readonly expiresAt: number }
  | { readonly kind: "sign_in"; readonly userId: string; readonly expiresAt: number };

/** A sign-in at a provider that somebody began. Good once, for the session that began it. */
export interface OAuthStateRecord {
  readonly userId: string;
  readonly sessionHash: string;
  readonly channelId: string;
  readonly appId: string;
  /** Any account will do: they said that theirs may open the mailbox. */
  readonly anyAccount: boolean;
  readonly expiresAt: number;
}

/** What a channel is signed in with. */
export interface OAuthTokenRecord {
  /** Whose client the tokens were given to. */
  readonly appId: string;
  /** The account's address; null where the provider does not tell. */
  readonly account: string | null;
  readonly accessToken: Sealed;
  /** Null where the provider gives none: the access token is all there is. */
  readonly refreshToken: Sealed | null;
  readonly obtainedAt: number;
  /** Of the access token. */
  readonly expiresAt: number;
  /** One more with each access token. */
  readonly version: number;
  /** Who asks for the next access token now, and until when others wait. */
  readonly lease: { readonly owner: string; readonly until: number } | null;
  /** When the provider took the sign-in back; null while it holds. */
  readonly lostAt: number | null;
}

/** Attempts in a window of time. */
export interface RateRecord {
  readonly count: number;
  readonly resetAt: number;
}

/** A person at a widget. */
export interface VisitorRecord {
  readonly id: string;
  readonly channelId: string;
  /** `sub` of the signed identity, when it was proven. */
  readonly sub: string | null;
  readonly name: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  /** An address they left in the chat. Nobody vouches for it before it has answered. */
  readonly leftEmail?: { readonly address: string; readonly isProven: boolean };
  /** BCP 47, as the browser said last. */
  readonly locale?: string;
  /** Where a session of theirs began last. */
  readonly page?: string;
  /** They were forgotten on a device: links mailed up to here open nothing any more. */
  readonly linksRevokedAt?: number;
  readonly createdAt: number;
}

/** What a chat's visitor got by mail, and what is planned. */
export interface ContinuityRecord {
  readonly visitorId: string;
  /** Where the job stands that mails unread answers; null when none is planned. */
  readonly job: JobRef | null;
  readonly lastMailAt: number | null;
  /** Channels whose signed reply addresses the visitor holds: mail to them may come into this chat. */
  readonly channelIds: readonly string[];
}

/** A visitor's session, found by the hash of its token. */
export interface VisitorSessionRecord {
  readonly visitorId: string;
  readonly channelId: string;
  /** BCP 47, as the browser said. */
  readonly locale: string | null;
  /** Address of the page where the session began. */
  readonly page: string | null;
  readonly createdAt: number;
  /** Moves on while it is used. */
  readonly expiresAt: number;
}

/** Where a message lies. */
export interface MessageRefRecord {
  readonly conversationId: string;
  readonly seq: number;
  /** Hash of the body a client sent under an id of its own choice. */
  readonly bodyHash?: string;
}

/** The message a provider's id stands for. */
export interface DedupeRecord {
  readonly conversationId: string;
  readonly messageId: string;
  readonly seq: number;
  readonly bodyHash?: string;
}

/** What was told of a message before it came, under the id it will come by. */
export interface EarlyRecord {
  readonly early: MessageNews;
  readonly expiresAt: number;
}

/** A text that a message had from a time on: epoch ms of the provider's clock. */
export interface MessageText {
  readonly text: string;
  readonly at: number;
}

/** What is told of a message besides its coming. */
export interface MessageNews {
  /** Oldest first, the first one not among them. */
  readonly texts: readonly MessageText[];
  /** When its author took it back; null while it stands. */
  readonly deletedAt: number | null;
  readonly reactions: readonly Reaction[];
  /** How far it got, of those we sent. */
  readonly receipt: {
    readonly status: "sent" | "delivered" | "read" | "failed";
    readonly at: number;
    readonly error?: DeliveryError;
  } | null;
}

/** The texts of a message that was changed. */
export interface MessageTextsRecord {
  /** As it came. */
  readonly first: string;
  /** What followed, oldest first; the last one is shown. */
  readonly later: readonly MessageText[];
}

/** How far a customer got and read what we wrote in a conversation, by the provider's clock; 0 where nothing is known. */
export interface WatermarkRecord {
  readonly deliveredUpTo: number;
  readonly readUpTo: number;
}

/** News of a conversation that waits until it is seen in the app, or told by mail. */
export interface NoticeRecord {
  /** The first message: its place then, and its id, by which it is found wherever it lies now. */
  readonly seq: number;
  readonly messageId: string;
  /** When its job is due: a record much older than that was left behind. */
  readonly dueAt: number;
}

/** To whom and about what a notification went by mail. Kept after it expired, so that a late answer is known as one. */
export interface AnswerCodeRecord {
  readonly userId: string;
  readonly conversationId: string;
  /** The mailbox that answers come to. */
  readonly channelId: string;
  /** The latest message the mail knew of: its place then, and its id. */
  readonly seq: number;
  readonly messageId: string;
  readonly expiresAt: number;
}

/** A file and whose it is. */
export interface AttachmentRecord {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly blob: BlobRef;
  readonly contentId?: string;
  readonly createdAt: number;
  /** Whose it is: until a message takes it over, its uploader's. */
  readonly owner:
    | { readonly kind: "upload"; readonly by: string; readonly channelId?: string }
    | { readonly kind: "message"; readonly conversationId: string; readonly messageId: string }
    | { readonly kind: "avatar"; readonly userId: string };
}

/** A file of a message that is not here yet: what the channel's adapter knows it by, and how fetching it goes. */
export interface MediaRecord {
  readonly attachmentId: string;
  /** Whose it becomes, wherever that lies by then. */
  readonly messageId: string;
  readonly channelId: string;
  readonly ref: string;
  /** As the message announced it: "" where it did not say. */
  readonly name: string;
  readonly type: string;
  /** Null once it was given up: somebody may ask for it again. */
  readonly job: JobRef | null;
  /** Calls made for it since it was last asked for. */
  readonly tries: number;
}

/** A delivery as it came, and what became of it. */
export interface JournalRecord {
  readonly id: string;
  readonly channelId: string;
  readonly receivedAt: number;
  readonly contentType: string;
  /** Headers the adapter's parse may need, lower case, without secrets. */
  readonly headers: Readonly<Record<string, string>>;
  readonly blob: BlobRef;
  readonly hash: string;
  /** By which port of the adapter it came; a webhook where nothing is said. */
  readonly via?: "webhook" | "poll" | "listen";
  /** From before the channel was connected: stored without waking anybody. */
  readonly isHistory?: true;
  readonly state: "received" | "done" | "failed" | "ignored" | "duplicate";
  readonly attempts: number;
  /** Why it failed or was ignored; no message text. */
  readonly error: string | null;
  readonly messageIds: readonly string[];
  readonly conversationIds: readonly string[];
  readonly settledAt: number | null;
}

/** How far a channel was polled, and how that goes. */
export interface PollRecord {
  /** The adapter's own; null before the first poll. */
  readonly cursor: string | null;
  /** Of the settings the channel was last polled with. */
  readonly configHash: string;
  /** Where its next poll stands; null while it is paused. */
  readonly job: JobRef | null;
  /** When news was heard of, to be asked for once the poll that runs has ended; null when none was. */
  readonly newsAt: number | null;
  /** Polls that failed in a row. */
  readonly failures: number;
  /** What the channel's status says because of them; null when nothing. */
  readonly error: string | null;
  readonly polledAt: number | null;
}

/** Somebody's demand that their data be deleted. */
export interface DataDeletionRecord {
  readonly appId: string;
  readonly requestedAt: number;
  /** When all of it was gone; null while it is under way. */
  readonly erasedAt: number | null;
  /** Whose data; empty once it is gone. */
  readonly identities: readonly { readonly kind: string; readonly value: string }[];
  /** Conversations that were deleted, and whose messages are still being deleted; empty once they are gone. */
  readonly conversationIds: readonly string[];
}

/** How a channel stands at its provider. */
export interface ConnectionRecord {
  /** The provider was told of the settings as they are. */
  readonly isConnected: boolean;
  /** When they were changed last. */
  readonly changedAt: number;
  /** Where its next look stands; null while it is paused. */
  readonly job: JobRef | null;
  /** Looks that failed in a row. */
  readonly failures: number;
  /** What the channel's status says because of them; null when nothing. */
  readonly error: string | null;
  readonly checkedAt: number | null;
}

/** A walk through what a channel held before it was connected. */
export interface ImportRecord {
  readonly id: string;
  readonly channelId: string;
  /** As the provider names it. */
  readonly folder: string;
  /** Older ones are left out; null: all. */
  readonly sinceAt: number | null;
  /** `waiting`: another one of the channel runs. */
  readonly state: "waiting" | "running" | "done" | "failed" | "canceled";
  readonly cursor: string;
  /** Deliveries looked at, and how many there are; null before the first page. */
  readonly progress: { readonly done: number; readonly total: number } | null;
  /** Deliveries put into the journal. */
  readonly taken: number;
  /** Of those, the ones nobody could read. */
  readonly unread?: number;
  /** Tries in a row that failed. */
  readonly failures: number;
  /** Why it failed, for people. */
  readonly error: string | null;
  readonly createdAt: number;
  readonly endedAt: number | null;
}

/** The lists a user has of their own. */
export type PersonalList = "mentions" | "following" | "sent" | "scheduled" | "drafts";

/** Why a conversation is in a list of a user's own. */
export interface PersonalRecord {
  /** Its place in the list, epoch ms. */
  readonly at: number;
}

/** Two contacts as they were before they became one: what it takes to part them again. */
export interface ContactMergeRecord {
  readonly into: Contact;
  readonly other: Contact;
  readonly actor: Actor;
  /** Epoch ms. */
  readonly at: number;
}

/** How often something was used. */
export interface UsageRecord {
  readonly count: number;
  /** The latest time, epoch ms. */
  readonly at: number;
}

/** A conversation with mentions that somebody has not read. */
export interface MentionNews {
  /** Place of the latest one; 0 where messages were merged in, and it is not known. */
  readonly seq: number;
  /** Up to where they were told by mail. */
  readonly toldSeq: number;
}

/** An outbound message that is not settled. */
export interface OutboxRecord {
  readonly messageId: string;
  readonly conversationId: string;
  readonly seq: number;
  readonly channelId: string;
  /** `scheduled` ones do not hold back later messages of their conversation. */
  readonly state: "scheduled" | "queued" | "sending" | "retrying";
  readonly job: JobRef;
  /** Calls made to the provider. */
  readonly attempts: number;
  /** Somebody asked for it although its address is marked as bad. */
  readonly isInsisted?: true;
  /** Since when the customer waited before this reply, to be put back when it is canceled. */
  readonly waitingBefore: number | null;
  /** It answers the customer only once it is sent: scheduled, or failed before. */
  readonly answersWhenSent: boolean;
  /** It gave the conversation, which nobody had, to its author: taken back with it. */
  readonly assigned?: true;
}

/** Mail HTML made fit to show. */
export interface SanitizedRecord {
  readonly html: string;
  readonly blockedImages: number;
  readonly trackers: number;
}

/** An image of another server, or why there is none, by the hash of its address. */
export interface RemoteImageRecord {
  readonly expiresAt: number;
  readonly found:
    | { readonly kind: "image"; readonly type: string; readonly blob: BlobRef }
    | { readonly kind: "problem"; readonly problem: string };
}

/** Who of the team is where, by one process; and which drafts were saved there just now. */
export interface PresenceRecord {
  readonly until: number;
  readonly places: readonly {
    readonly conversationId: string;
    readonly inboxId: string;
    readonly id: string;
    readonly name: string;
    readonly state: "typing" | "drafting" | "viewing" | "idle";
  }[];
  /** The latest ones, numbered without a gap; the last is number `lastNews`. */
  readonly news: readonly {
    readonly conversationId: string;
    readonly userId: string;
    readonly kind: "reply" | "comment";
    readonly draftId: string;
  }[];
  readonly lastNews: number;
}
