import { keys, type Tx } from "../store/mod.ts";

/** Bytes a channel takes from senders nobody has proven, per UTC day. */
const DAILY_BYTES = 1024 ** 3;
const DAY_MS = 24 * 60 * 60 * 1_000;

/** Counts bytes against a channel's share of the day, in a commit. @returns 0, or how long to wait, in ms */
export async function takeQuota(tx: Tx, channelId: string, bytes: number): Promise<number> {
  const day = new Date(tx.now).toISOString().slice(0, 10);
  // Not checked: two deliveries at the same moment may count as one, which a quota can bear.
  const used = await tx.read(keys.quota(channelId, day)) ?? 0;
  if (used + bytes > DAILY_BYTES) return DAY_MS - tx.now % DAY_MS;
  tx.set(keys.quota(channelId, day), used + bytes, { expireInMs: 2 * DAY_MS });
  return 0;
}
