/** One process per database file: a lock the system drops when its process ends, however it ends. */
import { err, ok, type Result } from "../result.ts";

export interface LockedError {
  readonly code: "locked";
  readonly message: string;
}

/**
 * Takes the lock, waiting for a process that is just ending.
 * @param waitMs how long to try
 * @returns a function that releases it
 */
export async function takeFileLock(
  path: string,
  waitMs: number,
): Promise<Result<() => void, LockedError>> {
  const file = await Deno.open(path, { create: true, read: true, write: true });
  let waitedMs = 0;
  while (!await file.tryLock(true)) {
    if (waitedMs >= waitMs) {
      file.close();
      return err({
        code: "locked",
        message: `Cannot open database: another process holds ${JSON.stringify(path)}`,
      });
    }
    waitedMs += POLL_MS;
    // The other process ends in real time.
    // deno-lint-ignore parley/no-impure-globals
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  // Closing the file releases the lock.
  return ok(() => file.close());
}

const POLL_MS = 50;
