/** What sending through a channel says about its health, written in the commit that settles the message. */
import type { Channel } from "../model/channel.ts";
import { type Change, SYSTEM } from "../model/change.ts";
import { keys, type Tx } from "../store/mod.ts";

/** A send or a test showed that the channel needs somebody. One that is paused stays so. */
export async function markBroken(tx: Tx, id: string, error: string): Promise<void> {
  const isDone = ({ status, error: known }: Channel) => status === "paused" || known === error;
  const seen = await tx.read(keys.channel(id));
  if (seen === null || isDone(seen)) return;
  // Checked only now: most sends change nothing, but nobody's new settings may be lost.
  const channel = await tx.get(keys.channel(id));
  if (channel === null || isDone(channel)) return;
  tx.set(keys.channel(id), { ...channel, status: "error", error, updatedAt: tx.now });
  tx.emit(settingsChanged(channel));
}

/** A send or a test went through: a channel that was broken is mended. */
export async function markWorking(tx: Tx, id: string): Promise<void> {
  if ((await tx.read(keys.channel(id)))?.status !== "error") return;
  const channel = await tx.get(keys.channel(id));
  if (channel?.status !== "error") return;
  tx.set(keys.channel(id), { ...channel, status: "ready", error: null, updatedAt: tx.now });
  tx.emit(settingsChanged(channel));
}

/** Tells screens that a channel of this inbox changed. */
export function settingsChanged({ inboxId }: Channel): Change {
  return {
    type: "settings.changed",
    actor: SYSTEM,
    inboxId,
  };
}
