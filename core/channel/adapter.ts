import type { z } from "zod";
import type { Result } from "../result.ts";
import type { Capabilities } from "./capabilities.ts";
import type { SendError } from "./errors.ts";
import type { DeliveryReport, InboundEvent } from "./events.ts";
import type { FormPort } from "./form.ts";
import type { DirectLink } from "./instant_reply.ts";
import type { Io, ProviderBase } from "./io.ts";
import type { LettersPort, QuotedMail } from "./letters.ts";
import type { ListenPort } from "./listen.ts";
import type { MediaPort } from "./media.ts";
import type { NoticesPort } from "./notices.ts";
import type { HistoryPort, PollPort } from "./poll.ts";
import type { AnyAppKind, OAuthPort } from "./apps.ts";
import type { ArchivePort } from "./archive.ts";
import type { AccountsPort, ConnectionPort } from "./connection.ts";
import type { ProfilePort, ReceiptsPort, TypingPort } from "./profile.ts";
import type { SetupPort } from "./setup.ts";
import type { AppView, SharedPort } from "./shared.ts";
import type { SuggestPort } from "./suggest.ts";
import type { FilledTemplate, QuickReply } from "../model/message.ts";
import type { TemplatesPort } from "./templates.ts";

/** Version of this contract. It changes only when an existing adapter would break. */
export const API_VERSION = 1;

/** A configured channel as its adapter sees it: config parsed by its schema, secrets filled in. */
export interface ChannelView<Config> {
  readonly id: string;
  readonly name: string;
  readonly config: Config;
  /** The app it names (`appId`), config as its kind's schema parsed it; absent without one that works. */
  readonly app?: AppView<unknown>;
}

/** One outbound message, ready for the provider: within the declared limits, in the declared dialect. */
export interface OutboundPart {
  /** Our id of it: goes over the wire where the provider can carry it, and correlates echoes and receipts. */
  readonly outboxId: string;
  readonly conversationId: string;
  readonly conversationNumber: number;
  readonly createdAt: number;
  /** Which of the message's pieces this is, from 0, when it had to be split. */
  readonly index: number;
  readonly recipient: {
    readonly contactId: string;
    readonly name: string;
    readonly identities: readonly { readonly kind: string; readonly value: string }[];
  };
  /** The person who wrote it; empty when no person did. */
  readonly authorName: string;
  readonly text: string;
  readonly html?: string;
  readonly attachments: readonly OutboundAttachment[];
  readonly email?: OutboundEmail;
  /** A setting wrote it: it says so, that no machine answers. */
  readonly isAutomatic?: boolean;
  /** It goes to somebody outside about a customer: the address for answers says so, and the customer is not named. */
  readonly isAside?: boolean;
  /**
   * In which reply window it goes out: "human" only for what a person wrote, after the open one. Absent where the channel
   * has no windows, and for templates.
   */
  readonly window?: "open" | "human";
  /** Answers the customer can tap; within the capability's limits, and only where there is one. */
  readonly quickReplies?: readonly QuickReply[];
  /** Sent in place of `text`, which holds its words as they read filled in. */
  readonly template?: FilledTemplate;
  /** The provider's id of the message it answers. */
  readonly replyTo?: string;
}
/** A file of an outbound message, read only when it is asked for. */
export interface OutboundAttachment {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly contentId?: string;
  bytes(): Promise<Uint8Array<ArrayBuffer>>;
  /**
   * Where a provider that fetches files itself gets it: whoever holds the address reads this file, for a day. Null where
   * the deployment has no address of its own.
   */
  publicUrl(): Promise<string | null>;
}
/** What a mail needs beside its text. */
export interface OutboundEmail {
  /** As its author saw them; absent where nobody wrote it. */
  readonly from?: { readonly name: string; readonly address: string };
  readonly signature?: string;
  /** Earlier mails to quote below, the latest first. */
  readonly history?: readonly QuotedMail[];
  readonly to: readonly { readonly name: string; readonly address: string }[];
  readonly cc: readonly { readonly name: string; readonly address: string }[];
  readonly bcc: readonly { readonly name: string; readonly address: string }[];
  readonly subject: string;
  /** Message-ID this answers, without brackets. */
  readonly inReplyTo: string | null;
  readonly references: readonly string[];
}

/** Somebody a message was not taken for, whatever became of it for others. */
export type RefusedRecipient = Omit<DeliveryReport["recipients"][number], "outcome" | "address"> & {
  readonly address: string;
};

/** What a successful send tells. */
export interface SendReceipt {
  /** The provider's id; null where it has none. */
  readonly externalId: string | null;
  /** Further ids the same message may be known by (a rewritten Message-ID). */
  readonly aliases?: readonly string[];
  readonly status: "sent" | "delivered";
  /** Of several recipients, those it was not taken for. */
  readonly refused?: readonly RefusedRecipient[];
  /** What will be delivered by itself, for `poll.parse` to read: of an adapter that is its own provider. At most ten. */
  readonly later?: readonly LaterDelivery[];
}
/** A delivery to come, kept by the core until then. */
export interface LaterDelivery {
  /** Epoch ms. */
  readonly at: number;
  readonly contentType: string;
  /** At most 8,000 characters. */
  readonly body: string;
}

/** An inbound HTTP delivery, body read and size checked. */
export interface WebhookRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  readonly body: Uint8Array<ArrayBuffer>;
}

/** Whether a delivery is proven, or in which way it is not. */
export type VerifyResult =
  | {
    readonly ok: true;
    /** A proof that does not cover the body is good for one delivery: what makes it one of a kind. */
    readonly once?: string;
  }
  | {
    readonly ok: false;
    readonly reason: "missing" | "malformed" | "mismatch" | "expired" | "replayed";
  };

/** Deliveries by HTTP: bytes in, events out. */
export interface WebhookPort<Config> {
  /** Content types accepted, lower case, without parameters; others get 415. */
  readonly contentTypes: readonly string[];
  readonly maxBytes: number;
  /** What this channel takes in place of the two above, when its settings say who delivers. */
  accepts?(
    channel: ChannelView<Config>,
  ): { readonly contentTypes: readonly string[]; readonly maxBytes: number };
  /** Request headers kept in the journal for `parse`, lower case. Never one that holds a secret. */
  readonly keepHeaders: readonly string[];
  /** Answers a provider's set-up request, which it proves by itself; null when this is not one. Nothing is journalled. */
  handshake?(
    request: WebhookRequest,
    channel: ChannelView<Config>,
    io: Io,
  ): Promise<Response | null>;
  verify(request: WebhookRequest, channel: ChannelView<Config>, io: Io): Promise<VerifyResult>;
  /** Pure: the same bytes give the same events; never throws on unknown shapes: returns `ignored`, or `unparsable`. */
  parse(
    delivery: Delivery,
    channel: ChannelView<Config>,
    io: ParseIo,
  ): Promise<readonly InboundEvent[]>;
}
/** A journalled delivery. */
export interface Delivery {
  readonly contentType: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array<ArrayBuffer>;
  readonly receivedAt: number;
}
/** What a pure parse may use: the signatures of reply addresses, nothing of the outside. */
export type ParseIo = Pick<Io, "verifyTag">;

/** What a message is answered for by itself: that it begins a conversation, or that it was too large to be taken whole. */
export type AutoReplyOccasion = "begun" | "too_large";
/** What else such an answer may depend on. */
export interface AutoReplyFacts {
  /** The name in the link by which the customer came; null for none. */
  readonly referral: string | null;
}

/** A kind of channel: plain data and plain functions. */
export interface Adapter<Config = unknown> {
  readonly apiVersion: typeof API_VERSION;
  /** Folder name, `^[a-z][a-z0-9_]*$`. */
  readonly id: string;
  /** As customers know it: "Website chat". */
  readonly label: string;
  /** One sentence for the settings page. */
  readonly description: string;
  /** Fields carry `.meta({title, help, secret, widget, advanced, ownPage})`; the settings form is made from it, but for what has a page of its own. */
  readonly config: z.ZodType<Config>;
  readonly capabilities: Capabilities;
  /**
   * What a channel with this config can do, where that differs: a window the provider must approve first. Pure; secrets may
   * be missing.
   */
  capabilitiesOf?(config: Config): Capabilities;
  /** Hosts it talks to besides those in the channel's config; "*.example.com" allowed. */
  readonly hosts: readonly string[];
  /** Providers whose host the environment may name in place of one of these (`io.baseUrl`). */
  readonly bases?: readonly ProviderBase[];
  /** Host names named by the channel's config (mail servers). */
  configHosts?(config: Config): readonly string[];
  /**
   * Text of the reply that a message gets by itself; null for none. Pure; secrets may be missing.
   * @param at when it would be sent, epoch ms
   */
  autoReply?(
    config: Config,
    occasion: AutoReplyOccasion,
    at: number,
    facts: AutoReplyFacts,
  ): string | null;
  /** Links that open a conversation, for buttons and mails. Pure; secrets may be missing. */
  directLinks?(config: Config): readonly DirectLink[];
  send(
    part: OutboundPart,
    channel: ChannelView<Config>,
    io: Io,
  ): Promise<Result<SendReceipt, SendError>>;
  readonly webhook?: WebhookPort<Config>;
  readonly poll?: PollPort<Config>;
  /** One adapter only may have it: there is one port to listen on. */
  readonly listen?: ListenPort<Config>;
  /** Only beside `poll`. */
  readonly history?: HistoryPort<Config>;
  readonly archive?: ArchivePort<Config>;
  /** Needed where events name files by `ref`. */
  readonly media?: MediaPort<Config>;
  readonly setup?: SetupPort<Config>;
  readonly connection?: ConnectionPort<Config>;
  readonly profile?: ProfilePort<Config>;
  /** Only with the capability `typing`. */
  readonly typing?: TypingPort<Config>;
  readonly receipts?: ReceiptsPort<Config>;
  readonly suggest?: SuggestPort;
  /** Kinds of apps its channels may name (`appId`). */
  readonly apps?: readonly AnyAppKind[];
  /** Only beside `apps`: no channel works without one. */
  readonly needsApp?: true;
  /** Only beside `apps`. */
  readonly oauth?: OAuthPort<Config>;
  /** Only beside `apps` and `webhook`. */
  readonly shared?: SharedPort<Config>;
  /** Only beside `apps`. */
  readonly accounts?: AccountsPort;
  /** Visitors talk to Parley's own visitor API instead of a provider. */
  readonly visitor?: VisitorPort<Config>;
  /** Only with the capability `window.templateAfter`. */
  readonly templates?: TemplatesPort<Config>;
  /** Customers fill in a form, which Parley shows and takes at `/forms/:channelId`. */
  readonly form?: FormPort<Config>;
  /** Only with the capability `email`. */
  readonly letters?: LettersPort<Config>;
  /** Only with the capability `email`. */
  readonly notices?: NoticesPort<Config>;
}
/** For channels whose customers use the visitor API (`contract.md`, Visitor API). */
export interface VisitorPort<Config> {
  /** Origins that may embed it, as host names; empty = any. */
  allowedDomains(config: Config): readonly string[];
  identity(
    config: Config,
  ): { readonly mode: "optional" | "required"; readonly secret: string | null };
  /** What one address may do on this channel. */
  limits(config: Config): {
    readonly sessionsPerHour: number;
    readonly messagesPerMinute: number;
    readonly filesPerHour: number;
  };
  /** When answers nobody read go by mail, in ms after they came; null: never. Pure; secrets may be missing. */
  continuity?(config: Config): { readonly afterMs: number } | null;
  /** What the widget needs to draw itself; public. */
  publicConfig(config: Config): Readonly<Record<string, unknown>>;
}

/** Gives an adapter its types without losing the exact config type. */
export function defineAdapter<Config>(adapter: Adapter<Config>): Adapter<Config> {
  return adapter;
}

/** What a channel can do: as its adapter says of all, or of one with this config. */
export function capabilitiesOf(adapter: AnyAdapter, config: unknown): Capabilities {
  return adapter.capabilitiesOf?.(config) ?? adapter.capabilities;
}

/** An adapter whose config type is hidden: what the registry and the core hold. The core only passes it values its own schema parsed. */
// deno-lint-ignore no-explicit-any -- config types differ by adapter; each is only given what its schema returned
export type AnyAdapter = Adapter<any>;
