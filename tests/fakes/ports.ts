/** Ports of a test: a clock that stands still, counted ids, seeded bytes, a log that is kept. */
import { fakeDns } from "./dns.ts";
import type { Alarm, Clock, FetchAt, LogLevel, Ports } from "../../core/ports.ts";

export interface FakeClock extends Clock {
  /** Moves to a time, running the alarms due on the way, in order; waits for nothing they start. */
  set(at: number): void;
  /** Moves on by some milliseconds, like `set`. */
  advance(ms: number): void;
  /** When the next alarm is due; null when there is none. */
  readonly nextAlarmAt: number | null;
}

export interface LogLine {
  readonly level: LogLevel;
  readonly event: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface FakePorts extends Ports {
  readonly clock: FakeClock;
  /** What was logged, oldest first. */
  readonly logs: LogLine[];
}

/** Where a fake clock starts: 2026-03-02 09:00 UTC, a Monday. */
export const TEST_NOW = Date.UTC(2026, 2, 2, 9);

/**
 * Fake ports.
 * @param options `at`: where the clock starts; `seed`: of the random bytes; any port can be replaced
 */
export function fakePorts(
  options: Partial<Omit<Ports, "clock" | "alarm">> & { at?: number; seed?: number } = {},
): FakePorts {
  const { at = TEST_NOW, seed = 1, ...given } = options;
  const timers = new FakeTimers(at);
  const logs: LogLine[] = [];
  const counts = new Map<string, number>();
  const nextByte = seededBytes(seed);
  return {
    clock: timers,
    alarm: timers.alarm,
    breathe: () => new Promise((resolve) => void setTimeout(resolve, 0)),
    ids: {
      next(prefix) {
        const count = (counts.get(prefix) ?? 0) + 1;
        counts.set(prefix, count);
        return `${prefix}_${String(count).padStart(8, "0")}`;
      },
    },
    random: { bytes: (length) => Uint8Array.from({ length }, nextByte) },
    log: (level, event, fields = {}) => void logs.push({ level, event, fields }),
    logs,
    fetch: (input) => {
      const url = input instanceof Request ? input.url : String(input);
      return Promise.reject(
        new TypeError(`Cannot fetch ${JSON.stringify(url)}: no network in tests`),
      );
    },
    fetchAt: given.fetch !== undefined
      ? fetchAtBy(given.fetch)
      : (url) => Promise.reject(new TypeError(`Cannot fetch "${url}": no network in tests`)),
    resolve: () => Promise.resolve(["203.0.113.7"]),
    dns: fakeDns({}),
    platform: { canListen: true, canConnect: true },
    ...given,
  };
}

/** A clock that stands still, and its alarms. */
export function fakeTime(at: number): Pick<FakePorts, "clock" | "alarm"> {
  const timers = new FakeTimers(at);
  return { clock: timers, alarm: timers.alarm };
}

/** Requests to checked addresses, answered by what stands in for the network. */
export function fetchAtBy(network: typeof fetch): FetchAt {
  return async (url, { address: _, ...request }) => {
    const { status, headers, body } = await network(url, { ...request, redirect: "manual" });
    return { status, headers, body: body ?? new ReadableStream({ start: (it) => it.close() }) };
  };
}

class FakeTimers implements FakeClock {
  #now: number;
  #alarms: { readonly at: number; readonly run: () => void }[] = [];

  constructor(at: number) {
    this.#now = at;
  }

  readonly alarm: Alarm = (at, run) => {
    const entry = { at, run };
    this.#alarms.push(entry);
    return () => {
      this.#alarms = this.#alarms.filter((other) => other !== entry);
    };
  };

  get nextAlarmAt(): number | null {
    return this.#next()?.at ?? null;
  }

  now(): number {
    return this.#now;
  }

  advance(ms: number): void {
    this.set(this.#now + ms);
  }

  set(at: number): void {
    for (let next = this.#next(); next && next.at <= at; next = this.#next()) {
      const due = next;
      this.#alarms = this.#alarms.filter((other) => other !== due);
      this.#now = Math.max(this.#now, due.at);
      due.run();
    }
    this.#now = at;
  }

  #next() {
    return this.#alarms.toSorted((a, b) => a.at - b.at)[0];
  }
}

/** Xorshift: the same seed gives the same bytes. */
function seededBytes(seed: number): () => number {
  let state = (seed * 2_654_435_761) >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state & 0xff;
  };
}
