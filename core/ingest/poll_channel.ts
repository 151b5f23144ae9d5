import type { PollError, PollSession } from "../channel/mod.ts";
import type { Channels, OpenedChannel } from "../channels/mod.ts";
import type { CoreContext } from "../context.ts";
import type { JobContext, JobHandler } from "../jobs/mod.ts";
import { err, type Result } from "../result.ts";
import { keys, type PollRecord, transact, type Tx } from "../store/mod.ts";
import { pollHash } from "./poll_hash.ts";
import type { PollSessions } from "./poll_sessions.ts";
import { pollStep } from "./poll_step.ts";
import { type ReadEnd, type Reading, readPages } from "./read_pages.ts";

/** Kind of the job that polls one channel, over and over: payload `{channelId}`. */
export const POLL_JOB = "ingest.poll";

/** Pages of one run; then other channels have their turn. */
const PAGES_PER_RUN = 20;

/** The handler of the poll job: fetches what came after the channel's cursor, and says when to look again. */
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
  ): Promise<Result<ReadEnd, PollError>> {
    const { adapter, view, channel, io } = opened;
    const open = async () =>
      await adapter.poll?.open(view, io(signal)) ??
        err({ code: "config", message: "This kind of channel is not polled" } as const);
    const reading: Reading = {
      cursor: record.cursor,
      journal: { channelId: channel.id },
      queue: `poll ${channel.id}`,
      advance: (tx, from, to) => advance(tx, channel.id, from, to),
    };
    while (true) {
      const taken = await sessions.take(channel.id, configHash, open);
      if (!taken.ok) return taken;
      const result = await read(taken.value.session, reading, signal);
      if (result.ok) {
        await sessions.keep(channel.id, configHash, taken.value);
        return result;
      }
      await taken.value.session.close();
      if (result.error.code !== "unavailable" || !taken.value.wasKept) return result;
    }
  }

  async function read(session: PollSession, reading: Reading, signal: AbortSignal) {
    try {
      return await readPages(context, session, reading, { pages: PAGES_PER_RUN, signal });
    } catch (error) {
      await session.close();
      throw error;
    }
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
    { channel, redact }: OpenedChannel,
    configHash: string,
    startedAt: number,
    polled: Result<ReadEnd, PollError>,
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
        ...polled.ok && polled.value.nextAt !== undefined && { nextAt: polled.value.nextAt },
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
      const { code, provider = "" } = polled.error;
      ports.log("warn", "poll failed", { channelId: channel.id, code, provider: redact(provider) });
    }
  }
}

/** Whether a channel is to be polled as it is now. */
export function isPolled({ adapter, channel, view }: OpenedChannel): boolean {
  return channel.status !== "paused" && adapter.poll?.isUsed(view.config) === true;
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
