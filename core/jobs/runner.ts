/**
 * The job runner: the only timer of the system. Finds due jobs, claims them with a lease, runs their
 * handlers, and decides what becomes of those that fail. Any number of processes may run one each.
 */
import type { Ports } from "../ports.ts";
import { type Entry, type Job, keys, type Store } from "../store/mod.ts";
import { dropDeadJob, listDeadJobs, retryDeadJob } from "./dead_jobs.ts";
import { claimJobs, Lease } from "./lease.ts";
import { type JobKind, type JobKindOptions, JobKinds } from "./job_kinds.ts";
import { type JobHandler, runJob } from "./run_job.ts";

/** Where jobs lie, and the clock they wait for. */
export interface JobRunnerOptions {
  readonly store: Store;
  readonly ports: Pick<Ports, "alarm" | "clock" | "ids" | "log" | "random">;
}

interface Found {
  readonly job: Job;
  readonly versionstamp: string;
  readonly kind: JobKind;
}

/**
 * Runs jobs of the kinds that have a handler.
 *
 * @example
 * ```ts
 * import { openTestStore } from "../../tests/fakes/store.ts";
 * import { transact } from "../store/mod.ts";
 * import { JobRunner } from "./mod.ts";
 *
 * using test = await openTestStore();
 * const runner = new JobRunner(test);
 * runner.register("greet", (job) => Promise.resolve(console.assert(job.payload.name === "Ada")));
 * await transact(test.store, (tx) =>
 *   Promise.resolve(tx.job({ kind: "greet", payload: { name: "Ada" }, dueAt: tx.now })));
 * await runner.drain();
 * ```
 */
export class JobRunner {
  readonly #store: Store;
  readonly #ports: JobRunnerOptions["ports"];
  readonly #owner: string;
  readonly #kinds = new JobKinds();
  /** By job id. */
  readonly #running = new Map<string, Promise<void>>();
  /** How many runs ended. */
  #ended = 0;
  readonly #ending = new AbortController();
  #isStarted = false;
  #isPoked = false;
  #isStopped = false;
  /** The last scan left due jobs behind because all places were taken. */
  #hasMore = false;
  #pumping: Promise<void> | null = null;
  #scanning: Promise<number> | null = null;
  #alarmAt = Infinity;
  #cancelAlarm = () => {};
  #unsubscribe = () => {};
  #deepScanAt = -Infinity;
  /** Jobs due up to here were looked at. */
  #scannedTo = -Infinity;

  constructor(options: JobRunnerOptions) {
    this.#store = options.store;
    this.#ports = options.ports;
    this.#owner = options.ports.ids.next("own");
  }

  /** It takes jobs by itself: started and not stopped. */
  get isRunning(): boolean {
    return this.#isStarted;
  }

  /** Names the handler of a kind of job. */
  register(kind: string, handler: JobHandler, options: JobKindOptions = {}): void {
    this.#kinds.register(kind, handler, options);
  }

  /** Takes jobs as they become due, until `stop`. */
  start(): void {
    if (this.#isStarted) return;
    this.#isStarted = true;
    this.#unsubscribe = this.#store.onCommit(({ jobDueAt }) => {
      if (jobDueAt !== null) this.#wakeAt(jobDueAt);
    });
    this.#poke();
  }

  /**
   * Takes no more jobs and waits for those that run. After 2 s, or when `signal` aborts, their own
   * signals abort; after `signal` it no longer waits, and what still runs keeps its lease: whoever finds
   * it later knows that its owner died.
   */
  async stop(signal?: AbortSignal): Promise<void> {
    this.#isStarted = false;
    this.#isStopped = true;
    this.#unsubscribe();
    this.#cancelAlarm();
    const { clock, alarm } = this.#ports;
    const end = () => this.#ending.abort(new Error("Cannot go on: the process ends"));
    const cancel = this.#running.size > 0 ? alarm(clock.now() + GRACE_MS, end) : () => {};
    const given = Promise.withResolvers<void>();
    const onAbort = () => {
      end();
      given.resolve();
    };
    signal?.addEventListener("abort", onAbort);
    if (signal?.aborted) onAbort();
    await Promise.race([this.#whenQuiet(), given.promise]);
    signal?.removeEventListener("abort", onAbort);
    cancel();
  }

  /** Runs due jobs, also when not started, until none is left or `limit` were taken. @returns how many were */
  async drain(limit = Infinity): Promise<number> {
    let total = 0;
    while (total < limit) {
      const ended = this.#ended;
      const count = await this.#scan(limit - total);
      total += count;
      if (count > 0) continue;
      if (this.#running.size > 0) await Promise.race(this.#running.values());
      // One that ended during the scan may have planned another behind its back.
      else if (ended === this.#ended) return total;
    }
    await Promise.all(this.#running.values());
    return total;
  }

  /** Resolves when no job is due and none runs: for tests that moved the clock. */
  settled = (): Promise<void> => this.#whenQuiet();

  /** Jobs that used up their runs. */
  dead(): Promise<readonly Job[]> {
    return listDeadJobs(this.#store);
  }

  /** Runs a dead job again, now. False when there is none of this id. */
  retryDead(id: string): Promise<boolean> {
    return retryDeadJob(this.#store, id);
  }

  /** Deletes a dead job. False when there is none of this id. */
  dropDead(id: string): Promise<boolean> {
    return dropDeadJob(this.#store, id);
  }

  async #whenQuiet(): Promise<void> {
    while (this.#pumping || this.#scanning || this.#running.size > 0) {
      await Promise.all([this.#pumping, this.#scanning, ...this.#running.values()]);
    }
  }

  /** Looks for due jobs; a poke during a scan makes one more scan. */
  #poke(): void {
    this.#isPoked = true;
    if (this.#pumping || !this.#isStarted) return;
    this.#pumping = this.#pump();
  }

  async #pump(): Promise<void> {
    try {
      while (this.#isPoked && this.#isStarted) {
        this.#isPoked = false;
        await this.#scan(Infinity);
        await this.#wakeForNext();
      }
    } catch (cause) {
      this.#isPoked = false;
      if (this.#isStarted) {
        this.#ports.log("error", "job scan failed", { error: String(cause) });
        this.#wakeAt(this.#ports.clock.now() + RETRY_MS);
      }
    }
    this.#pumping = null;
  }

  async #wakeForNext(): Promise<void> {
    // After the scan's own time, not after now: one may have become due meanwhile.
    const next = await this.#store.listPage(keys.jobsAfter(this.#scannedTo), { limit: 1 });
    const now = this.#ports.clock.now();
    // Another process's job, or its expired lease, is announced by nobody: hence the upper bound.
    this.#wakeAt(Math.min(next.items[0]?.value.dueAt ?? Infinity, now + MAX_SLEEP_MS));
  }

  #wakeAt(at: number): void {
    if (at <= this.#ports.clock.now()) return this.#poke();
    if (at >= this.#alarmAt || !this.#isStarted) return;
    this.#cancelAlarm();
    this.#alarmAt = at;
    this.#cancelAlarm = this.#ports.alarm(at, () => {
      this.#alarmAt = Infinity;
      this.#poke();
    });
  }

  /** Claims and starts what is due and has a free place. @returns how many jobs were started */
  async #scan(limit: number): Promise<number> {
    while (this.#scanning) await this.#scanning;
    const scan = this.#scanOnce(limit).finally(() => {
      this.#scanning = null;
    });
    this.#scanning = scan;
    return await scan;
  }

  async #scanOnce(limit: number): Promise<number> {
    const now = this.#ports.clock.now();
    const isDeep = now - this.#deepScanAt >= DEEP_SCAN_MS;
    this.#scannedTo = now;
    const taken = new Map<JobKind, number>();
    let started = 0;
    let seen = 0;
    this.#hasMore = false;
    let group: Found[] = [];
    const claim = async () => {
      const claiming = group;
      group = [];
      started += await this.#claim(claiming);
    };
    /** Kinds of which a job was passed over: a later one of theirs must not overtake it when a place gets free. */
    const passed = new Set<JobKind>();
    const isFull = (kind: JobKind) =>
      passed.has(kind) || kind.running + (taken.get(kind) ?? 0) >= kind.concurrency;
    for await (const entry of this.#store.list(keys.jobsDue(now))) {
      const isEnough = started + group.length >= limit || this.#kinds.every(isFull);
      // Behind many jobs of a kind whose places are taken there may be one of another kind.
      if (isEnough || this.#isStopped || (++seen > SHALLOW_SCAN && !isDeep)) {
        this.#hasMore = true;
        break;
      }
      if (seen > SHALLOW_SCAN) this.#deepScanAt = now;
      const found = this.#find(entry);
      if (!found) continue;
      if (isFull(found.kind)) {
        passed.add(found.kind);
        this.#hasMore = true;
        continue;
      }
      taken.set(found.kind, (taken.get(found.kind) ?? 0) + 1);
      group.push(found);
      if (group.length < JOBS_PER_CLAIM) continue;
      await claim();
      taken.clear();
    }
    if (group.length > 0) await claim();
    return started;
  }

  #find({ value: job, versionstamp }: Entry<Job>): Found | null {
    const kind = this.#kinds.get(job.kind);
    // Of a newer version of the program, perhaps: it stays until somebody knows it. One that runs here
    // can only look due after the clock jumped, as when the machine slept.
    return kind && !this.#running.has(job.id) ? { job, versionstamp, kind } : null;
  }

  async #claim(found: readonly Found[]): Promise<number> {
    const now = this.#ports.clock.now();
    const claimed = await claimJobs(this.#store, found, {
      owner: this.#owner,
      deadlineOf: (job) => now + (this.#kinds.get(job.kind)?.leaseMs ?? 0),
    });
    if (claimed === null) {
      if (found.length === 1) return 0;
      // One of them was taken by another process; the others are claimed one by one.
      let started = 0;
      for (const one of found) started += await this.#claim([one]);
      return started;
    }
    for (const [i, one] of claimed.entries()) {
      const { kind, job } = found[i] ?? {};
      if (!kind || !job) continue;
      kind.running++;
      const lease = new Lease(this.#store, one);
      const recovered = job.lease !== null;
      const run = runJob({
        kind,
        lease,
        recovered,
        ports: this.#ports,
        ending: this.#ending.signal,
      })
        .finally(() => {
          kind.running--;
          this.#running.delete(job.id);
          this.#ended++;
          // A scan that is under way may have passed over a job for want of this place.
          if (this.#isStarted && (this.#hasMore || this.#scanning)) this.#poke();
        });
      this.#running.set(job.id, run);
    }
    return claimed.length;
  }
}

const GRACE_MS = 2_000;
const RETRY_MS = 1_000;
const MAX_SLEEP_MS = 30_000;
/** Claims check every job, and a commit takes 10 checks. */
const JOBS_PER_CLAIM = 10;
const SHALLOW_SCAN = 500;
const DEEP_SCAN_MS = 1_000;
