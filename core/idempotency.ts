import type { CoreError } from "./errors.ts";
import { err, ok, type Result } from "./result.ts";
import { type IdempotencyRecord, keys, type Store, type Tx } from "./store/mod.ts";

/** A caller's promise that the same key means the same request. */
export interface Idempotency {
  /** Who and where: one caller's keys on one path. */
  readonly scope: string;
  readonly key: string;
  readonly bodyHash: string;
}
/** Last argument of commands that create. */
export interface Once {
  readonly idempotency?: Idempotency;
}

const KEPT_MS = 24 * 60 * 60 * 1_000;

/**
 * What a command led to that was called with the same key before; null when its work is still to be done. For commands
 * that prepare before their commit what the first call used up, such as files. Errors: idempotency_mismatch.
 */
export async function findOnce<T>(
  store: Pick<Store, "get" | "ports">,
  { idempotency }: Once,
): Promise<Result<T, CoreError> | null> {
  if (idempotency === undefined) return null;
  const seen = await store.get(keys.idempotency(idempotency.scope, idempotency.key));
  return seenBefore<T>(seen, idempotency, store.ports.clock.now());
}

/**
 * Runs a command's work unless its key was used before; the first result is stored in the commit of the effect and
 * given again. Failures are not stored: the caller may mend the request and use the key again.
 */
export async function once<T>(
  tx: Tx,
  { idempotency }: Once,
  work: () => Promise<Result<T, CoreError>>,
): Promise<Result<T, CoreError>> {
  if (idempotency === undefined) return await work();
  const key = keys.idempotency(idempotency.scope, idempotency.key);
  const seen = await tx.get(key);
  const before = seenBefore<T>(seen, idempotency, tx.now);
  if (before !== null) return before;
  const result = await work();
  if (result.ok) {
    const record = {
      bodyHash: idempotency.bodyHash,
      result: result.value,
      expiresAt: tx.now + KEPT_MS,
    };
    tx.set(key, record, { expireInMs: KEPT_MS });
  }
  return result;
}

/** @param now epoch ms */
function seenBefore<T>(
  seen: IdempotencyRecord | null,
  { bodyHash }: Idempotency,
  now: number,
): Result<T, CoreError> | null {
  if (seen === null || seen.expiresAt <= now) return null;
  return seen.bodyHash === bodyHash
    // Stored by the same command for the same scope, which names the path.
    ? ok(seen.result as T)
    : err({ code: "idempotency_mismatch" });
}
