import type { Result } from "../result.ts";
import type { ChannelView } from "./adapter.ts";
import type { Io } from "./io.ts";
import type { AppIo, AppView } from "./shared.ts";

/** For channels that a provider has to be told of before it delivers. Each call may come again: it does the same once. */
export interface ConnectionPort<Config> {
  /** Makes the provider deliver to Parley. Called when a channel is made, started again, or got other settings. */
  connect(channel: ChannelView<Config>, io: Io): Promise<Result<null, ConnectionError>>;
  /** Takes that back when the channel is removed; what is gone already is no error. */
  disconnect(channel: ChannelView<Config>, io: Io): Promise<Result<null, ConnectionError>>;
  /** Asks, about once an hour, whether the provider still delivers, and mends what it can by itself. */
  health(channel: ChannelView<Config>, io: Io): Promise<Result<ConnectionHealth, ConnectionError>>;
}

export interface ConnectionHealth {
  /** What was mended, as a sentence for the log; null when all was well. */
  readonly mended: string | null;
}

export interface ConnectionError {
  readonly code:
    /** The provider could not be asked. It says nothing about the channel until it lasts. */
    | "unavailable"
    /** Somebody has to do something: the channel shows `message`. */
    | "broken";
  /** One sentence for people, no secrets: what is wrong, and what to do. */
  readonly message: string;
  /** The provider's own code and words, shortened, without secrets. */
  readonly provider?: string;
}

/** Lists the accounts a secret opens, so that one is chosen in place of typing its settings. */
export interface AccountsPort {
  /** Kind of the app that must be there first. */
  readonly appKind: string;
  /** What the page that connects a channel so is called: "Connect a Page". */
  readonly title: string;
  /** One sentence below it. */
  readonly lead: string;
  /** What is pasted, as a label, and where one finds it. */
  readonly secret: { readonly label: string; readonly help: string };
  /** The error is a sentence. An empty list is none. */
  list(
    secret: string,
    app: AppView<unknown>,
    io: AppIo,
  ): Promise<Result<readonly FoundAccount[], string>>;
}

/** An account that can be connected. */
export interface FoundAccount {
  /** As `shared.accountKey` gives it for the config. */
  readonly key: string;
  readonly name: string;
  /** What tells it from others of the same name; "" for nothing. */
  readonly detail: string;
  /** Why it cannot be connected as it is, and what to do; null when it can. */
  readonly problem: string | null;
  /** The whole config of its channel, secrets in the clear. */
  readonly config: Readonly<Record<string, unknown>>;
}
