import type { ConnectionError } from "../channel/mod.ts";
import type { Channels, OpenedChannel } from "../channels/mod.ts";
import type { CoreContext } from "../context.ts";
import type { JobContext, JobHandler } from "../jobs/mod.ts";
import { err, ok, type Result } from "../result.ts";
import { type ConnectionRecord, keys, transact } from "../store/mod.ts";
import { connectionStep } from "./connection_step.ts";

/**
 * The handler of the connection job: connects a channel that is new or was changed, and asks about once an hour whether
 * it still works. The channel's status shows what is wrong, and clears once that is mended.
 */
export function createConnectionKeeper(context: CoreContext, channels: Channels): JobHandler {
  const { store, ports } = context;

  return async function keep(job, run) {
    const channelId = String(job.payload.channelId);
    const startedAt = ports.clock.now();
    const opened = await channels.open(channelId);
    const record = await store.get(keys.connection(channelId));
    if (record === null || !opened.ok || opened.value.channel.status === "paused") {
      return await rest(run, channelId, opened.ok);
    }
    const checked = await check(opened.value, record, run.signal);
    if (run.signal.aborted) throw new Error("Cannot go on checking: the run was ended");
    await finish(run, opened.value, startedAt, checked);
  };

  /** A change of its settings plans it again. */
  async function rest(run: JobContext, channelId: string, isThere: boolean): Promise<void> {
    await transact(store, async (tx) => {
      run.complete(tx);
      const record = await tx.get(keys.connection(channelId));
      if (record === null) return;
      const channel = isThere ? null : await tx.read(keys.channel(channelId));
      if (!isThere && channel === null) return tx.delete(keys.connection(channelId));
      tx.set(keys.connection(channelId), { ...record, job: null });
    });
  }

  async function finish(
    run: JobContext,
    { channel, redact }: OpenedChannel,
    startedAt: number,
    checked: Result<null, ConnectionError>,
  ): Promise<void> {
    const error = checked.ok ? null : { ...checked.error, message: redact(checked.error.message) };
    await transact(store, async (tx) => {
      const record = await tx.get(keys.connection(channel.id));
      if (record === null) return run.complete(tx);
      const share = (ports.random.bytes(1)[0] ?? 0) / 255;
      const step = connectionStep(error, { now: tx.now, failures: record.failures, share });
      // Its settings were changed while it was looked at.
      const isChanged = record.changedAt > startedAt;
      tx.set(keys.connection(channel.id), {
        ...record,
        job: run.reschedule(tx, isChanged ? tx.now : step.dueAt),
        isConnected: !isChanged && (error === null || record.isConnected),
        failures: step.failures,
        error: step.error,
        checkedAt: tx.now,
      });
      if (step.error !== null) await channels.markBroken(tx, channel.id, step.error);
      else if (record.error !== null && error === null) {
        // Only what was found here is mended here: sending may have a problem of its own.
        const now = await tx.read(keys.channel(channel.id));
        if (now?.error === record.error) await channels.markWorking(tx, channel.id);
      }
    });
    if (error !== null) {
      const { code, provider = "" } = error;
      const fields = { channelId: channel.id, code, provider: redact(provider) };
      ports.log("warn", "channel not connected", fields);
    }
  }

  /** An adapter that throws has a bug, which says nothing about the channel. */
  async function check(
    { adapter, channel, view, io, redact }: OpenedChannel,
    { isConnected }: ConnectionRecord,
    signal: AbortSignal,
  ): Promise<Result<null, ConnectionError>> {
    const port = adapter.connection;
    if (port === undefined) return ok(null);
    try {
      if (!isConnected) return await port.connect(view, io(signal));
      const health = await port.health(view, io(signal));
      if (!health.ok) return health;
      const { mended } = health.value;
      if (mended !== null) {
        ports.log("info", "channel mended", { channelId: channel.id, what: redact(mended) });
      }
      return ok(null);
    } catch (error) {
      const name = error instanceof Error ? error.name : "unknown";
      ports.log("error", "adapter threw while connecting", { channelId: channel.id, error: name });
      return err({ code: "unavailable", message: `${adapter.label} could not be asked.` });
    }
  }
}
