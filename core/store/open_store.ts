/** Opens the database: lock, handles, secret, schema. */
import { err, ok, type Result } from "../result.ts";
import { type LockedError, takeFileLock } from "./file_lock.ts";
import { KvStore } from "./kv_store.ts";
import { type Migration, migrations } from "./migrations.ts";
import type { Store, StorePorts } from "./types.ts";
import { createVault, fingerprints, type Secrets } from "./vault.ts";
import { readyWorkspace, type WorkspaceError } from "./workspace_record.ts";

/** Which database to open, and with which secrets. */
export interface OpenStoreOptions {
  /** A file, ":memory:", a KV Connect URL, or undefined for the database Deno Deploy has linked. */
  readonly path: string | undefined;
  /** Given for a file: held while the store is open, so that no second process writes to it. */
  readonly lockPath?: string;
  /** How long to wait for the lock. Default: 10 s. */
  readonly lockWaitMs?: number;
  readonly ports: StorePorts;
  /** Each at least 32 bytes. */
  readonly secrets: Secrets;
  /** Refuse what the strictest platform refuses; for tests. */
  readonly strict?: boolean;
  /** Default: the released ones. */
  readonly migrations?: readonly Migration[];
  /** Default: Deno's own; tests of faults put themselves between. */
  readonly openKv?: (path?: string) => Promise<Deno.Kv>;
}

/** Why a database cannot be opened. */
export type OpenStoreError = LockedError | WorkspaceError | {
  readonly code: "cannot_open";
  readonly message: string;
};

/**
 * Opens a store, making its database when there is none. The store closes its handles and gives the
 * lock back when disposed.
 *
 * @returns `locked` when another process holds the file, `wrong_secret`, `newer_schema`, or `cannot_open`
 */
export async function openStore(options: OpenStoreOptions): Promise<Result<Store, OpenStoreError>> {
  const lock = options.lockPath === undefined
    ? ok(() => {})
    : await takeFileLock(options.lockPath, options.lockWaitMs ?? 10_000);
  if (!lock.ok) return lock;
  const handles: Deno.Kv[] = [];
  try {
    const opened = await openHandles(options, handles);
    if (opened.ok) return ok(new KvStore({ ...opened.value, release: lock.value }));
    release();
    return opened;
  } catch (cause) {
    release();
    throw cause;
  }

  function release(): void {
    for (const kv of handles) kv.close();
    lock.ok && lock.value();
  }
}

type Opened = Omit<ConstructorParameters<typeof KvStore>[0], "release">;

async function openHandles(
  options: OpenStoreOptions,
  handles: Deno.Kv[],
): Promise<Result<Opened, OpenStoreError>> {
  const { path, ports, secrets } = options;
  const openKv = options.openKv ?? Deno.openKv;
  const isMemory = path === ":memory:";
  const isFile = path !== undefined && !isMemory && !/^https?:\/\//.test(path);
  try {
    handles.push(await openKv(path));
    // Reads behind commits on one handle of a file starve; elsewhere a second handle gains nothing.
    if (isFile) handles.push(await openKv(path));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    return err({ code: "cannot_open", message: `Cannot open database: ${reason}` });
  }
  const [writer, reader = writer] = handles;
  if (!writer || !reader) throw new Error("Cannot open database: no handle");
  const workspace = await readyWorkspace({
    kv: writer,
    fingerprints: await fingerprints(secrets),
    migrations: options.migrations ?? migrations,
    now: ports.clock.now(),
  });
  if (!workspace.ok) return workspace;
  return ok({
    writer,
    reader,
    vault: createVault(secrets, ports.random),
    ports,
    strict: options.strict ?? false,
    isAlone: isMemory || options.lockPath !== undefined,
  });
}
