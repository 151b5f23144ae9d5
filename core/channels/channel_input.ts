/** A new channel; its config as its type's schema says, secrets in the clear. */
export interface ChannelInput {
  readonly type: string;
  readonly inboxId: string;
  readonly name: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** Credentials it uses; needed where its settings sign in with an app. */
  readonly appId?: string | undefined;
  readonly autoTicket?: boolean | undefined;
}
/** What may be changed about a channel; absent fields stay. */
export interface ChannelPatch {
  readonly name?: string | undefined;
  readonly inboxId?: string | undefined;
  /** Replaces the fields it names; a secret sent back as `{set: true}` stays, null takes it away. */
  readonly config?: Readonly<Record<string, unknown>> | undefined;
  /** Null takes it away. */
  readonly appId?: string | null | undefined;
  readonly autoTicket?: boolean | undefined;
  readonly status?: "ready" | "paused" | undefined;
  /** When the caller read it (`updatedAt`, epoch ms): a channel that was changed since is left as it is. */
  readonly ifUpdatedAt?: number | undefined;
}
