import type { AnyAdapter } from "../channel/mod.ts";
import type { Channel } from "../model/channel.ts";
import { keys, type Tx } from "../store/mod.ts";

/**
 * By which channel an inbox writes letters: its mailbox, the first that works before the first that does not (for which
 * the inbox's own address stands in), else that address. Null where it has neither: Parley's own mail reads no answers.
 */
export async function mailChannelOf(
  tx: Pick<Tx, "read" | "list">,
  adapters: ReadonlyMap<string, AnyAdapter>,
  inboxId: string,
): Promise<Channel | null> {
  const usable: Channel[] = [];
  for await (const { value } of tx.list(keys.channels())) {
    const writesLetters = adapters.get(value.type)?.letters !== undefined;
    if (value.inboxId === inboxId && writesLetters && value.status !== "paused") usable.push(value);
  }
  const rank = ({ isFallback, status }: Channel) =>
    isFallback === true ? 2 : status === "ready" ? 0 : 1;
  return usable.toSorted((a, b) => rank(a) - rank(b) || a.createdAt - b.createdAt)[0] ?? null;
}
