import type { Ports } from "../ports.ts";

const DEADLINE_MS = 30_000;

/**
 * Work nobody waits for, such as sending a mail: the answer must not tell by its time whether there was any.
 * Failures are logged under the work's name.
 */
export class Background {
  readonly #ports: Pick<Ports, "clock" | "alarm" | "log">;
  readonly #running = new Set<Promise<void>>();
  readonly #stopped = new AbortController();

  constructor(ports: Pick<Ports, "clock" | "alarm" | "log">) {
    this.#ports = ports;
  }

  /** Starts `work`; its signal aborts after 30 s or on {@link Background.stop}. */
  start(name: string, work: (signal: AbortSignal) => Promise<void>): void {
    const running = this.#run(name, work).finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  /** Resolves when all work started so far has ended. */
  async settled(): Promise<void> {
    await Promise.all(this.#running);
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.settled();
  }

  async #run(name: string, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const { clock, alarm, log } = this.#ports;
    const late = new AbortController();
    const cancel = alarm(clock.now() + DEADLINE_MS, () => late.abort());
    try {
      await work(AbortSignal.any([late.signal, this.#stopped.signal]));
    } catch (error) {
      log("error", `${name} failed`, { reason: error instanceof Error ? error.name : "unknown" });
    } finally {
      cancel();
    }
  }
}
