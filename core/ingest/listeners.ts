import type { AnyAdapter, Listening, ListenOptions, ListenPort } from "../channel/mod.ts";
import type { Channels, OpenedChannel } from "../channels/mod.ts";
import type { CoreContext } from "../context.ts";
import type { Channel } from "../model/channel.ts";
import { err, ok, type Result } from "../result.ts";
import { keys } from "../store/mod.ts";
import { takeDelivery } from "./take_delivery.ts";

/** The ports on which this process takes deliveries itself. */
export interface Listeners extends AsyncDisposable {
  /**
   * Listens where the configuration says, when it says so.
   * @param certificate PEM; null: nothing is encrypted
   * @returns the port, null when there is nothing to listen on; the error is a sentence
   */
  open(certificate: ListenOptions["certificate"]): Promise<Result<number | null, string>>;
}

export function createListeners(context: CoreContext, channels: Channels): Listeners {
  const { store, ports, config, adapters } = context;
  const stopped = new AbortController();
  const opened = new Map<string, { readonly record: string; readonly channel: OpenedChannel }>();
  let listening: Listening | null = null;

  /** Settings are opened again only when the channel changed. */
  async function openKnown(channel: Channel): Promise<OpenedChannel | null> {
    const { id } = channel;
    const record = JSON.stringify(channel);
    const before = opened.get(id);
    if (before?.record === record) return before.channel;
    opened.delete(id);
    const found = await channels.open(id);
    if (!found.ok) return null;
    opened.set(id, { record, channel: found.value });
    return found.value;
  }

  async function findChannels(
    adapter: AnyAdapter,
    listen: ListenPort<unknown>,
    address: string,
  ): Promise<readonly string[]> {
    const found: string[] = [];
    const present = new Set<string>();
    for await (const { value } of store.list(keys.channels())) {
      if (value.type !== adapter.id) continue;
      present.add(value.id);
      const channel = await openKnown(value);
      if (channel === null) continue;
      const { view, io } = channel;
      if (await listen.takes(address, view, io(stopped.signal))) found.push(value.id);
    }
    for (const id of opened.keys()) if (!present.has(id)) opened.delete(id);
    return found;
  }

  return {
    async open(certificate) {
      const at = config.smtpListen;
      const adapter = [...adapters.values()].find(({ listen }) => listen !== undefined);
      const listen = adapter?.listen;
      if (at === null || adapter === undefined || listen === undefined) return ok(null);
      if (!ports.platform.canListen) return err("This platform lets nothing listen on a port");
      const desk = {
        clock: ports.clock,
        alarm: ports.alarm,
        log: ports.log,
        dns: ports.dns,
        breathe: ports.breathe,
        findChannels: (address: string) => findChannels(adapter, listen, address),
        take: takeDelivery.bind(null, context),
      };
      const ownName = config.mailDomain ??
        (config.url === null ? "localhost" : new URL(config.url).hostname);
      try {
        listening = await listen.open(desk, { ...at, ownName, certificate });
      } catch (error) {
        return err(`Cannot listen on ${at.hostname}:${at.port}: ${reasonOf(error)}`);
      }
      return ok(listening.port);
    },

    async [Symbol.asyncDispose]() {
      stopped.abort();
      await listening?.close();
    },
  };
}

function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  if (/EADDRINUSE/.test(text)) return "the port is in use";
  if (/EACCES/.test(text)) return "this user may not use the port";
  return text;
}
