/** The kinds of jobs a runner has handlers for, and how many of each run. */
import type { JobHandler } from "./run_job.ts";

/** How jobs of a kind are run. */
export interface JobKindOptions {
  /** Handlers of this kind at once. Default: 16. */
  readonly concurrency?: number;
  /** How long a silent owner is waited for. Renewed while the handler runs. Default: 30 s. */
  readonly leaseMs?: number;
  /** Runs before the job goes to the dead letters. Default: 10. */
  readonly maxAttempts?: number;
}

export interface JobKind extends Required<JobKindOptions> {
  readonly handler: JobHandler;
  running: number;
}

export class JobKinds {
  readonly #kinds = new Map<string, JobKind>();

  /** @throws TypeError when the kind has a handler */
  register(name: string, handler: JobHandler, options: JobKindOptions): void {
    if (this.#kinds.has(name)) {
      throw new TypeError(`Cannot register job kind ${JSON.stringify(name)}: it has a handler`);
    }
    this.#kinds.set(name, {
      handler,
      concurrency: options.concurrency ?? 16,
      leaseMs: options.leaseMs ?? 30_000,
      maxAttempts: options.maxAttempts ?? 10,
      running: 0,
    });
  }

  get(name: string): JobKind | undefined {
    return this.#kinds.get(name);
  }

  /** Whether `test` holds for each of them. */
  every(test: (kind: JobKind) => boolean): boolean {
    return this.#kinds.values().every(test);
  }
}
