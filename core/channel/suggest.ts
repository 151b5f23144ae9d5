import type { Dns } from "../ports.ts";
import type { Result } from "../result.ts";
import type { Io } from "./io.ts";

/** Fills in a channel's settings from the one thing a person knows: an address. */
export interface SuggestPort {
  /** What the page that connects a channel so is called: "Connect a mailbox". */
  readonly title: string;
  /** One sentence below it. */
  readonly lead: string;
  /** What the person types in, as a label: "Email address". */
  readonly label: string;
  /**
   * Looks up what it can, within seconds, and decides. Nothing found is no failure.
   * @returns the error as a sentence, when `address` is none
   */
  suggest(address: string, io: SuggestIo): Promise<Result<Suggestion, string>>;
}

/** What looking settings up may use: the address is anybody's, so every host is checked before it is reached. */
export interface SuggestIo extends Pick<Io, "signal" | "receiver" | "systemMail"> {
  /**
   * The text at an address; null when there is none, or it is too long, too slow or leads to a private host. Never
   * throws.
   */
  fetchText(url: string): Promise<string | null>;
  readonly dns: Dns;
  /** Where settings of providers are looked up, without a slash at its end; null: nowhere. */
  readonly providersUrl: string | null;
}

/** Settings that were found, ready to be looked at and completed. */
export interface Suggestion {
  /** As settings hold it. */
  readonly address: string;
  /** How the settings were found, as a sentence; or that they were not. */
  readonly found: string;
  /** Ways to connect it, the best first. At least one. */
  readonly ways: readonly SuggestedWay[];
}

/** One way to connect a channel. */
export interface SuggestedWay {
  /** Unique among the ways, such as "password". */
  readonly id: string;
  /** What one does: "Sign in with an app password". */
  readonly title: string;
  /** What a person must know or do before; "" when nothing. */
  readonly help: string;
  readonly helpUrl?: string;
  /** Draft of the channel's config, without secrets; fields may be missing. */
  readonly config: Readonly<Record<string, unknown>>;
  /** What of it is for people to see, such as "imap.example.com:993". */
  readonly summary: string;
  /** Secrets to ask for; the draft and these are a whole config, unless `isComplete` is false. */
  readonly asks: readonly SuggestedSecret[];
  /** Kind of the app it signs in with; it needs one. */
  readonly appKind?: string;
  /** False: more than secrets is missing. */
  readonly isComplete: boolean;
}

/** A secret that is typed in once. */
export interface SuggestedSecret {
  /** Such as "App password". */
  readonly label: string;
  /** Dotted paths in the config that all hold it. */
  readonly paths: readonly string[];
}
