import type { ChannelView } from "./adapter.ts";
import type { Io } from "./io.ts";
import type { SuggestedSecret } from "./suggest.ts";

/** Checks a channel's settings by using them. */
export interface SetupPort<Config> {
  /** Tells each step when it begins and when it ended. What it throws counts as a failed step. */
  test(channel: ChannelView<Config>, io: Io, ask: SetupAsk): AsyncIterable<SetupNews>;
}

/** What is asked of a test, and what it may ask. */
export interface SetupAsk {
  /** Also send something to the channel itself and wait until it comes back. */
  readonly isWhole: boolean;
  /** Whether a `test` event with this id came in through the channel. */
  hasArrived(testId: string): Promise<boolean>;
  /** @throws the signal's reason when the test is given up */
  wait(ms: number): Promise<void>;
}

export type SetupNews =
  | { readonly kind: "begins"; readonly title: string }
  | { readonly kind: "ended"; readonly step: SetupStep };

/** One line of a channel's test, as it is shown. */
export interface SetupStep {
  readonly title: string;
  readonly ok: boolean;
  readonly detail: string;
  /** It works, and something about it should be known. */
  readonly isWarning?: true;
  /** It failed in a way that may pass: the channel is not marked as broken for it. */
  readonly isPassing?: true;
  /** Something to copy and use elsewhere, as it is. */
  readonly code?: string;
  /** What the other side wants, where that is known. */
  readonly help?: { readonly text: string; readonly url?: string };
  /** A secret that may be the wrong one. */
  readonly asks?: SuggestedSecret;
  /** Settings that would suit what was found; only fields of the config's first level. */
  readonly change?: { readonly label: string; readonly config: Readonly<Record<string, unknown>> };
}
