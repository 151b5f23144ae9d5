/** Commits of one database file, gathered while one is under way. */
import { pathId } from "./key_path.ts";
import { isRefusal } from "./limits.ts";
import type { Applied, Batch, Write } from "./types.ts";

/** Deno KV takes 100 checks of a file, a log entry 64 KiB, and a commit blocks everybody for as long as it lasts. */
const MAX_GROUP = { batches: 16, checks: 90, writes: 200, changes: 100 };
/** What holds more goes alone: a group is far below what a commit may hold. */
const MAX_BYTES_VALUE = 1_024;

interface Waiting {
  readonly batch: Batch;
  readonly checked: readonly string[];
  readonly written: readonly string[];
  readonly applied: PromiseWithResolvers<Applied>;
}

/**
 * A file takes one commit after the other, and what a commit costs besides its writes is more than they cost. So those
 * that were asked for during a commit are written together by the next, each whole or not at all as before: only
 * batches that have no key in common share a commit, and when one of them loses a check, each is tried alone.
 */
export class CommitQueue {
  readonly #commit: (batch: Batch) => Promise<Applied>;
  #waiting: Waiting[] = [];
  #isRunning = false;

  constructor(commit: (batch: Batch) => Promise<Applied>) {
    this.#commit = commit;
  }

  /** @throws what the commit threw; whether the batch was written is then unknown, as it is for a single commit */
  apply(batch: Batch): Promise<Applied> {
    const waiting = {
      batch,
      checked: batch.checks.map(({ path }) => pathId(path)),
      written: batch.writes.map(({ path }) => pathId(path)),
      applied: Promise.withResolvers<Applied>(),
    };
    this.#waiting.push(waiting);
    if (!this.#isRunning) void this.#run();
    return waiting.applied.promise;
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    while (this.#waiting.length > 0) {
      const group = this.#take();
      const settled = group.length > 1 && await this.#writeTogether(group);
      if (!settled) { for (const one of group) await this.#writeAlone(one); }
    }
    this.#isRunning = false;
  }

  /** @returns whether all of them know what became of them; if not, nothing was written */
  async #writeTogether(group: readonly Waiting[]): Promise<boolean> {
    try {
      const applied = await this.#commit(merged(group.map(({ batch }) => batch)));
      if (applied.ok) { for (const one of group) one.applied.resolve(applied); }
      return applied.ok;
    } catch (error) {
      // One of them cannot be written, and the others need not pay for it.
      if (isRefusal(error)) return false;
      for (const one of group) one.applied.reject(error);
      return true;
    }
  }

  async #writeAlone({ batch, applied }: Waiting): Promise<void> {
    try {
      applied.resolve(await this.#commit(batch));
    } catch (error) {
      applied.reject(error);
    }
  }

  /**
   * The first that waits, with those after it that can share its commit. Nobody overtakes one that it has a key in
   * common with.
   */
  #take(): readonly Waiting[] {
    const group: Waiting[] = [];
    const rest: Waiting[] = [];
    const checked = new Set<string>();
    const written = new Set<string>();
    const size = { batches: 0, checks: 0, writes: 0, changes: 0 };
    for (const one of this.#waiting) {
      const { batch } = one;
      const isFirst = group.length === 0 && rest.length === 0;
      const fits = size.batches < MAX_GROUP.batches &&
        size.checks + batch.checks.length <= MAX_GROUP.checks &&
        size.writes + batch.writes.length <= MAX_GROUP.writes &&
        size.changes + batch.changes.length <= MAX_GROUP.changes &&
        // Each could have come before all that were asked for earlier: a commit looks at all checks first.
        !one.written.some((id) => written.has(id) || checked.has(id));
      if (isFirst || (fits && isSmall(batch))) {
        group.push(one);
        size.batches += isSmall(batch) ? 1 : MAX_GROUP.batches;
        size.checks += batch.checks.length;
        size.writes += batch.writes.length;
        size.changes += batch.changes.length;
      } else {
        rest.push(one);
      }
      for (const id of one.checked) checked.add(id);
      for (const id of one.written) written.add(id);
    }
    this.#waiting = rest;
    return group;
  }
}

function merged(batches: readonly Batch[]): Batch {
  return {
    checks: batches.flatMap(({ checks }) => checks),
    writes: batches.flatMap(({ writes }) => writes),
    changes: batches.flatMap(({ changes }) => changes),
    jobDueAt: null,
  };
}

function isSmall({ writes }: Batch): boolean {
  return !writes.some(isBig);
}

function isBig(write: Write): boolean {
  return write.kind === "set" && write.value instanceof Uint8Array &&
    write.value.byteLength > MAX_BYTES_VALUE;
}
