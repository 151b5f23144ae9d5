import type { Channels } from "../channels/mod.ts";
import type { CoreContext } from "../context.ts";
import type { JobHandler } from "../jobs/mod.ts";
import { keys, transact, type Tx } from "../store/mod.ts";
import { createPoller, isPolled, POLL_JOB } from "./poll_channel.ts";
import { pollHash } from "./poll_hash.ts";
import { createPollSessions } from "./poll_sessions.ts";

/** The polls of all channels whose settings ask for them: one job for each, run by one process at a time. */
export interface Pollers extends AsyncDisposable {
  /** Handler of {@link POLL_JOB}. */
  readonly poll: JobHandler;
  /**
   * Plans the polls of channels that are new, were changed or go on after a pause.
   * @param atOnce polls the others now too: a process that begins has no connection that would tell it of news
   */
  ensure(atOnce?: boolean): Promise<void>;
  /** Polls a channel at once, or at a time; after the poll that runs, when one does. */
  wake(channelId: string, at?: number): Promise<void>;
}

/** A job that should have run this long ago, and stands nowhere, was lost. */
const LOST_MS = 30 * 60_000;
/** A connection that ended younger than this is not opened again before the next poll. */
const YOUNG_MS = 30_000;
const RECONNECT_MS = 3_000;

export function createPollers(context: CoreContext, channels: Channels): Pollers {
  const { store, ports } = context;
  const sessions = createPollSessions({
    clock: ports.clock,
    canWait: ports.platform.canConnect,
    onNews(channelId, news, ageMs) {
      if (news === "ended" && ageMs < YOUNG_MS) return;
      const share = (ports.random.bytes(1)[0] ?? 0) / 255;
      const waitMs = news === "news" ? 0 : Math.round(RECONNECT_MS * share);
      wake(channelId, ports.clock.now() + waitMs).catch((error) =>
        ports.log("error", "poll not planned", { channelId, error: String(error) })
      );
    },
  });

  async function wake(channelId: string, at = ports.clock.now()): Promise<void> {
    await transact(store, async (tx) => {
      const record = await tx.get(keys.poll(channelId));
      if (record === null || record.job === null) return;
      if (await tx.get(keys.job(record.job.dueAt, record.job.id)) === null) {
        tx.set(keys.poll(channelId), { ...record, newsAt: tx.now });
        return;
      }
      if (record.job.dueAt <= at) return;
      tx.cancelJob(record.job);
      tx.set(keys.poll(channelId), { ...record, job: planPoll(tx, channelId, at) });
    });
  }

  async function ensureChannel(channelId: string, atOnce: boolean): Promise<void> {
    const opened = await channels.open(channelId);
    if (!opened.ok || !isPolled(opened.value)) return;
    const configHash = await pollHash(opened.value.channel);
    await transact(store, async (tx) => {
      const record = await tx.get(keys.poll(channelId));
      const job = record?.job ?? null;
      const standing = job === null ? null : await tx.get(keys.job(job.dueAt, job.id));
      const isChanged = record?.configHash !== configHash;
      if (job !== null && standing === null && job.dueAt > tx.now - LOST_MS) {
        // It runs: changed settings are for the run after it.
        if (record !== null && isChanged) {
          tx.set(keys.poll(channelId), { ...record, newsAt: tx.now });
        }
        return;
      }
      if (standing !== null && !isChanged && !atOnce) return;
      if (job !== null && standing !== null) tx.cancelJob(job);
      tx.set(keys.poll(channelId), {
        cursor: record?.cursor ?? null,
        configHash,
        job: planPoll(tx, channelId, tx.now),
        newsAt: null,
        failures: isChanged ? 0 : record?.failures ?? 0,
        error: record?.error ?? null,
        polledAt: record?.polledAt ?? null,
      });
    });
  }

  return {
    poll: createPoller(context, channels, sessions),
    wake,

    ensure: (atOnce = false) =>
      store.inTurn("plan polls", async () => {
        const ids: string[] = [];
        for await (const { value } of store.list(keys.channels())) {
          if (context.adapters.get(value.type)?.poll !== undefined) ids.push(value.id);
        }
        for (const id of ids) await ensureChannel(id, atOnce);
      }),

    async [Symbol.asyncDispose]() {
      // A plan under way reads the store, which is closed next.
      await store.inTurn("plan polls", () => Promise.resolve());
      await sessions[Symbol.asyncDispose]();
    },
  };
}

function planPoll(tx: Tx, channelId: string, dueAt: number) {
  return tx.job({ kind: POLL_JOB, id: `poll_${channelId}`, payload: { channelId }, dueAt });
}
