import type { PollAsk, PolledDelivery, PollError } from "../channel/mod.ts";
import type { Channels, OpenedChannel } from "../channels/mod.ts";
import type { CoreContext } from "../context.ts";
import type { JobContext, JobHandler } from "../jobs/mod.ts";
import { err, ok, type Result } from "../result.ts";
import { keys, type PollRecord, transact, type Tx } from "../store/mod.ts";
import { journalDelivery, stageDelivery } from "./journal_delivery.ts";
import { pollHash } from "./poll_hash.ts";
import type { PollSessions, TakenSession } from "./poll_sessions.ts";
import { pollStep } from "./poll_step.ts";

/** Kind of the job that polls one channel, over and over: payload `{channelId}`. */
export const POLL_JOB = "ingest.poll";

/** Pages of one run; then other channels have their turn. */
const PAGES_PER_RUN = 20;

/**
 * The handler of the poll job: fetches what came after the channel's cursor. Each delivery goes into the journal in the
 * commit that moves the cursor past it, so that none is lost or passed over wherever the process ends.
 */
export function createPoller(
  context: CoreContext,
  channels: Channels,
  sessions: PollSessions,
): JobHandler {
  const { store, ports } = context;

  return async function poll(job, run) {
    const channelId = String(job.payload.channelId);
    const startedAt = ports.clock.now();
    const opened = await channels.open(channelId);
    const record = await store.get(keys.poll(channelId));
    if (record === null || !opened.ok || !isPolled(opened.value)) {
      await sessions.drop(channelId);
      return await rest(run, channelId, record, opened.ok);
    }
    const configHash = await pollHash(opened.value.channel);
    const polled = await pollOnce(opened.value, configHash, record, run.signal);
    if (!polled.ok && run.signal.aborted) {
      throw new Error("Cannot go on polling: the run was ended");
    }
    await finish(run, opened.value, configHash, startedAt, polled);
  };

  /** Pages until there is no more, or enough. A kept connection that turns out broken is opened anew. */
  async function pollOnce(
    opened: OpenedChannel,
    configHash: string,
    record: PollRecord,
    signal: AbortSignal,
  ): Promise<Result<{ readonly hasMore: boolean }, PollError>> {
    const { adapter, view, channel, io } = opened;
    const open = async () =>
      await adapter.poll?.open(view, io(signal)) ??
        err({ code: "config", message: "This kind of channel is not polled" } as const);
    const progress = { cursor: record.cursor };
    while (true) {
      const taken = await sessions.take(channel.id, configHash, open);
      if (!taken.ok) return taken;
      const result = await readPages(channel.id, taken.value, progress, signal);
      if (result.ok) {
        await sessions.keep(channel.id, configHash, taken.value);
        return result;
      }
      await taken.value.session.close();
      if (result.error.code !== "unavailable" || !taken.value.wasKept) return result;
    }
  }

  /** @param progress is moved on with what was stored. */
  async function readPages(
    channelId: string,
    { session }: TakenSession,
    progress: { cursor: string | null },
    signal: AbortSignal,
  ): Promise<Result<{ readonly hasMore: boolean }, PollError>> {
    const ask = askOf(context, channelId, signal);
    try {
      for (let page = 0; page < PAGES_PER_RUN; page++) {
        const read = await session.poll(progress.cursor, ask);
        if (!read.ok) {
          if (read.error.cursor !== undefined) await move(channelId, progress, read.error.cursor);
          return read;
        }
        for (const delivery of read.value.deliveries) await take(channelId, progress, delivery);
        await move(channelId, progress, read.value.cursor);
        if (!read.value.hasMore) return ok({ hasMore: false });
        signal.throwIfAborted();
      }
      return ok({ hasMore: true });
    } catch (error) {
      await session.close();
      throw error;
    }
  }

  async function take(
    channelId: string,
    progress: { cursor: string | null },
    delivery: PolledDelivery,
  ): Promise<void> {
    const staged = await stageDelivery(store, delivery.body);
    if (staged === null) throw new RangeError("Cannot store a delivery: it is too large");
    const id = ports.ids.next("jnl");
    await transact(store, async (tx) => {
      await advance(tx, channelId, progress.cursor, delivery.cursor);
      if (await tx.read(keys.journalDedupe(channelId, staged.hash)) !== null) return;
      journalDelivery(tx, delivery, staged, { id, channelId, via: "poll" });
    });
    progress.cursor = delivery.cursor;
  }

  async function move(
    channelId: string,
    progress: { cursor: string | null },
    cursor: string,
  ): Promise<void> {
    if (cursor === progress.cursor) return;
    await transact(store, (tx) => advance(tx, channelId, progress.cursor, cursor));
    progress.cursor = cursor;
  }

  /** Nothing to poll: the channel is gone, paused, or read in another way now. */
  async function rest(
    run: JobContext,
    channelId: string,
    record: PollRecord | null,
    exists: boolean,
  ): Promise<void> {
    await transact(store, (tx) => {
      run.complete(tx);
      if (!exists) tx.delete(keys.poll(channelId));
      else if (record !== null) tx.set(keys.poll(channelId), { ...record, job: null });
      return Promise.resolve();
    });
  }

  /** Says how it went, and when to go on. */
  async function finish(
    run: JobContext,
    { channel }: OpenedChannel,
    configHash: string,
    startedAt: number,
    polled: Result<{ readonly hasMore: boolean }, PollError>,
  ): Promise<void> {
    await transact(store, async (tx) => {
      const record = await tx.get(keys.poll(channel.id));
      if (record === null) return run.complete(tx);
      const share = (ports.random.bytes(1)[0] ?? 0) / 255;
      const channelNow = await tx.read(keys.channel(channel.id));
      // New settings, or news, since this run began.
      const isChanged = channelNow !== null && await pollHash(channelNow) !== configHash;
      const hasNews = polled.ok && record.newsAt !== null && record.newsAt >= startedAt;
      const step = pollStep(polled.ok ? null : polled.error, {
        now: tx.now,
        failures: record.failures,
        hasMore: hasNews || polled.ok && polled.value.hasMore,
        share,
      });
      tx.set(keys.poll(channel.id), {
        ...record,
        configHash,
        job: run.reschedule(tx, isChanged ? tx.now : step.dueAt),
        newsAt: null,
        failures: step.failures,
        error: step.error,
        polledAt: tx.now,
      });
      if (step.error !== null) await channels.markBroken(tx, channel.id, step.error);
      else if (record.error !== null && polled.ok) {
        // Only what polling broke is mended by polling: the way out may have a problem of its own.
        if (channelNow?.error === record.error) await channels.markWorking(tx, channel.id);
      }
    });
    if (!polled.ok) {
      const { code, provider } = polled.error;
      ports.log("warn", "poll failed", { channelId: channel.id, code, provider });
    }
  }
}

/** Whether a channel is to be polled as it is now. */
export function isPolled({ adapter, channel, view }: OpenedChannel): boolean {
  return channel.status !== "paused" && adapter.poll?.isUsed(view.config) === true;
}

/** What a poll of a channel may ask of the store. */
export function askOf({ store }: CoreContext, channelId: string, signal: AbortSignal): PollAsk {
  return {
    signal,
    async isKnown(externalIds) {
      const found = await store.getMany(externalIds.map((id) => keys.dedupe(channelId, id)));
      return new Set(externalIds.filter((_, i) => found[i] !== null));
    },
  };
}

/** Moves the channel's cursor on. @throws Error when somebody else has moved it: the lease was lost */
async function advance(
  tx: Tx,
  channelId: string,
  from: string | null,
  to: string,
): Promise<void> {
  const record = await tx.get(keys.poll(channelId));
  if (record === null || record.cursor !== from) {
    throw new Error(`Cannot move the cursor of "${channelId}": somebody else polls it`);
  }
  tx.set(keys.poll(channelId), { ...record, cursor: to });
}
