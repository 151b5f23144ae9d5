/** Changes of stored shapes, in order. A migration is never edited once released. */
import type { WorkspaceRecord } from "./records.ts";
import { keys } from "./keys.ts";

export interface Migration {
  /** The schema version it leads to: one more than the one before. */
  readonly to: number;
  /** For the log: what it changes. */
  readonly name: string;
  /** May be cut off and run again: each step must be repeatable, in commits of at most 250 mutations. */
  run(kv: Deno.Kv): Promise<void>;
}

/** The first version has nothing to change. */
export const migrations: readonly Migration[] = [
  { to: 1, name: "first version", run: () => Promise.resolve() },
];

/** Version of the shapes that this code reads and writes. */
export function schemaVersion(list: readonly Migration[]): number {
  return list.at(-1)?.to ?? 0;
}

/**
 * Brings a database from its schema version to the newest, one version after the other.
 * @returns the record as it is then
 */
export async function migrate(
  kv: Deno.Kv,
  record: WorkspaceRecord,
  list: readonly Migration[],
): Promise<WorkspaceRecord> {
  let current = record;
  for (const migration of list) {
    if (migration.to <= current.schema) continue;
    if (migration.to !== current.schema + 1) {
      throw new RangeError(`Cannot migrate: no step from ${current.schema} to ${migration.to}`);
    }
    await migration.run(kv);
    current = { ...current, schema: migration.to };
    await kv.set([...keys.workspace().path], current);
  }
  return current;
}
