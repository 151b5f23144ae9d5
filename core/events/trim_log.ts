/** Ends what the log keeps: 72 h or 100,000 commits, and never what a follower has yet to read. */
import { keys, type Store } from "../store/mod.ts";
import { LOG_START } from "./cursor.ts";

export interface TrimOptions {
  readonly now: number;
  /** Names of the followers in use. */
  readonly followers: readonly string[];
  /** Default: 72 h. */
  readonly maxAgeMs?: number;
  /** Default: 100,000. */
  readonly maxEntries?: number;
}

/** Deletes old log entries. @returns how many */
export async function trimLog(store: Store, options: TrimOptions): Promise<number> {
  const oldest = options.now - (options.maxAgeMs ?? 72 * 3_600_000);
  const maxEntries = options.maxEntries ?? 100_000;
  const places = await store.getMany(options.followers.map((name) => keys.followerCursor(name)));
  const slowest = places.reduce<string | null>(
    (least, place) => least === null || (place ?? LOG_START) < least ? place ?? LOG_START : least,
    null,
  );
  const kept: string[] = [];
  const old: string[] = [];
  for await (const { versionstamp, value } of store.list(keys.logAfter(""))) {
    if (value.at < oldest && kept.length === 0) old.push(versionstamp);
    else kept.push(versionstamp);
  }
  const tooMany = kept.slice(0, Math.max(0, kept.length - maxEntries));
  const gone = [...old, ...tooMany].filter((version) => slowest === null || version <= slowest);
  for (let i = 0; i < gone.length; i += ENTRIES_PER_COMMIT) {
    const part = gone.slice(i, i + ENTRIES_PER_COMMIT);
    await store.apply({
      checks: [],
      writes: [
        ...part.map((version) => ({ kind: "delete", path: keys.log(version).path } as const)),
        // With the entries themselves: a reader asks for it after its read.
        { kind: "set", path: keys.logTrimmed().path, value: part.at(-1) ?? LOG_START },
      ],
      changes: [],
      jobDueAt: null,
    });
  }
  return gone.length;
}

const ENTRIES_PER_COMMIT = 250;
