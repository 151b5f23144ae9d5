import type { Presence } from "../continuity/mod.ts";
import type { Ports } from "../ports.ts";
import { keys, type Store, transact, type Tx } from "../store/mod.ts";

/** After a start, those who were here before have found their way back by then. */
const RETURN_MS = 30_000;
/** With several processes: a process says so often whom it has, and is believed for a little longer. */
const TELL_MS = 4 * 60_000;
const BELIEVED_MS = 5 * 60_000;
/** Visitors told of in one commit. */
const PER_COMMIT = 100;

/**
 * Who of the visitors has a stream open. In this process's memory; where several processes share the database, each
 * also says so in a key per visitor, which runs out by itself when the process dies.
 */
export class Whereabouts {
  readonly #store: Store;
  readonly #ports: Pick<Ports, "alarm" | "clock" | "log">;
  readonly #process: string;
  readonly #startedAt: number;
  readonly #streams = new Map<string, number>();
  /** Tells one after the other: of a visitor who comes and goes, the last word counts. */
  #telling: Promise<void> = Promise.resolve();
  #cancelAlarm: (() => void) | null = null;

  constructor(store: Store, ports: Pick<Ports, "alarm" | "clock" | "ids" | "log">) {
    this.#store = store;
    this.#ports = ports;
    this.#process = ports.ids.next("own");
    this.#startedAt = ports.clock.now();
  }

  /** A stream of a visitor's is open; returns what says that it ended. */
  enter(visitorId: string): () => void {
    const before = this.#streams.get(visitorId) ?? 0;
    this.#streams.set(visitorId, before + 1);
    if (before === 0) this.#tell([visitorId]);
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      const left = (this.#streams.get(visitorId) ?? 1) - 1;
      if (left > 0) this.#streams.set(visitorId, left);
      else {
        this.#streams.delete(visitorId);
        this.#tell([visitorId]);
      }
    };
  }

  /** Whether a visitor is here, in any process. */
  async presenceOf(visitorId: string): Promise<Presence> {
    if (this.#streams.has(visitorId)) return "here";
    const now = this.#ports.clock.now();
    if (!this.#store.isAlone) {
      for await (const { value } of this.#store.list(keys.visitorHereAnywhere(visitorId))) {
        if (value > now) return "here";
      }
    }
    return now < this.#startedAt + RETURN_MS ? "unknown" : "away";
  }

  /** Ends the telling; what was begun is written. */
  async stop(): Promise<void> {
    this.#cancelAlarm?.();
    this.#cancelAlarm = null;
    await this.#telling;
  }

  #tell(visitorIds: readonly string[]): void {
    if (this.#store.isAlone) return;
    this.#telling = this.#telling.then(() => this.#write(visitorIds)).catch((error) =>
      // Believed until it runs out: at worst a mail comes late.
      this.#ports.log("warn", "presence not told", { error: String(error) })
    );
    if (this.#streams.size === 0 || this.#cancelAlarm !== null) return;
    this.#cancelAlarm = this.#ports.alarm(this.#ports.clock.now() + TELL_MS, () => {
      this.#cancelAlarm = null;
      this.#tell([...this.#streams.keys()]);
    });
  }

  async #write(visitorIds: readonly string[]): Promise<void> {
    for (let i = 0; i < visitorIds.length; i += PER_COMMIT) {
      await transact(this.#store, (tx) => {
        for (const id of visitorIds.slice(i, i + PER_COMMIT)) this.#put(tx, id);
        return Promise.resolve();
      });
    }
  }

  #put(tx: Tx, visitorId: string): void {
    const key = keys.visitorHere(visitorId, this.#process);
    if (this.#streams.has(visitorId)) {
      tx.set(key, tx.now + BELIEVED_MS, { expireInMs: BELIEVED_MS });
    } else tx.delete(key);
  }
}
