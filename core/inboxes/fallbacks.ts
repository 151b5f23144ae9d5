import { ACCESS_QUEUE, type InboxCache, takeTurn } from "../access/mod.ts";
import type { CoreContext } from "../context.ts";
import type { Channel } from "../model/channel.ts";
import type { Inbox } from "../model/inbox.ts";
import { keys, transact, type Tx } from "../store/mod.ts";
import { fallbackName } from "./fallback_name.ts";
import { SYSTEM } from "../model/change.ts";

/**
 * The mail addresses that come with inboxes, each with a channel of its own: a team is reached there before it has
 * connected a mailbox, and answers leave by it while its mailbox does not work. Only where Parley takes mail itself and
 * has a domain for it.
 */
export interface Fallbacks {
  /** The inbox with its address, whose channel is part of the same commit; as it was where there are none. */
  add(tx: Tx, inbox: Inbox): Inbox;
  /** Gives every inbox the address it should have by the configuration, or takes it away. */
  ensure(): Promise<void>;
}

export interface FallbacksOptions extends CoreContext {
  readonly cache: InboxCache;
}

export function createFallbacks(options: FallbacksOptions): Fallbacks {
  const { store, ports, config, adapters, cache } = options;
  const adapter = [...adapters.values()].find(({ listen }) => listen !== undefined);
  const domain = config.smtpListen === null || adapter === undefined ? null : config.mailDomain;

  function put(tx: Tx, inbox: Inbox, before: Channel | null): Inbox {
    if (adapter?.listen === undefined || domain === null) {
      const { fallback: _, ...rest } = inbox;
      return rest;
    }
    const known = before?.config.address;
    const local = typeof known === "string"
      ? known.slice(0, known.lastIndexOf("@"))
      : fallbackName(inbox.name, ports.random);
    const address = `${local}@${domain}`;
    const channel: Channel = before === null
      ? {
        id: ports.ids.next("chn"),
        type: adapter.id,
        inboxId: inbox.id,
        name: "Fallback address",
        config: adapter.config.parse(adapter.listen.settingsFor(address)),
        secrets: {},
        autoTicket: false,
        isFallback: true,
        status: "ready",
        error: null,
        createdAt: tx.now,
        updatedAt: tx.now,
      }
      : { ...before, config: { ...before.config, address }, updatedAt: tx.now };
    tx.set(keys.channel(channel.id), channel);
    return { ...inbox, fallback: { channelId: channel.id, address } };
  }

  async function mend(inboxId: string): Promise<void> {
    await transact(store, async (tx) => {
      await takeTurn(tx, "inboxes");
      const inbox = await tx.get(keys.inbox(inboxId));
      if (inbox === null || isAsItShouldBe(inbox, domain)) return;
      const channels = await Array.fromAsync(tx.list(keys.channels()));
      const before = channels.find(({ value }) =>
        value.isFallback === true && value.inboxId === inboxId
      );
      tx.set(keys.inbox(inboxId), put(tx, inbox, before?.value ?? null));
      tx.emit({
        type: "settings.changed",
        actor: SYSTEM,
        inboxId,
      });
    }, ACCESS_QUEUE);
    cache.forget();
  }

  return {
    add: (tx, inbox) => put(tx, inbox, null),

    async ensure() {
      for await (const { value } of store.list(keys.inboxes())) {
        if (!isAsItShouldBe(value, domain)) await mend(value.id);
      }
    },
  };
}

function isAsItShouldBe({ fallback }: Inbox, domain: string | null): boolean {
  return domain === null
    ? fallback === undefined
    : fallback !== undefined && fallback.address.endsWith(`@${domain}`);
}
