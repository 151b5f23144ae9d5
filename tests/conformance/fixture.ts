/** What an adapter's author tells the conformance kit, as data. */
import type { Script } from "./provider_server.ts";
import type { InboundEvent, OutboundPart, SendErrorCode } from "../../core/channel/mod.ts";

/** Stands beside the adapter as `adapters/<id>/conformance.ts`, exported as `fixture`. */
export interface Fixture {
  /** `import.meta.url` of that file: its folder holds the README. */
  readonly url: string;
  /** Settings that its schema takes, every secret filled in with 8 characters or more. */
  readonly config: Readonly<Record<string, unknown>>;
  /** The app a channel names, where it needs one. */
  readonly app?: {
    readonly kind: string;
    /** As `config`, of the app's kind. */
    readonly config: Readonly<Record<string, unknown>>;
  };
  /** Needed with the port `webhook`. */
  readonly webhook?: WebhookFixture;
  /** Needed with the port `poll`, where these settings use it. */
  readonly poll?: PollFixture;
  /** Needed where `send` calls a provider by HTTP. */
  readonly provider?: ProviderFixture;
  /** Needed with the port `connection`. */
  readonly connection?: ConnectionFixture;
  /** Needed with the capability `echo`; wanted wherever receipts come by the webhook. */
  readonly roundTrip?: RoundTripFixture;
  /** Needed with the port `media`. */
  readonly media?: MediaFixture;
  /** Checks that do not suit this adapter. One that would pass fails the run. */
  readonly skip?: readonly Skip[];
}

export interface Skip {
  /** A name as the run prints it. */
  readonly check: string;
  /** For readers: why it cannot hold here. */
  readonly reason: string;
}

export interface WebhookFixture {
  /** Lower case, without parameters. */
  readonly contentType: string;
  /** Name of the header that proves a delivery, lower case. */
  readonly proof: string;
  /**
   * Headers with which the provider would deliver this body, the proof among them.
   * @param at epoch ms
   */
  sign(body: Uint8Array<ArrayBuffer>, at: number): Promise<Readonly<Record<string, string>>>;
  /** Where proofs hold a time: one that is older than this, in ms, is refused. */
  readonly proofGoodForMs?: number;
  /** Recorded deliveries, and exactly what is in them; one at least holds several events if that can be. */
  readonly deliveries: readonly {
    readonly name: string;
    readonly body: string;
    readonly events: readonly InboundEvent[];
  }[];
  /** A delivery of a kind the adapter does not know. */
  readonly unknown: string;
}

export interface ConnectionFixture {
  /** A provider that was told nothing yet, as far as connecting goes. */
  provider(): {
    /** What it answers to a request, which may change what it knows. */
    answer(request: SentRequest): {
      readonly status: number;
      readonly body: string;
      readonly headers?: Readonly<Record<string, string>>;
    };
    /** What it knows of the channel, as plain data: the same as at first once all is taken back. */
    state(): unknown;
  };
}

export interface PollFixture {
  /** When it is polled, one time after the other, epoch ms; something must have come by one of them. */
  readonly at: readonly number[];
  /** The provider's answers, where one is called by HTTP. The same request at the same time gives the same. */
  answer?(request: SentRequest): Script;
}

export interface MediaFixture {
  /** A file's reference as the adapter's events have it. */
  readonly ref: string;
  /** Whether a request downloads a file, by whatever link; all others ask the provider about it. */
  isDownload(request: SentRequest): boolean;
  /** The provider's answer to those others. */
  answer?(request: SentRequest): { readonly status: number; readonly body: string };
  /** A link that expired can be had anew. */
  readonly renews: boolean;
}

export interface ProviderFixture {
  /** The answer to a message it took. */
  readonly success: { readonly body: string; readonly headers?: Readonly<Record<string, string>> };
  /** The provider's id in it, as the receipt or its aliases must tell; null where it gives none. */
  readonly externalId: string | null;
  /** Whom to send to; by default somebody with an address of each usual kind. */
  readonly recipient?: OutboundPart["recipient"];
  /** What a part needs beside its text, on this channel. */
  readonly part?: Partial<OutboundPart>;
  /** The message's text in a request, as the customer will read it. */
  textIn(request: SentRequest): string;
  /** Refusals as the provider words them, and what each means. */
  readonly refusals: readonly {
    readonly name: string;
    readonly status: number;
    readonly body: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly code: SendErrorCode;
  }[];
}

/**
 * What a provider delivers of a message that was sent to it: the one that `ProviderFixture.success` answers, by its
 * `externalId`.
 */
export interface RoundTripFixture {
  /** A customer writes. */
  readonly question: string;
  /** The provider tells of our message to that customer, knowing of it what was in the request. */
  readonly ownEcho?: (request: SentRequest) => string;
  /** Another app, or somebody in the provider's own inbox, wrote to that customer. */
  readonly outsideReply?: string;
  /** Our message arrived, and was read, by that customer. At: epoch ms. */
  readonly receipts?: {
    readonly delivered?: (at: number) => string;
    readonly read?: (at: number) => string;
  };
}

/** A request of the adapter, as it came over the wire. */
export interface SentRequest {
  readonly method: string;
  /** The host that was asked, with a port that is not the usual one. */
  readonly host: string;
  /** With the query. */
  readonly path: string;
  readonly headers: Headers;
  readonly body: string;
}
