import type { Channel } from "../model/channel.ts";
import { keys } from "../store/mod.ts";
import type { VisitorsContext } from "./types.ts";

/** A channel as its visitors' requests need it. */
export interface VisitorChannel {
  readonly channel: Channel;
  readonly allowedDomains: readonly string[];
  readonly identity: { readonly mode: "optional" | "required"; readonly secret: string | null };
  readonly limits: {
    readonly sessionsPerHour: number;
    readonly messagesPerMinute: number;
    readonly filesPerHour: number;
  };
  readonly publicConfig: Readonly<Record<string, unknown>>;
  readonly maxTextLength: number;
  readonly maxFileBytes: number;
  readonly maxFiles: number;
}

/** Channels kept open; ids are what strangers ask for, so what they make up must not fill the memory. */
const MAX_CURRENT = 1_000;

/**
 * Opens channels for visitors. Each of their requests needs one, and opening its secrets is dear: so a channel stays as
 * it was opened until settings change, here or (by `forget`) in another process.
 */
export class VisitorChannels {
  readonly #context: VisitorsContext;
  readonly #opened = new Map<
    string,
    { readonly versionstamp: string; readonly channel: VisitorChannel }
  >();
  /** As of the latest change of settings. */
  readonly #current = new Map<string, VisitorChannel>();
  #age = 0;

  constructor(context: VisitorsContext) {
    this.#context = context;
    context.store.onCommit(({ changes }) => {
      if (changes.some(({ type }) => type === "settings.changed")) this.forget();
    });
  }

  /** Settings have changed: channels are looked at again. */
  forget(): void {
    this.#age++;
    this.#current.clear();
  }

  /** Null for a channel that is not there, is paused, or is none that visitors use. */
  async open(channelId: string): Promise<VisitorChannel | null> {
    const current = this.#current.get(channelId);
    if (current !== undefined) return current;
    const age = this.#age;
    const opened = await this.#open(channelId);
    // What changed meanwhile may not be in it.
    if (opened !== null && age === this.#age && this.#current.size < MAX_CURRENT) {
      this.#current.set(channelId, opened);
    }
    return opened;
  }

  async #open(channelId: string): Promise<VisitorChannel | null> {
    const entry = await this.#context.store.getEntry(keys.channel(channelId));
    if (entry === null || entry.value.status === "paused") return null;
    const known = this.#opened.get(channelId);
    if (known?.versionstamp === entry.versionstamp) return known.channel;

    const opened = await this.#context.channels.open(channelId);
    if (!opened.ok) return null;
    const { adapter, view: { config } } = opened.value;
    const port = adapter.visitor;
    if (port === undefined) return null;
    const channel: VisitorChannel = {
      channel: opened.value.channel,
      allowedDomains: port.allowedDomains(config),
      identity: port.identity(config),
      limits: port.limits(config),
      publicConfig: port.publicConfig(config),
      maxTextLength: adapter.capabilities.text.max,
      maxFileBytes: adapter.capabilities.media.maxBytes,
      maxFiles: adapter.capabilities.media.maxCount,
    };
    this.#opened.set(channelId, { versionstamp: entry.versionstamp, channel });
    return channel;
  }
}
