import { type AnyAdapter, capabilitiesOf } from "../channel/mod.ts";
import type { Channel } from "../model/channel.ts";
import { keys, type Tx } from "../store/mod.ts";

/** That a customer wrote, tapped or came by a link. */
export interface Heard {
  readonly contactId: string;
  /** The commit makes the contact: nobody can have heard of them before. */
  readonly isNew?: boolean;
  /** Epoch ms by the provider's clock. */
  readonly occurredAt: number;
}

/**
 * Opens the reply window of a customer on a channel, within the commit that stores what they did. Never moves it back:
 * deliveries come late and in any order.
 */
export async function noteHeard(
  tx: Tx,
  adapters: ReadonlyMap<string, AnyAdapter>,
  channel: Channel,
  { contactId, isNew = false, occurredAt }: Heard,
): Promise<void> {
  const adapter = adapters.get(channel.type);
  if (adapter === undefined || capabilitiesOf(adapter, channel.config).window === null) return;
  // The provider's clock may run ahead of ours.
  const heardAt = Math.min(occurredAt, tx.now);
  const key = keys.heard(channel.id, contactId);
  // Not checked for somebody new: a commit has ten checks, and their identities take five.
  const before = isNew ? null : await tx.get(key);
  if (before === null || before < heardAt) tx.set(key, heardAt);
}
