import { keys, type Tx } from "../store/mod.ts";

/**
 * Makes all commits that take the same turn exclude each other, in every process: each checks and writes one
 * number. What is then read with `tx.read` or `tx.list` is as safe as if each record were checked, without
 * spending the commit's ten checks.
 */
export async function takeTurn(
  tx: Tx,
  name: "inboxes" | "owners" | "snippets" | "views",
): Promise<void> {
  const key = keys.counter(`turn_${name}`);
  tx.set(key, (await tx.get(key) ?? 0) + 1);
}

/** In-process queue of the rare commands that change users, inboxes and links. */
export const ACCESS_QUEUE = { queue: "access" } as const;
