import type { Alarm, Clock, Dns, Log } from "../ports.ts";
import type { ChannelView, Delivery, ParseIo } from "./adapter.ts";
import type { InboundEvent } from "./events.ts";
import type { Io } from "./io.ts";

/** Deliveries that come to a port of Parley's own: one server for all channels of the adapter. */
export interface ListenPort<Config> {
  /** Whether what is sent to an address is for this channel. Pure. @param address in lower case */
  takes(address: string, channel: ChannelView<Config>, io: AddressIo): Promise<boolean>;
  /**
   * An address that leads to this channel wherever its mailbox is: groups and aliases forward to it. Always the same
   * one; null where the deployment has no domain for it.
   */
  forwardAddress(channelId: string, io: AddressIo): Promise<string | null>;
  /** Settings of a channel whose mail comes here to one address, and leaves by Parley's own way. */
  settingsFor(address: string): Readonly<Record<string, unknown>>;
  /** Opens the server. @throws Error when it cannot listen there */
  open(desk: ListenDesk, options: ListenOptions): Promise<Listening>;
  /** Pure, like `webhook.parse`. */
  parse(
    delivery: Delivery,
    channel: ChannelView<Config>,
    io: ParseIo,
  ): Promise<readonly InboundEvent[]>;
}

/** What telling an address's channel may use. */
export type AddressIo = Pick<Io, "signTag" | "verifyTag" | "receiver">;

/** Where a server that listens hands over what comes. */
export interface ListenDesk {
  readonly clock: Clock;
  readonly alarm: Alarm;
  readonly log: Log;
  readonly dns: Dns;
  /** Lets everybody else have a turn, in the middle of work that would hold up the thread. */
  readonly breathe: () => Promise<void>;
  /** Ids of the channels that take what is sent to an address; none when nobody here does. */
  findChannels(address: string): Promise<readonly string[]>;
  /**
   * Stores a delivery for each of the channels. Only after `taken` may the sender be told that it came: from then on
   * it is never lost. The same bytes again are not stored twice.
   * @throws when the store fails: the sender must try again
   */
  take(
    channelIds: readonly string[],
    delivery: Delivery,
  ): Promise<"taken" | "too_large" | "over_quota">;
}

export interface ListenOptions {
  readonly hostname: string;
  /** 0 for any free one. */
  readonly port: number;
  /** The name it greets with. */
  readonly ownName: string;
  /** PEM; null: no encryption is offered. */
  readonly certificate: { readonly cert: string; readonly key: string } | null;
}

/** A server that listens. */
export interface Listening {
  readonly port: number;
  /** Ends within two seconds; what was not taken by then is told to come again. */
  close(): Promise<void>;
}
