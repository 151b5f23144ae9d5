/** The first record of every database: which secret and which shapes it was written with. */
import { err, ok, type Result } from "../result.ts";
import { keys } from "./keys.ts";
import { migrate, type Migration, schemaVersion } from "./migrations.ts";
import type { WorkspaceRecord } from "./records.ts";

export type WorkspaceError =
  | { readonly code: "wrong_secret"; readonly message: string }
  | { readonly code: "newer_schema"; readonly message: string };

export interface WorkspaceOptions {
  readonly kv: Deno.Kv;
  /** Of the current secret, then of the older ones. */
  readonly fingerprints: readonly string[];
  readonly migrations: readonly Migration[];
  readonly now: number;
}

/** Makes the record of an empty database; checks, migrates and brings up to date that of another. */
export async function readyWorkspace(
  options: WorkspaceOptions,
): Promise<Result<WorkspaceRecord, WorkspaceError>> {
  const { kv, fingerprints, migrations } = options;
  const path = [...keys.workspace().path];
  const newest = schemaVersion(migrations);
  const fingerprint = fingerprints[0] ?? "";
  let found = await kv.get<WorkspaceRecord>(path);
  if (found.versionstamp === null) {
    const first: WorkspaceRecord = {
      schema: newest,
      name: "Parley",
      fingerprint,
      createdAt: options.now,
      isSetUp: false,
    };
    const made = await kv.atomic().check({ key: path, versionstamp: null }).set(path, first)
      .commit();
    if (made.ok) return ok(first);
    // Another process was first.
    found = await kv.get<WorkspaceRecord>(path);
  }
  const record = found.value;
  if (record === null) throw new Error("Cannot open database: its first record does not stay");
  if (!fingerprints.includes(record.fingerprint)) {
    return err({
      code: "wrong_secret",
      message: "Cannot open database: it was written with another PARLEY_SECRET. " +
        "Set that one, or name it in PARLEY_SECRET_OLD",
    });
  }
  if (record.schema > newest) {
    return err({
      code: "newer_schema",
      message: `Cannot open database: its schema ${record.schema} is newer than this program's ` +
        `${newest}. Start the newer version`,
    });
  }
  const migrated = await migrate(kv, record, migrations);
  if (migrated.fingerprint === fingerprint) return ok(migrated);
  const current = { ...migrated, fingerprint };
  await kv.set(path, current);
  return ok(current);
}
