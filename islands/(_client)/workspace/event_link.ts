/**
 * One connection to the server's event stream that heals by itself: resumes from its cursor, waits longer after each
 * failure, notices when the computer slept. Which tab holds it is decided elsewhere.
 */
import { laterCursor } from "./event_cursor.ts";
import { reconnectWaitMs } from "./reconnect_wait.ts";

/** Names the server sends; `EventSource` delivers only what is asked for by name. */
export const EVENT_NAMES = [
  "hello",
  "reset",
  "conversation.created",
  "conversation.updated",
  "conversation.deleted",
  "message.created",
  "message.updated",
  "message.deleted",
  "contact.created",
  "contact.updated",
  "contact.deleted",
  "view.changed",
  "counts",
  "typing",
  "presence",
  "draft",
] as const;
export type EventName = (typeof EVENT_NAMES)[number];

export interface ServerEvent {
  readonly name: EventName;
  /** Place in the log; null for what is never replayed. */
  readonly id: string | null;
  /** JSON. */
  readonly data: string;
}

export type LinkState =
  | { readonly kind: "connecting" }
  | { readonly kind: "live" }
  /** Attempt number `attempt` failed; the next comes at `retryAt`, epoch ms. */
  | { readonly kind: "waiting"; readonly attempt: number; readonly retryAt: number };

/** The part of the browser a link uses. */
export interface LinkPorts {
  openSource(url: string): EventSource;
  now(): number;
  /** From 0 to below 1. */
  random(): number;
  /** @returns what cancels it. */
  after(ms: number, run: () => void): () => void;
}

export interface LinkOptions {
  readonly url: string;
  readonly cursor: string | null;
  onEvent(event: ServerEvent): void;
  onState(state: LinkState): void;
  /** Some events may be lost: everything shown must be read anew. */
  onGap(): void;
}

/** Longer than the server's comment every 15 s: a timer this late means the computer slept. */
const SLEEP_MS = 45_000;
const WATCH_MS = 15_000;

export class EventLink {
  readonly #ports: LinkPorts;
  readonly #options: LinkOptions;
  #cursor: string | null;
  #source: EventSource | null = null;
  #attempt = 0;
  #cancelRetry = () => {};
  #cancelWatch = () => {};

  constructor(ports: LinkPorts, options: LinkOptions) {
    this.#ports = ports;
    this.#options = options;
    this.#cursor = options.cursor;
    this.#watch();
    this.#connect();
  }

  get cursor(): string | null {
    return this.#cursor;
  }

  /** Tries at once: the network is back, or the agent is impatient. */
  retry(): void {
    this.#connect();
  }

  [Symbol.dispose](): void {
    this.#cancelRetry();
    this.#cancelWatch();
    this.#source?.close();
    this.#source = null;
  }

  #connect(): void {
    this.#cancelRetry();
    this.#source?.close();
    this.#options.onState({ kind: "connecting" });
    const query = this.#cursor === null ? "" : `?${new URLSearchParams({ cursor: this.#cursor })}`;
    const source = this.#ports.openSource(this.#options.url + query);
    this.#source = source;
    source.addEventListener("open", () => {
      this.#attempt = 0;
      this.#options.onState({ kind: "live" });
    });
    source.addEventListener("error", () => this.#fail(source));
    for (const name of EVENT_NAMES) {
      source.addEventListener(name, (event) => this.#receive(name, event));
    }
  }

  #receive(name: EventName, { data, lastEventId }: MessageEvent<string>): void {
    if (name === "hello") {
      // Told only when we had no cursor: what changed between the page and now is unknown.
      const hadCursor = this.#cursor !== null;
      this.#cursor = laterCursor(this.#cursor, cursorOf(data));
      if (!hadCursor) this.#options.onGap();
      return;
    }
    if (name === "reset") {
      // The log no longer holds what came in between; the stream goes on from here.
      this.#cursor = cursorOf(data);
      this.#options.onGap();
      return;
    }
    // EventSource repeats the last id for events without one.
    const id = lastEventId === "" || isTransient(name) ? null : lastEventId;
    this.#cursor = laterCursor(this.#cursor, id);
    this.#options.onEvent({ name, id, data });
  }

  #fail(source: EventSource): void {
    if (source !== this.#source) return;
    source.close();
    this.#source = null;
    this.#attempt++;
    const waitMs = reconnectWaitMs(this.#attempt, this.#ports.random());
    this.#options.onState({
      kind: "waiting",
      attempt: this.#attempt,
      retryAt: this.#ports.now() + waitMs,
    });
    this.#cancelRetry = this.#ports.after(waitMs, () => this.#connect());
  }

  #watch(): void {
    const seenAt = this.#ports.now();
    this.#cancelWatch = this.#ports.after(WATCH_MS, () => {
      if (this.#ports.now() - seenAt > SLEEP_MS) this.#connect();
      this.#watch();
    });
  }
}

function isTransient(name: EventName): boolean {
  return name === "counts" || name === "typing" || name === "presence" || name === "draft";
}

function cursorOf(data: string): string | null {
  const value: unknown = JSON.parse(data);
  return typeof value === "object" && value !== null && "cursor" in value &&
      typeof value.cursor === "string"
    ? value.cursor
    : null;
}
