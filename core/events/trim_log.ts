/** Ends what the log keeps: 72 h or 100,000 commits, and never what a follower has yet to read. */
import type { LogTally } from "../store/mod.ts";
import { keys, type Store } from "../store/mod.ts";
import { LOG_START } from "./cursor.ts";

/** What of the log may go. */
export interface TrimOptions {
  readonly now: number;
  /** Names of the followers in use. */
  readonly followers: readonly string[];
  /** Default: 72 h. */
  readonly maxAgeMs?: number;
  /** Default: 100,000. */
  readonly maxEntries?: number;
}

/**
 * Deletes old log entries. Cheap enough for every minute: it reads what is new since the last time and
 * what it deletes. Of two processes at once, one does it.
 * @returns how many were deleted
 */
export async function trimLog(store: Store, options: TrimOptions): Promise<number> {
  const key = keys.logTally();
  const entry = await store.getEntry(key);
  let versionstamp = entry?.versionstamp ?? null;
  let tally = await countNew(store, entry?.value ?? { upTo: "", count: 0 });
  const gone = await findOld(store, tally.count, options);
  for (let i = 0; i < gone.length; i += ENTRIES_PER_COMMIT) {
    const part = gone.slice(i, i + ENTRIES_PER_COMMIT);
    tally = { ...tally, count: tally.count - part.length };
    versionstamp = await write(tally, versionstamp, part);
    if (versionstamp === null) return i;
  }
  const newCount = tally.count - (entry?.value.count ?? 0);
  if (gone.length === 0 && newCount >= COUNT_KEPT_FROM) await write(tally, versionstamp, []);
  return gone.length;

  async function write(next: LogTally, checked: string | null, part: readonly string[]) {
    const last = part.at(-1);
    const applied = await store.apply({
      checks: [{ path: key.path, versionstamp: checked }],
      writes: [
        { kind: "set", path: key.path, value: next },
        ...part.map((version) => ({ kind: "delete", path: keys.log(version).path } as const)),
        // With the entries themselves: a reader asks for it after its read.
        ...(last === undefined
          ? []
          : [{ kind: "set", path: keys.logTrimmed().path, value: last } as const]),
      ],
      changes: [],
      jobDueAt: null,
    });
    return applied.ok ? applied.versionstamp : null;
  }
}

async function countNew(store: Store, tally: LogTally): Promise<LogTally> {
  let { upTo, count } = tally;
  for await (const entry of store.list(keys.logAfter(upTo))) {
    count++;
    upTo = entry.versionstamp;
  }
  return { upTo, count };
}

/** Versionstamps of what may go, oldest first. */
async function findOld(store: Store, count: number, options: TrimOptions): Promise<string[]> {
  const { now, followers, maxAgeMs = 72 * 3_600_000, maxEntries = 100_000 } = options;
  const places = await store.getMany(followers.map((name) => keys.followerCursor(name)));
  const isReadByAll = (version: string) => places.every((place) => version <= (place ?? LOG_START));
  const old: string[] = [];
  for await (const { versionstamp, value } of store.list(keys.logAfter(""))) {
    const mayGo = value.at < now - maxAgeMs || count - old.length > maxEntries;
    if (!mayGo || !isReadByAll(versionstamp)) break;
    old.push(versionstamp);
  }
  return old;
}

const ENTRIES_PER_COMMIT = 250;
/** Fewer are counted again next time: not worth a commit. */
const COUNT_KEPT_FROM = 500;
