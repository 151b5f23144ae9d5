/** What visitors see and say. None of it holds anything internal: no comments, traces, events or ids of agents. */
import type { Attachments } from "../attachments/mod.ts";
import type { InboundEvent } from "../channel/mod.ts";
import type { Channels } from "../channels/mod.ts";
import type { CoreContext } from "../context.ts";
import type { Continuity } from "../continuity/mod.ts";
import type { Hub, Presence } from "../events/mod.ts";
import type { IngestResult } from "../ingest/mod.ts";
import type { Channel } from "../model/channel.ts";
import type { Whereabouts } from "./whereabouts.ts";

/** A person at a widget, proven by the token of a session. */
export interface Visitor {
  readonly id: string;
  readonly channelId: string;
  readonly sub: string | null;
  readonly name: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  /** Address of the page where the session began. */
  readonly page: string | null;
  /** Names the session without being its token. */
  readonly sessionHash: string;
  readonly expiresAt: number;
}

/** Somebody of the team, as strangers may see them. */
export interface Face {
  readonly name: string;
  /** Relative to the deployment, signed for a day. */
  readonly avatarUrl: string | null;
}

/** A file as a visitor sees it. */
export interface VisitorFile {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  /** Bytes. */
  readonly size: number;
  /** Relative to the deployment, signed for a day. */
  readonly url: string;
  /** It is not here: `url` leads to nothing. */
  readonly state?: "loading" | "missing";
}

/** A message as a visitor sees it. */
export interface VisitorMessage {
  /** The client's own id for the visitor's messages, ours for all others. */
  readonly id: string;
  readonly conversationId: string;
  readonly author: Face & { readonly type: "visitor" | "agent" | "bot" };
  readonly text: string;
  /** How it came, when not by the chat. */
  readonly via?: "email";
  readonly attachments: readonly VisitorFile[];
  /** `received` until somebody of the team has read it; replies are sent, delivered or read. */
  readonly status: "received" | "sent" | "delivered" | "read";
  /** When it came, or became visible. Epoch ms; visitors' order. */
  readonly at: number;
}

/** A conversation as a visitor sees it. */
export interface VisitorConversation {
  readonly id: string;
  readonly status: "open" | "closed";
  readonly createdAt: number;
  readonly lastMessageAt: number;
  /** The newest message the visitor may see. */
  readonly lastMessage: VisitorMessage | null;
  /** Replies the visitor has not read. */
  readonly unread: number;
  /** Who answered last. */
  readonly agent: Face | null;
}

/** What a widget needs to draw itself. Public. */
export interface VisitorConfig {
  readonly channelId: string;
  /** As the adapter's `publicConfig` gives it. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** The channel's name, for adapters whose settings name no title. */
  readonly channelName: string;
  readonly identityRequired: boolean;
  /** At most three of the team, those available first. */
  readonly faces: readonly Face[];
  /** Whether anybody of the team is available. */
  readonly isOnline: boolean;
  /** Answers go by mail to visitors who left: an address is of use. */
  readonly mailsAnswers: boolean;
  readonly limits: {
    readonly maxTextLength: number;
    readonly maxFileBytes: number;
    readonly maxFiles: number;
  };
}

/** What a visitor sends. */
export interface VisitorMessageInput {
  /** Chosen by the client; the same id and content again is the same message. */
  readonly id: string;
  readonly text?: string | undefined;
  readonly attachmentIds?: readonly string[] | undefined;
  /** What a pressed quick reply stands for. */
  readonly payload?: string | undefined;
}

/** A message taken, or recognised as taken before. */
export interface Posted {
  readonly message: VisitorMessage;
  readonly isReplay: boolean;
}

/** What a visitor's stream is told. */
export type VisitorEvent =
  /** First of a stream: where it starts. */
  | { readonly type: "hello"; readonly cursor: string }
  /** What was missed is no longer kept: fetch again. */
  | { readonly type: "reset" }
  | ({ readonly at: number; readonly cursor: string } & VisitorChange)
  | {
    readonly type: "typing";
    readonly conversationId: string;
    readonly author: Face;
    readonly isTyping: boolean;
  };
/** What changed for a visitor. */
export type VisitorChange =
  | {
    readonly type: "message.created" | "message.updated";
    readonly message: VisitorMessage;
  }
  | {
    readonly type: "conversation.created" | "conversation.updated";
    readonly conversation: VisitorConversation;
  };

/** What the visitors' service works with. */
export interface VisitorsContext extends CoreContext {
  readonly hub: Pick<Hub, "subscribe">;
  readonly presence: Presence;
  readonly attachments: Attachments;
  readonly channels: Pick<Channels, "open">;
  readonly continuity: Pick<Continuity, "isUsed" | "openLink" | "planAll" | "readStop" | "setStop">;
  readonly whereabouts: Pick<Whereabouts, "enter">;
  /** Stores an event in one commit. */
  ingest(
    channelId: string,
    event: InboundEvent,
    options: { readonly bodyHash: string; readonly channel: Channel },
  ): Promise<IngestResult>;
}
