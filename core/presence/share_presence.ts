/**
 * Presence where several processes share a database. Each writes who is where by it into one key of its own, at most
 * every two seconds, and touches one key that all of them watch; what a dead process said runs out.
 */
import type { DraftNews } from "../drafts/mod.ts";
import type { Ports } from "../ports.ts";
import { keys, type PresenceRecord, type Store, transact } from "../store/mod.ts";
import type { Attendance } from "./attendance.ts";

/** A process is believed this long, in ms. */
export const BELIEVED_MS = 35_000;
/** It says the same again before that. */
const AGAIN_MS = 15_000;
const WRITE_EVERY_MS = 2_000;
/** After the connection broke. */
const WATCH_AGAIN_MS = 2_000;
/** What fits into one value: about 40 KiB. */
const MAX_PLACES = 200;
const MAX_NEWS = 50;

/** What is told to other processes of a draft: whose, not what. */
export type DraftSign = Pick<DraftNews, "conversationId" | "userId" | "kind" | "draftId">;

export interface SharedPresence {
  /** Passes on that a draft was saved, or ended, here. */
  tellDraft(sign: DraftSign): void;
  /** Takes back what this process said, and ends. */
  stop(): Promise<void>;
}

export interface SharedPresenceOptions {
  readonly store: Store;
  readonly ports: Pick<Ports, "alarm" | "clock" | "ids" | "log">;
  readonly attendance: Attendance;
  /** A draft was saved or ended in another process. */
  readonly onDraft: (sign: DraftSign) => Promise<void>;
}

/** Nothing where this process is alone. */
export function sharePresence(options: SharedPresenceOptions): SharedPresence {
  const { store, ports, attendance, onDraft } = options;
  if (store.isAlone) return { tellDraft() {}, stop: () => Promise.resolve() };
  const process = ports.ids.next("own");
  const ending = new AbortController();
  /** The last news heard, by process. */
  const heard = new Map<string, number>();
  const known = new Set<string>();
  let news: DraftSign[] = [];
  let lastNews = 0;
  let wroteAt = -Infinity;
  let said = JSON.stringify([[], 0]);
  let saidUntil = 0;
  let plannedAt = Infinity;
  let cancelWrite = () => {};
  let cancelWatch = () => {};
  let working: Promise<void> = Promise.resolve();
  let watching: Promise<void> = Promise.resolve();

  async function write(): Promise<void> {
    const now = ports.clock.now();
    const places = attendance.localPlaces().slice(0, MAX_PLACES);
    const words = JSON.stringify([places, lastNews]);
    const isFresh = now < saidUntil - BELIEVED_MS + AGAIN_MS;
    // What others did changes nothing here: two processes would answer each other without an end.
    if (words === said && (isFresh || places.length === 0)) return;
    const record: PresenceRecord = { until: now + BELIEVED_MS, places, news, lastNews };
    wroteAt = now;
    said = words;
    saidUntil = record.until;
    await transact(store, (tx) => {
      tx.set(keys.presenceOf(process), record, { expireInMs: BELIEVED_MS });
      tx.set(keys.presenceHead(), process);
      return Promise.resolve();
    });
    if (places.length > 0) plan(AGAIN_MS);
  }

  /** Writes now or, when that was a moment ago, a little later; and again before it runs out. */
  function plan(afterMs: number): void {
    if (ending.signal.aborted) return;
    const dueAt = Math.max(ports.clock.now() + afterMs, wroteAt + WRITE_EVERY_MS);
    if (dueAt >= plannedAt) return;
    cancelWrite();
    plannedAt = dueAt;
    cancelWrite = ports.alarm(dueAt, () => {
      plannedAt = Infinity;
      working = working.then(write).catch((error) => {
        ports.log("warn", "presence not shared", { error: String(error) });
      });
    });
  }

  async function read(): Promise<void> {
    const now = ports.clock.now();
    const seen = new Set<string>();
    for await (const { path, value } of store.list(keys.presences())) {
      const other = String(path.at(-1));
      if (other === process || value.until <= now) continue;
      seen.add(other);
      attendance.setRemote(other, value.places, value.until);
      const from = heard.get(other) ?? value.lastNews - value.news.length;
      heard.set(other, value.lastNews);
      const fresh = Math.min(value.lastNews - from, value.news.length);
      for (const sign of fresh > 0 ? value.news.slice(-fresh) : []) await onDraft(sign);
    }
    for (const other of known) {
      if (seen.has(other)) continue;
      attendance.setRemote(other, [], now);
      heard.delete(other);
      known.delete(other);
    }
    for (const other of seen) known.add(other);
  }

  async function watch(): Promise<void> {
    for await (const _ of store.watch(keys.presenceHead(), ending.signal)) await read();
  }

  function keepWatching(): void {
    watching = watch().catch((error) => {
      if (ending.signal.aborted) return;
      ports.log("warn", "presence not followed", { error: String(error) });
    }).finally(() => {
      if (ending.signal.aborted) return;
      cancelWatch = ports.alarm(ports.clock.now() + WATCH_AGAIN_MS, keepWatching);
    });
  }

  const stopListening = attendance.onChange(() => plan(0));
  keepWatching();

  return {
    tellDraft(sign) {
      news = [...news, sign].slice(-MAX_NEWS);
      lastNews++;
      plan(0);
    },
    async stop() {
      stopListening();
      cancelWrite();
      cancelWatch();
      ending.abort();
      await working;
      await watching;
      if (saidUntil === 0) return;
      await transact(store, (tx) => {
        tx.delete(keys.presenceOf(process));
        tx.set(keys.presenceHead(), process);
        return Promise.resolve();
      }).catch((error) => ports.log("warn", "presence not shared", { error: String(error) }));
    },
  };
}
