import type { PollAsk, PolledDelivery, PollError, PollPage, PollSession } from "../channel/mod.ts";
import type { CoreContext } from "../context.ts";
import { isEarly } from "../conversations/mod.ts";
import { ok, type Result } from "../result.ts";
import { keys, transact, type Tx } from "../store/mod.ts";
import { journalDelivery, type JournalOptions, stageDelivery } from "./journal_delivery.ts";

/** Somebody who reads a channel on a cursor of their own. */
export interface Reading {
  /** Moved on with what was stored. */
  cursor: string | null;
  readonly journal: Omit<JournalOptions, "id" | "via">;
  /** Moves the stored cursor within a commit. @throws when it is not at `from` any more */
  advance(tx: Tx, from: string | null, to: string, taken: Taken | null): Promise<void>;
  /** Commits take turns with others of this name in the process. */
  readonly queue: string;
  /** After each page, once all of it is stored. Default: nothing. */
  onPage?(page: PollPage): Promise<void>;
}

/** What became of a delivery. */
export interface Taken {
  readonly journalId: string;
  /** The same bytes were there. */
  readonly isRepeated: boolean;
}

/** Where reading ended. */
export interface ReadEnd {
  readonly hasMore: boolean;
  /** When there will be more, epoch ms. */
  readonly nextAt?: number;
}

/**
 * Reads pages until there is no more, or enough. Each delivery goes into the journal in the commit that moves the cursor
 * past it, so that none is lost or passed over wherever the process ends.
 */
export async function readPages(
  context: CoreContext,
  session: PollSession,
  reading: Reading,
  { pages, signal }: { readonly pages: number; readonly signal: AbortSignal },
): Promise<Result<ReadEnd, PollError>> {
  const { store } = context;
  const ask = askOf(context, reading.journal.channelId, signal);
  for (let page = 0; page < pages; page++) {
    const read = await session.poll(reading.cursor, ask);
    if (!read.ok) {
      if (read.error.cursor !== undefined) await move(reading, read.error.cursor);
      return read;
    }
    for (const delivery of read.value.deliveries) await take(context, reading, delivery);
    await move(reading, read.value.cursor);
    await reading.onPage?.(read.value);
    const { hasMore, nextAt } = read.value;
    if (!hasMore) return ok({ hasMore, ...nextAt === undefined ? {} : { nextAt } });
    signal.throwIfAborted();
  }
  return ok({ hasMore: true });

  async function move(reading: Reading, cursor: string): Promise<void> {
    if (cursor === reading.cursor) return;
    const { queue } = reading;
    await transact(store, (tx) => reading.advance(tx, reading.cursor, cursor, null), { queue });
    reading.cursor = cursor;
  }
}

async function take(
  { store, ports }: CoreContext,
  reading: Reading,
  delivery: PolledDelivery,
): Promise<void> {
  const staged = await stageDelivery(store, delivery.body);
  if (staged === null) throw new RangeError("Cannot store a delivery: it is too large");
  const { journal } = reading;
  const id = ports.ids.next("jnl");
  await transact(store, async (tx) => {
    const known = await tx.read(keys.journalDedupe(journal.channelId, staged.hash));
    const taken = { journalId: known ?? id, isRepeated: known !== null };
    await reading.advance(tx, reading.cursor, delivery.cursor, taken);
    if (known === null) journalDelivery(tx, delivery, staged, { ...journal, id, via: "poll" });
  }, { queue: reading.queue });
  reading.cursor = delivery.cursor;
}

/** What a poll of a channel may ask of the store. */
function askOf({ store }: CoreContext, channelId: string, signal: AbortSignal): PollAsk {
  return {
    signal,
    async isKnown(externalIds) {
      const found = await store.getMany(externalIds.map((id) => keys.dedupe(channelId, id)));
      const isHere = (one: typeof found[number] | undefined) => one != null && !isEarly(one);
      return new Set(externalIds.filter((_, i) => isHere(found[i])));
    },
  };
}
