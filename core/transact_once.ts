import type { CoreError } from "./errors.ts";
import { err, ok, type Result } from "./result.ts";
import { keys, type Store, transact, type TransactOptions, type Tx } from "./store/mod.ts";

/** A client's promise that requests under one key are the same request. */
export interface Idempotency {
  /** Who asks for what: a caller and an address. */
  readonly scope: string;
  /** As the client chose it. */
  readonly key: string;
  readonly bodyHash: string;
}

/** How a result is kept for a repeated request: small, since it is written in the commit of the effect. */
export interface Memory<T, Stored> {
  remember(value: T): Stored;
  recall(tx: Tx, stored: Stored): Promise<Result<T, CoreError>>;
}

const KEEP_MS = 24 * 60 * 60 * 1_000;

/**
 * As `transact`, but at most once per key within 24 h: the key is written in the commit of the effect, and whoever
 * comes again with it gets the first result. Failures are not kept.
 * @param once absent when the client gave no key.
 * @returns also idempotency_mismatch, when the key came before with another body.
 */
export async function transactOnce<T, Stored>(
  store: Store,
  once: Idempotency | undefined,
  memory: Memory<T, Stored>,
  work: (tx: Tx) => Promise<Result<T, CoreError>>,
  options?: TransactOptions,
): Promise<Result<T, CoreError>> {
  if (once === undefined) return await transact(store, work, options);
  const key = keys.idempotency(once.scope, once.key);
  return await transact(store, async (tx) => {
    const earlier = await tx.get(key);
    if (earlier !== null && earlier.expiresAt > tx.now) {
      if (earlier.bodyHash !== once.bodyHash) return err({ code: "idempotency_mismatch" });
      // Written below by the same kind of command: the scope holds its address.
      return await memory.recall(tx, earlier.result as Stored);
    }
    const result = await work(tx);
    if (result.ok) {
      tx.set(key, {
        bodyHash: once.bodyHash,
        result: memory.remember(result.value),
        expiresAt: tx.now + KEEP_MS,
      }, { expireInMs: KEEP_MS });
    }
    return result;
  }, options);
}

/** Keeps the result as it is: for small records. */
export function keepWhole<T>(): Memory<T, T> {
  return { remember: (value) => value, recall: (_tx, stored) => Promise.resolve(ok(stored)) };
}
