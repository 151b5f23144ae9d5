import type { Result } from "../result.ts";
import type { ChannelView, OutboundPart } from "./adapter.ts";
import type { Io } from "./io.ts";

/** One way in which a customer is known. */
export type Identity = OutboundPart["recipient"]["identities"][number];

/** Looks up who a customer is, where the provider tells it apart from their messages. */
export interface ProfilePort<Config> {
  /** Kind of the identities it can look up. */
  readonly identityKind: string;
  fetch(
    identity: Identity,
    channel: ChannelView<Config>,
    io: Io,
  ): Promise<Result<Profile, ProfileError>>;
}

/** What a provider tells of a customer. It never replaces what people of the team wrote. */
export interface Profile {
  readonly name?: string;
  /** A picture of theirs, which may be gone tomorrow: it is copied. */
  readonly avatarUrl?: string;
  /** BCP 47. */
  readonly locale?: string;
}

export interface ProfileError {
  readonly code:
    /** Later it may work. */
    | "unavailable"
    /** The provider tells this channel nothing of this person. */
    | "refused";
  /** One sentence, no secrets. */
  readonly message: string;
}

/** Shows a customer that somebody writes. Lasts some seconds; the core asks again while it goes on. */
export interface TypingPort<Config> {
  /** How long a customer sees it, in ms. */
  readonly lastsMs: number;
  /** Nothing depends on it: an error is logged. */
  show(
    recipient: OutboundPart["recipient"],
    channel: ChannelView<Config>,
    io: Io,
  ): Promise<Result<null, string>>;
}

/** Shows a customer that their messages were read. */
export interface ReceiptsPort<Config> {
  /**
   * @param upTo the latest message of theirs that was read; `at`: when it was written, epoch ms
   * @returns an error, as a sentence, is logged
   */
  markRead(
    recipient: OutboundPart["recipient"],
    upTo: { readonly externalId: string; readonly at: number },
    channel: ChannelView<Config>,
    io: Io,
  ): Promise<Result<null, string>>;
}
