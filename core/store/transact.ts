/** One command, one commit: runs the work, commits what it wrote, and runs it again when it lost. */
import { keys } from "./keys.ts";
import { isRefusal } from "./limits.ts";
import { PendingTx } from "./pending_tx.ts";
import type { Store, TransactOptions, Tx } from "./types.ts";

export const MAX_ATTEMPTS = 5;
const COMMAND_KEPT_MS = 3_600_000;

/**
 * Runs `work` and writes everything it asked for in one atomic commit. When something it read with
 * `tx.get` changed meanwhile, or a key it inserts appeared, it runs again on the new state, so it must
 * not have effects of its own. A `Result` with `ok: false` commits nothing and is returned.
 *
 * @example
 * ```ts
 * import { openTestStore } from "../../tests/fakes/store.ts";
 * import { keys, transact } from "./mod.ts";
 *
 * using test = await openTestStore();
 * await transact(test.store, async (tx) => {
 *   const used = await tx.get(keys.quota("chn_1", "2026-03-02")) ?? 0;
 *   tx.set(keys.quota("chn_1", "2026-03-02"), used + 1_024);
 * }, { queue: "chn_1" });
 * ```
 *
 * @throws Error after 5 lost commits in a row; RangeError when the work breaks a limit of the store
 */
export function transact<T>(
  store: Store,
  work: (tx: Tx) => Promise<T>,
  options: TransactOptions = {},
): Promise<T> {
  const run = () => runCommand(store, work, options.command);
  return options.queue === undefined ? run() : store.inTurn(options.queue, run);
}

async function runCommand<T>(
  store: Store,
  work: (tx: Tx) => Promise<T>,
  givenId: string | undefined,
): Promise<T> {
  const command = keys.command(givenId ?? store.ports.ids.next("cmd"));
  /** What attempts returned whose commit threw: they may have been written all the same. */
  const unanswered = new Map<number, T>();
  let cause: unknown;
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
    if (attempt > 1) await pause(store, attempt, unanswered.size > 0);
    const landed = await findLanded(store, command, unanswered);
    if (landed) return landed.value;
    const tx = new PendingTx(store);
    const value = await work(tx);
    const isFirst = givenId === undefined && unanswered.size === 0;
    const batch = isFailure(value) ? null : await tx.finish();
    if (batch === null) {
      return (await findLanded(store, command, unanswered))?.value ?? value;
    }
    const { path } = command;
    try {
      const applied = await store.apply({
        ...batch,
        // A made id cannot be taken; a given one, or one that may have landed, can.
        checks: isFirst ? batch.checks : [...batch.checks, { path, versionstamp: null }],
        writes: [...batch.writes, {
          kind: "set",
          path,
          value: attempt,
          expireInMs: COMMAND_KEPT_MS,
        }],
      });
      if (applied.ok) return value;
    } catch (error) {
      if (isRefusal(error)) throw error;
      unanswered.set(attempt, value);
      cause = error;
    }
    if (givenId !== undefined && unanswered.size === 0 && await store.get(command) !== null) {
      throw new Error(`Cannot commit command ${JSON.stringify(givenId)}: it is already committed`);
    }
  }
  const landed = await findLanded(store, command, unanswered);
  if (landed) return landed.value;
  const id = JSON.stringify(command.path.at(-1));
  throw new Error(`Cannot commit command ${id}: lost ${MAX_ATTEMPTS} times in a row`, { cause });
}

/** The value of the attempt that was written although its commit threw. */
async function findLanded<T>(
  store: Store,
  command: ReturnType<typeof keys.command>,
  unanswered: ReadonlyMap<number, T>,
): Promise<{ readonly value: T } | null> {
  if (unanswered.size === 0) return null;
  const attempt = await store.get(command);
  const value = attempt === null ? undefined : unanswered.get(attempt);
  return value === undefined ? null : { value };
}

/** A `Result` that failed. */
function isFailure(value: unknown): boolean {
  return typeof value === "object" && value !== null && "ok" in value && value.ok === false;
}

/** Waits a random while, longer each time; the store's trouble passes more slowly than a lost check. */
async function pause(store: Store, attempt: number, isTrouble: boolean): Promise<void> {
  const share = (store.ports.random.bytes(1)[0] ?? 0) / 255;
  const maxMs = (isTrouble ? 20 : 2) * 2 ** (attempt - 1);
  // Contention passes in real time only: on a fake clock nobody would end the wait.
  // deno-lint-ignore parley/no-impure-globals
  await new Promise((resolve) => setTimeout(resolve, Math.round(share * maxMs)));
}
