/** What the server gives the workspace: plain data in API shapes, enough for the whole first screen. */
import type {
  ApiContact,
  ApiConversation,
  ApiCounts,
  ApiDraftLines,
  ApiDrafts,
  ApiInbox,
  ApiMessage,
  ApiPresence,
  ApiReplyDefaults,
  ApiTag,
  ApiTeam,
  ApiUser,
} from "../../../core/model/api.ts";
import type { ApiView } from "../../../core/model/api_views.ts";
import type { SettingsPlace } from "../../(_components)/SettingsNav.tsx";
import type { TextLimit } from "./text_limit.ts";
import type { WorkspaceRoute } from "./workspace_route.ts";

/** A colleague, as menus and rows show them. */
export type Teammate = Pick<
  ApiUser,
  "id" | "name" | "avatarUrl" | "availability" | "role" | "active"
>;

/** A team, as menus and rows show it. */
export type TeamSummary = Pick<ApiTeam, "id" | "name" | "memberIds">;

/** A tag, as rows and menus show it. */
export type TagSummary = Pick<ApiTag, "name" | "hue">;

/** A channel as the composer and the views need it; never its configuration. */
export interface ChannelSummary {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  readonly inboxId: string;
  readonly status: "ready" | "error" | "paused";
  /** How somebody is written to first over it: by mail to any address, only who wrote there, or not at all. */
  readonly beginning: "letter" | "known" | "never";
  /** Where its settings make it differ from its kind. */
  readonly traits?: ChannelTraits;
}

/** What the composer asks of a channel's kind. */
export interface ChannelTraits {
  readonly title: string;
  /** Letters instead of bubbles; cc and bcc apply. */
  readonly isMail: boolean;
  readonly text: TextLimit;
  /** Words can have a form: bold, lists, links. */
  readonly isRich: boolean;
  /** 0 where files cannot be sent. */
  readonly maxFiles: number;
  readonly maxFileBytes: number;
  /** MIME types, "image/*" patterns, "*" for any. */
  readonly fileTypes: readonly string[];
  /** Answers the customer can tap: how many, and how long in characters; null where there are none. */
  readonly quickReplies: { readonly max: number; readonly titleMax: number } | null;
  /** The customer can see that somebody is writing. */
  readonly hasTyping: boolean;
  /** Seconds a reply can be taken back by default. */
  readonly undoSeconds: number;
}

export interface ThreadData {
  readonly conversation: ApiConversation;
  /** The latest messages, oldest first. */
  readonly messages: { readonly items: readonly ApiMessage[]; readonly next: string | null };
  readonly contact: ApiContact | null;
  /** Other conversations of the contact which the reader may see, newest first. */
  readonly past: readonly ApiConversation[];
  /** How many more there are that the reader may not see. */
  readonly hidden: number;
  /** What a letter would be; null where none are written. */
  readonly reply: ApiReplyDefaults | null;
}

export interface WorkspaceData {
  /** Epoch ms of the rendering, and the reader's zone: both sides write the same times. */
  readonly now: number;
  readonly timeZone: string;
  readonly me: ApiUser;
  /** May write, or only read. */
  readonly canWrite: boolean;
  readonly workspaceName: string;
  readonly inboxes: readonly ApiInbox[];
  readonly people: readonly Teammate[];
  /** By name. */
  readonly teams: readonly TeamSummary[];
  /** By name. */
  readonly tags: readonly TagSummary[];
  readonly channels: readonly ChannelSummary[];
  /** By adapter id. */
  readonly traits: Readonly<Record<string, ChannelTraits>>;
  readonly counts: ApiCounts;
  /** Saved ones, in their order. */
  readonly views: readonly ApiView[];
  /** Place in the event stream before any of this was read; null: not known. */
  readonly cursor: string | null;
  readonly route: WorkspaceRoute;
  readonly list: { readonly items: readonly ApiConversation[]; readonly next: string | null };
  /** The open conversation; null when none is. */
  readonly thread: ThreadData | null;
  /** The address names a conversation that does not exist for the reader. */
  readonly isThreadMissing: boolean;
  /** Settings pages the reader may open. */
  readonly settingsPlaces: readonly SettingsPlace[];
  /** The side panel was folded away on wide screens. */
  readonly isSideClosed: boolean;
  /**
   * Which composer is open, what a failed form post left in it, and the id the next message gets without script, so
   * that a form sent twice arrives once.
   */
  readonly compose: {
    readonly kind: "reply" | "comment";
    readonly text: string;
    readonly messageId: string;
    /** As they were typed; null when no post failed. */
    readonly recipients: Readonly<Record<"to" | "cc" | "bcc", string>> | null;
  };
  /** What the reader has written and not sent: all by first words, and the open conversation's whole. */
  readonly drafts: { readonly lines: ApiDraftLines["items"]; readonly open: ApiDrafts | null };
  /** Which colleagues are where. */
  readonly presence: readonly ApiPresence[];
  /** Why a form post without script did nothing, in words; null when all is well. */
  readonly problem: string | null;
  /** Ids of messages whose remote images are shown. */
  readonly shownImages: readonly string[];
}
