/** Live events, applied once per frame: many in a second cost one drawing each frame, not one drawing each. */
import type { ServerEvent } from "./event_link.ts";

export interface EventBatchOptions {
  /** Takes them in their order. */
  apply(events: readonly ServerEvent[]): void;
  /** Runs before the next drawing, soon also where nothing is drawn. @returns what cancels it. */
  soon(run: () => void): () => void;
}

/** What a frame has room for; after a lost connection thousands may come at once. */
const MAX_PER_FRAME = 100;

export class EventBatch {
  readonly #options: EventBatchOptions;
  #waiting: ServerEvent[] = [];
  #cancel: (() => void) | null = null;

  constructor(options: EventBatchOptions) {
    this.#options = options;
  }

  add(event: ServerEvent): void {
    this.#waiting.push(event);
    this.#cancel ??= this.#options.soon(() => this.#run());
  }

  /** Takes what waits now: what comes next must find it done. */
  flush(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#options.apply(this.#waiting.splice(0));
  }

  #run(): void {
    const events = this.#waiting.splice(0, MAX_PER_FRAME);
    this.#cancel = this.#waiting.length === 0 ? null : this.#options.soon(() => this.#run());
    this.#options.apply(events);
  }

  [Symbol.dispose](): void {
    this.#cancel?.();
    this.#waiting = [];
  }
}
