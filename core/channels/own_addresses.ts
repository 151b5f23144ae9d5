import type { Store } from "../store/mod.ts";
import { keys } from "../store/mod.ts";
import type { OpenedChannel } from "./open_channel.ts";
import type { Result } from "../result.ts";

/** Whether mail to an address comes to one of our channels. */
export type IsOwnAddress = (address: string) => boolean;

/**
 * Knows the addresses of all channels. Settings are opened again only when a channel changed.
 * @param open a channel with its settings, as `Channels.open` gives it
 */
export function createOwnAddresses(
  store: Pick<Store, "list">,
  open: (id: string) => Promise<Result<OpenedChannel, string>>,
): () => Promise<IsOwnAddress> {
  const known = new Map<string, { readonly at: number; readonly addresses: readonly string[] }>();

  async function addressesOf(id: string, updatedAt: number): Promise<readonly string[]> {
    const before = known.get(id);
    if (before?.at === updatedAt) return before.addresses;
    const opened = await open(id);
    const letters = opened.ok ? opened.value.adapter.letters : undefined;
    const addresses = opened.ok && letters !== undefined
      ? letters.ownAddresses(opened.value.view.config)
      : [];
    known.set(id, { at: updatedAt, addresses });
    return addresses;
  }

  return async () => {
    const own = new Set<string>();
    const ids = new Set<string>();
    for await (const { value } of store.list(keys.channels())) {
      ids.add(value.id);
      for (const address of await addressesOf(value.id, value.updatedAt)) own.add(address);
    }
    for (const id of known.keys()) if (!ids.has(id)) known.delete(id);
    return (address) => {
      const lower = address.toLowerCase();
      return own.has(lower) || own.has(withoutTag(lower));
    };
  };
}

/** "support+r.17@example.com" is the mailbox support@example.com. */
function withoutTag(address: string): string {
  return address.replace(/\+[^@]*(?=@[^@]*$)/, "");
}
