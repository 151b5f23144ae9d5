import type { Dns, Log, Random } from "../ports.ts";
import type { Result } from "../result.ts";
import type { FetchedMedia, MediaError } from "./media.ts";

/** A mail service of the deployment. */
export interface MailApi {
  readonly provider: "postmark" | "mailgun" | "sendgrid" | "resend";
  readonly key: string;
  /** The sending domain, where the service needs one (Mailgun). */
  readonly domain: string | null;
}

/** A provider whose address the environment can name: `graph` is Meta's Graph API (`PARLEY_GRAPH_URL`). */
export type ProviderBase = "graph";

/** All an adapter may touch of the outside world while it works for one channel. */
export interface Io {
  /**
   * Limited to the adapter's hosts, none of them private; connects to the address that was checked. Follows no redirect.
   */
  readonly fetch: typeof fetch;
  /**
   * Opens a file at any public address, for `media`. Follows redirects; `headers` (a token) go to the first address only,
   * never along to another host, and only where the adapter names it.
   */
  fetchFile(
    url: string,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Result<FetchedMedia, MediaError>>;
  /** Asks name servers. */
  readonly dns: Dns;
  now(): number;
  readonly random: Random;
  readonly log: Log;
  readonly signal: AbortSignal;
  /**
   * A public text that is dear to get (a provider's certificate): what `get` gave is kept in memory for a while, for all
   * channels of the adapter. A failure is not kept.
   */
  cached(key: string, forMs: number, get: () => Promise<string>): Promise<string>;
  /** Checks that a host and port may be reached and gives the address to open; the library opens the socket. */
  connect(
    host: string,
    port: number,
  ): Promise<
    { readonly ok: true; readonly host: string; readonly address: string } | {
      readonly ok: false;
      readonly reason: string;
    }
  >;
  /**
   * The access token of the account a channel is signed in with (`oauth`), good for some minutes at least: ask before
   * each connection.
   * @param refused one that the provider did not take: gives another
   */
  accessToken(refused?: string): Promise<Result<string, AccessError>>;
  /** Where a provider is asked in place of its own address, as the environment says; without a slash at its end. */
  baseUrl(provider: ProviderBase): string | null;
  /** Absolute URL of a path of this deployment; null without PARLEY_URL where one is needed. */
  publicUrl(path: string): string | null;
  /** Signs a short text for this channel: 16 lower-case base32 characters. Old keys stay valid for `verifyTag`. */
  signTag(text: string): Promise<string>;
  verifyTag(text: string, tag: string): Promise<boolean>;
  /** Present when this deployment takes mail itself; `domain`: of the addresses it makes, null when it has none. */
  readonly receiver?: { readonly domain: string | null };
  /** Parley's own mail transport, when the deployment has one: an SMTP server or a mail service's HTTP API. */
  readonly systemMail?: { readonly url: string } | { readonly api: MailApi };
}

/** Why there is no access token. */
export interface AccessError {
  readonly code:
    /** Nobody is signed in, or the provider takes the sign-in back: somebody has to sign in again. */
    | "unauthorized"
    /** The provider cannot be asked right now. */
    | "unavailable"
    /** The channel's app is missing or not accepted. */
    | "config";
  /** For people: one sentence, no secrets. */
  readonly message: string;
  /** The provider's own words, shortened, without secrets. */
  readonly provider?: string;
}
