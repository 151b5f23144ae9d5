import type { Delivery, VerifyResult, WebhookRequest } from "./adapter.ts";
import type { Io } from "./io.ts";

/** An app as its kind sees it: config parsed by its schema, secrets filled in. */
export interface AppView<AppConfig> {
  /** Its deliveries come to `/hooks/app/<id>`. */
  readonly id: string;
  readonly kind: string;
  readonly config: AppConfig;
}

/** What code that works for an app may touch of the world: the hosts are those of the adapter it came with. */
export type AppIo = Pick<Io, "fetch" | "now" | "log" | "signal" | "baseUrl" | "publicUrl">;

/** One address for the deliveries of many accounts: `/hooks/app/:appId`. What is in them is read by the channels. */
export interface SharedWebhookPort<AppConfig> {
  /** Content types accepted, lower case, without parameters; others get 415. */
  readonly contentTypes: readonly string[];
  readonly maxBytes: number;
  /** Request headers kept in the journal for `parse`, lower case. Never one that holds a secret. */
  readonly keepHeaders: readonly string[];
  /** Answers a provider's set-up request, which it proves by itself; null when this is not one. Nothing is journalled. */
  handshake?(
    request: WebhookRequest,
    app: AppView<AppConfig>,
    io: AppIo,
  ): Promise<Response | null>;
  verify(request: WebhookRequest, app: AppView<AppConfig>, io: AppIo): Promise<VerifyResult>;
}

/**
 * For channels that are one account of many at an app (`appId`): a delivery to the app is given to the `webhook.parse`
 * of each channel whose account it names, with the same bytes. Events of other accounts (`accountKey`) are left out.
 */
export interface SharedPort<Config> {
  /** Which account a channel is: a Page's id. Pure; secrets may be missing. One channel of an app only may have it. */
  accountKey(config: Config): string;
  /** The accounts a proven delivery is about, each once; none when it cannot be read. Pure, never throws. */
  split(delivery: Delivery): readonly string[];
}

/** What a provider demands when somebody wants their data deleted: `/hooks/app/:appId/data-deletion`. */
export interface DataDeletionPort<AppConfig> {
  readonly contentTypes: readonly string[];
  readonly maxBytes: number;
  /**
   * Who asked, as their identities are known to the app's channels; never throws. `unavailable`: the provider could not be
   * asked by which ids it knows them, and nothing may be promised.
   */
  read(
    request: WebhookRequest,
    app: AppView<AppConfig>,
    io: AppIo,
  ): Promise<DataDeletion>;
  /** What the provider wants to be told, as JSON. `url`: where the person sees what became of it. Pure. */
  answer(request: { readonly url: string; readonly code: string }): unknown;
}
export type DataDeletion =
  | {
    readonly ok: true;
    readonly identities: readonly { readonly kind: string; readonly value: string }[];
  }
  | Extract<VerifyResult, { readonly ok: false }>
  | { readonly ok: false; readonly reason: "unavailable" };
