/** One run of a claimed job: its handler, its lease while that runs, and what becomes of it then. */
import type { Ports } from "../ports.ts";
import type { Job, JobRef, Tx } from "../store/mod.ts";
import { backOffMs } from "./back_off.ts";
import type { Lease } from "./lease.ts";

/** What a handler is given beside its job. */
export interface JobContext {
  /** Aborts when the lease was lost or the process is about to end. */
  readonly signal: AbortSignal;
  /** The previous owner died while it ran this job: its effect may have happened. */
  readonly recovered: boolean;
  /** Ends the job in the commit of its effect; that commit fails when the lease was lost. */
  complete(tx: Tx): void;
  /** Puts the job off in a commit. Without an error the run does not count as one. Returns where it stands. */
  reschedule(tx: Tx, dueAt: number, error?: string): JobRef;
}

/** Ends the job by returning; throws to have it run again later. */
export type JobHandler = (job: Job, context: JobContext) => Promise<void>;

export interface RunOptions {
  readonly kind: {
    readonly handler: JobHandler;
    readonly leaseMs: number;
    readonly maxAttempts: number;
  };
  readonly lease: Lease;
  readonly recovered: boolean;
  readonly ports: Pick<Ports, "alarm" | "clock" | "log" | "random">;
  /** Aborts when the process is about to end. */
  readonly ending: AbortSignal;
}

/** Runs the handler and settles the job. Never throws: a job that cannot be settled becomes due again. */
export async function runJob(options: RunOptions): Promise<void> {
  const { kind, lease, recovered, ports } = options;
  try {
    if (recovered && lease.job.attempts > kind.maxAttempts) {
      await lease.bury(`Its owner died ${kind.maxAttempts} times`);
    } else await settle(options, await handle(options));
  } catch (cause) {
    // The store failed: the lease runs out, and the job becomes due again.
    ports.log("error", "job not settled", { ...named(lease), error: String(cause) });
  }
}

/** @returns why it failed, or null */
async function handle(options: RunOptions): Promise<string | null> {
  const { kind, lease, recovered, ending } = options;
  const lost = new AbortController();
  const endRenewals = renewLease(options, lost);
  try {
    await kind.handler(lease.job, {
      signal: AbortSignal.any([lost.signal, ending]),
      recovered,
      complete: (tx) => lease.complete(tx),
      reschedule: (tx, dueAt, error) => lease.reschedule(tx, { dueAt, error: error ?? null }),
    });
    return null;
  } catch (cause) {
    return cause instanceof Error ? cause.message : String(cause);
  } finally {
    endRenewals();
  }
}

/** Moves the deadline on at half of each lease. Returns a function that ends it. */
function renewLease({ kind, lease, ports }: RunOptions, lost: AbortController): () => void {
  const { clock, alarm, log } = ports;
  let cancel = renewLater();
  let isEnded = false;
  return () => {
    isEnded = true;
    cancel();
  };

  function renewLater(): () => void {
    return alarm(clock.now() + kind.leaseMs / 2, async () => {
      try {
        if (!await lease.renew(clock.now() + kind.leaseMs)) {
          lost.abort(new Error("Cannot go on: the lease of the job was lost"));
        }
      } catch (cause) {
        log("warn", "lease not renewed", { ...named(lease), error: String(cause) });
      }
      if (!isEnded && !lost.signal.aborted) cancel = renewLater();
    });
  }
}

async function settle(options: RunOptions, failure: string | null): Promise<void> {
  const { kind, lease, ports, ending } = options;
  if (lease.outcome !== "open" && !await lease.isHeld()) {
    if (failure !== null) ports.log("warn", "job lease lost", { ...named(lease), error: failure });
    return;
  }
  const now = ports.clock.now();
  // A handler that meant to put the job off, and whose commit did not happen, has not done its work.
  const error = failure ?? (lease.outcome === "reschedule" ? "Cannot put job off" : null);
  const isKept = error === null
    ? await lease.end()
    : ending.aborted
    ? await lease.putOff({ dueAt: now, error: null })
    : await fail(error);
  if (!isKept) ports.log("warn", "job lease lost", named(lease));

  async function fail(error: string): Promise<boolean> {
    const { attempts } = lease.job;
    if (attempts >= kind.maxAttempts) {
      ports.log("error", "job dead", { ...named(lease), attempts, error });
      return await lease.bury(error);
    }
    const share = (ports.random.bytes(1)[0] ?? 0) / 255;
    const dueAt = now + backOffMs(attempts, share);
    ports.log("warn", "job failed", { ...named(lease), attempts, error, dueAt });
    return await lease.putOff({ dueAt, error });
  }
}

function named(lease: Lease) {
  return { id: lease.job.id, kind: lease.job.kind };
}
