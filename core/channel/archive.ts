import type { Result } from "../result.ts";
import type { ChannelView, OutboundPart } from "./adapter.ts";
import type { Io } from "./io.ts";
import type { PollError } from "./poll.ts";

/** Where people expect a copy of what was sent, when the provider makes none itself: a mailbox's Sent folder. */
export interface ArchivePort<Config> {
  /** Whether a channel with these settings wants copies. */
  isUsed(config: Config): boolean;
  /**
   * Files the copy of a part that was sent, unless there is one. Called again after a failure.
   * @param sent `externalId`: of the receipt; `sentAt`: epoch ms
   */
  file(
    part: OutboundPart,
    sent: { readonly externalId: string | null; readonly sentAt: number },
    channel: ChannelView<Config>,
    io: Io,
  ): Promise<Result<null, PollError>>;
}
