import type { Result } from "../result.ts";
import type { ChannelView, Delivery, ParseIo } from "./adapter.ts";
import type { InboundEvent } from "./events.ts";
import type { Io } from "./io.ts";

/** Deliveries that are fetched: the core keeps a cursor and asks for what came after it. */
export interface PollPort<Config> {
  /** Whether a channel with these settings is polled at all. */
  isUsed(config: Config): boolean;
  /** Connects and signs in. The session is closed by the core, and kept open while it can wait for news. */
  open(channel: ChannelView<Config>, io: Io): Promise<Result<PollSession, PollError>>;
  /** Pure, like `webhook.parse`. */
  parse(
    delivery: Delivery,
    channel: ChannelView<Config>,
    io: ParseIo,
  ): Promise<readonly InboundEvent[]>;
}

export interface PollSession {
  /**
   * What came after the cursor, oldest first. The same cursor gives the same deliveries, less what is known by then;
   * a new cursor passes only what was returned. One call at a time.
   * @param cursor as a page of this channel gave it; null for a channel that was never polled
   */
  poll(cursor: string | null, ask: PollAsk): Promise<Result<PollPage, PollError>>;
  /** Resolves when there may be news, or the connection ended; null where the provider says nothing by itself. */
  readonly waitForNews: ((signal: AbortSignal) => Promise<"news" | "ended">) | null;
  close(): Promise<void>;
}

/** What a poll may ask of the core. */
export interface PollAsk {
  readonly signal: AbortSignal;
  /** Which of these external ids are stored already, so that they need not be fetched again. */
  isKnown(externalIds: readonly string[]): Promise<ReadonlySet<string>>;
}

export interface PollPage {
  readonly deliveries: readonly PolledDelivery[];
  /** After all of them. At most 16 KiB, plain text that holds no secret. */
  readonly cursor: string;
  /** There is more: ask again at once. */
  readonly hasMore: boolean;
  /** When there will be more, epoch ms, where that is known; else one asks again about a minute later. */
  readonly nextAt?: number;
  /** How far a walk through what was there before has come, in deliveries; missing where nobody can tell. */
  readonly progress?: { readonly done: number; readonly total: number };
}
export interface PolledDelivery extends Delivery {
  /** The cursor after this one: stored in the same commit as the delivery. */
  readonly cursor: string;
}

/** Why nothing could be fetched. */
export type PollError =
  & {
    /** For people: one sentence, no secrets. */
    readonly message: string;
    /** The provider's own words, shortened. */
    readonly provider?: string;
    /** Stored in spite of the failure: what was learned about it. Yields the same deliveries. */
    readonly cursor?: string;
  }
  & (
    | { readonly code: "unavailable" }
    | { readonly code: "rate_limited"; readonly retryAfterMs: number }
    /** The credentials no longer work. */
    | { readonly code: "unauthorized" }
    /** The settings are wrong: a host, a folder, an encryption. */
    | { readonly code: "config" }
  );

/** A place of a channel's history, such as a folder. */
export interface HistoryFolder {
  /** As `begin` takes it. */
  readonly name: string;
  /** Deliveries it holds; null where the provider does not say. */
  readonly count: number | null;
}

/** For channels whose provider keeps what came before the channel was connected. */
export interface HistoryPort<Config> {
  /** What there is to walk through. */
  folders(
    channel: ChannelView<Config>,
    io: Io,
  ): Promise<Result<readonly HistoryFolder[], PollError>>;
  /**
   * A cursor for {@link PollSession.poll} that walks through what is stored already.
   * @param options `folder`: as the provider names it; `sinceAt`: epoch ms, null for all
   */
  begin(
    channel: ChannelView<Config>,
    options: { readonly folder: string; readonly sinceAt: number | null },
  ): string;
}
