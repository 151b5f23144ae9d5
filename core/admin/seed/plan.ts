/** What a seed makes: data that knows no ids and no store. Times are epoch ms. */
import type { ConversationStatus, Priority } from "../../model/conversation.ts";

export type Locale = "nl" | "en" | "it" | "de" | "fr" | "tr" | "ar" | "he";
/** Members of the team, by first name. */
export type MemberKey = "anna" | "nora" | "jonas" | "luca";
export type InboxKey = "support" | "workshop" | "rentals";
/** Channels of the seeded workspace: the widget and one mailbox for each inbox. */
export type ChannelKey = "chat" | InboxKey;

export interface SeedPlan {
  readonly now: number;
  readonly people: readonly SeedPerson[];
  /** Oldest first. */
  readonly conversations: readonly SeedConversation[];
}

export interface SeedPerson {
  /** Empty for a visitor who never told it. */
  readonly name: string;
  readonly email: string | null;
  readonly locale: Locale;
}

export interface SeedConversation {
  /** Index into the plan's people. */
  readonly person: number;
  readonly channel: ChannelKey;
  /** Empty for chat. */
  readonly subject: string;
  /** In order of their times. */
  readonly steps: readonly SeedStep[];
  /** Who has read it to its end; everybody else finds it unread. */
  readonly readBy: readonly MemberKey[];
}

export type SeedStep =
  | {
    readonly kind: "inbound";
    readonly at: number;
    readonly text: string;
    readonly html?: string;
    readonly files?: readonly SeedFile[];
    /** A machine wrote it. */
    readonly isAutomatic?: true;
  }
  | {
    readonly kind: "reply";
    readonly at: number;
    readonly by: MemberKey;
    readonly text: string;
    readonly outcome: ReplyOutcome;
  }
  | {
    readonly kind: "comment";
    readonly at: number;
    readonly by: MemberKey;
    readonly text: string;
  }
  | {
    readonly kind: "change";
    readonly at: number;
    readonly by: MemberKey;
    readonly patch: SeedPatch;
  };

export type ReplyOutcome =
  | { readonly status: "sent" | "delivered" | "read" }
  | { readonly status: "failed"; readonly code: string; readonly message: string }
  | { readonly status: "scheduled"; readonly sendAt: number };

export interface SeedPatch {
  readonly status?: ConversationStatus;
  readonly assignee?: MemberKey | null;
  readonly tags?: readonly string[];
  readonly priority?: Priority;
  readonly snoozedUntil?: number;
}

/** A picture drawn from its hue, or a short text. */
export type SeedFile =
  | {
    readonly kind: "picture";
    readonly name: string;
    readonly hue: number;
  }
  | { readonly kind: "text"; readonly name: string; readonly text: string };
