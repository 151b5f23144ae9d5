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

/** Opens channels for visitors. Reading the record is cheap, opening its secrets is not: that is done once per change. */
export class VisitorChannels {
  readonly #context: VisitorsContext;
  readonly #opened = new Map<
    string,
    { readonly versionstamp: string; readonly channel: VisitorChannel }
  >();

  constructor(context: VisitorsContext) {
    this.#context = context;
  }

  /** Null for a channel that is not there, is paused, or is none that visitors use. */
  async open(channelId: string): Promise<VisitorChannel | null> {
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
