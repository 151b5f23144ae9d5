/**
 * A claimed job. Claiming moves its key to the lease's deadline, so a job whose owner died becomes due
 * again by itself. Every write about it checks that it still lies where this owner put it.
 */
import { type Job, type JobRef, keys, type Store, type Tx } from "../store/mod.ts";

export interface Claimed {
  readonly job: Job;
  /** Of the commit that claimed it. */
  readonly versionstamp: string;
}

/** How a job that did not end well goes on. */
export interface Continuation {
  readonly dueAt: number;
  /** Why it failed; null when it only waits, which does not count as a run. */
  readonly error: string | null;
}

export class Lease {
  readonly #store: Store;
  #claimed: Claimed;
  #outcome: "open" | "complete" | "reschedule" = "open";

  constructor(store: Store, claimed: Claimed) {
    this.#store = store;
    this.#claimed = claimed;
  }

  get job(): Job {
    return this.#claimed.job;
  }

  /** What the handler's last commit was to do with the job. */
  get outcome(): "open" | "complete" | "reschedule" {
    return this.#outcome;
  }

  /** Ends the job in a commit of its handler. */
  complete(tx: Tx): void {
    this.#outcome = "complete";
    tx.expect(this.#key(), this.#claimed.versionstamp);
    tx.delete(this.#key());
  }

  /** Puts the job off in a commit of its handler. */
  reschedule(tx: Tx, next: Continuation): JobRef {
    this.#outcome = "reschedule";
    tx.expect(this.#key(), this.#claimed.versionstamp);
    tx.delete(this.#key());
    const { id, kind, payload, dueAt, past } = continued(this.job, next);
    return tx.job({ id, kind, payload, dueAt, past });
  }

  /** Whether the job still lies where this owner put it. */
  async isHeld(): Promise<boolean> {
    const entry = await this.#store.getEntry(this.#key());
    return entry?.versionstamp === this.#claimed.versionstamp;
  }

  /** Moves the deadline. False when somebody else has the job. */
  async renew(deadline: number): Promise<boolean> {
    const job: Job = { ...this.job, dueAt: deadline };
    const versionstamp = await this.#move(job);
    // Gone by the handler's own commit, if it made one. One that is under way loses, and runs again.
    if (versionstamp === null) return this.#outcome !== "open";
    this.#claimed = { job, versionstamp };
    return true;
  }

  /** Ends the job. False when it was not this owner's any more. */
  async end(): Promise<boolean> {
    return await this.#move(null) !== null;
  }

  /** Puts the job off, without an owner. */
  async putOff(next: Continuation): Promise<boolean> {
    const { id, kind, payload, dueAt, past } = continued(this.job, next);
    return await this.#move({ id, kind, payload, dueAt, ...past, lease: null }) !== null;
  }

  /** Moves the job to the dead letters. */
  async bury(error: string): Promise<boolean> {
    const key = this.#key();
    const dead: Job = { ...this.job, dueAt: this.job.firstDueAt, lease: null, lastError: error };
    const applied = await this.#store.apply({
      checks: [{ path: key.path, versionstamp: this.#claimed.versionstamp }],
      writes: [
        { kind: "delete", path: key.path },
        { kind: "set", path: keys.deadJob(dead.id).path, value: dead },
      ],
      changes: [],
      jobDueAt: null,
    });
    return applied.ok;
  }

  async #move(to: Job | null): Promise<string | null> {
    const from = this.#key();
    const target = to === null ? null : keys.job(to.dueAt, to.id);
    const applied = await this.#store.apply({
      checks: [{ path: from.path, versionstamp: this.#claimed.versionstamp }],
      writes: [
        { kind: "delete", path: from.path },
        ...(target ? [{ kind: "set", path: target.path, value: to } as const] : []),
      ],
      changes: [],
      jobDueAt: to !== null && to.lease === null ? to.dueAt : null,
    });
    return applied.ok ? applied.versionstamp : null;
  }

  #key() {
    return keys.job(this.job.dueAt, this.job.id);
  }
}

/**
 * Claims due jobs in one commit: all of them, or none when somebody else took one.
 * @param found at most 10 entries of the job table
 */
export async function claimJobs(
  store: Store,
  found: readonly { readonly job: Job; readonly versionstamp: string }[],
  lease: { readonly owner: string; readonly deadlineOf: (job: Job) => number },
): Promise<readonly Claimed[] | null> {
  const jobs = found.map(({ job }): Job => ({
    ...job,
    attempts: job.attempts + 1,
    lease: lease.owner,
    dueAt: lease.deadlineOf(job),
  }));
  const applied = await store.apply({
    checks: found.map(({ job, versionstamp }) => ({
      path: keys.job(job.dueAt, job.id).path,
      versionstamp,
    })),
    writes: [
      ...found.map(({ job }) =>
        ({ kind: "delete", path: keys.job(job.dueAt, job.id).path }) as const
      ),
      ...jobs.map((job) =>
        ({ kind: "set", path: keys.job(job.dueAt, job.id).path, value: job }) as const
      ),
    ],
    changes: [],
    jobDueAt: null,
  });
  return applied.ok ? jobs.map((job) => ({ job, versionstamp: applied.versionstamp })) : null;
}

function continued(job: Job, next: Continuation) {
  const { id, kind, payload, firstDueAt } = job;
  const past = {
    attempts: next.error === null ? job.attempts - 1 : job.attempts,
    firstDueAt,
    lastError: next.error ?? job.lastError,
  };
  return { id, kind, payload, dueAt: next.dueAt, past };
}
