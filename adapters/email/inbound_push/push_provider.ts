import type {
  ChannelView,
  Delivery,
  InboundEvent,
  Io,
  Verdict,
  VerifyResult,
  WebhookRequest,
} from "../../../core/channel/mod.ts";
import type { EmailConfig } from "../config.ts";

/** The settings of a channel whose mail is posted. */
export type PushConfig = Extract<EmailConfig["inbound"], { kind: "push" }>;

/** A mail as it was in a provider's delivery, or built again from its pieces. */
export interface PushedMail {
  readonly kind: "mail";
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Who sent it in pieces, when it was built again from those: the bytes are ours then. */
  readonly rebuiltFrom?: string | undefined;
  readonly envelopeFrom?: string | undefined;
  readonly envelopeTo?: string | undefined;
  /** The provider's word about the sender and about spam: the delivery proved that it is the provider's. */
  readonly verdict?: Verdict | undefined;
  /** For the message's trace: what the provider found out (SPF, DKIM, spam), what it left out. No message text. */
  readonly notes?: readonly { readonly step: string; readonly detail: string }[];
}

/** What a delivery holds. */
export type Pushed =
  | PushedMail
  /** What became of a mail of ours. */
  | { readonly kind: "events"; readonly events: readonly InboundEvent[] }
  | { readonly kind: "ignored"; readonly reason: string }
  | { readonly kind: "unparsable"; readonly reason: string };

export interface PushGuide {
  readonly detail: string;
  readonly code?: string;
}

/** How one provider posts mail. */
export interface PushProvider {
  /** Lower case, without parameters. */
  readonly contentTypes: readonly string[];
  readonly maxBytes: number;
  /** Checks the proof that a delivery carries. Never throws for anything a stranger can send. */
  verify(request: WebhookRequest, config: PushConfig, io: Io): Promise<VerifyResult>;
  /** What is in a delivery that was verified. Pure and total. */
  open(delivery: Delivery, channel: ChannelView<EmailConfig>): Promise<Pushed>;
  /** Answers a request that only sets the delivery up; null for all others. */
  handshake?(request: WebhookRequest, config: PushConfig, io: Io): Promise<Response | null>;
  /** What to enter at the provider, in a sentence, and what to paste there. @param url the webhook address */
  guide(url: string): PushGuide;
}

const MIB = 1024 * 1024;
/** A raw mail. */
export const MAX_RAW_BYTES = 25 * MIB;
/** A mail with its files in base64 or as a form. */
export const MAX_WRAPPED_BYTES = 40 * MIB;
