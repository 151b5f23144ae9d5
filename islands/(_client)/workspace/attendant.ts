/** Tells the server which conversation this tab has open, and whether somebody looks at it. */
import type { ApiPresence } from "../../../core/model/api.ts";
import type { Api } from "./api.ts";

/** Nobody touched anything for this long: they look elsewhere, in ms. */
export const QUIET_MS = 120_000;
/** The server counts "viewing" for 35 s. */
export const VIEWING_BEAT_MS = 15_000;
/** And "idle" for 100 s, as browsers let a hidden tab's timers run once a minute only. */
export const IDLE_BEAT_MS = 45_000;
/** It counts "typing" for six seconds. */
const TYPING_BEAT_MS = 3_000;

export interface AttendantOptions {
  readonly api: Pick<Api, "sayPresence">;
  /** Of this page. */
  readonly tab: string;
  readonly onPeople: (presence: ApiPresence) => void;
  now(): number;
  after(ms: number, run: () => void): () => void;
}

export class Attendant implements Disposable {
  readonly #options: AttendantOptions;
  #place: string | null = null;
  #isHidden = false;
  #touchedAt: number;
  #typedAt: number | null = null;
  /** What was said last. */
  #said: "viewing" | "idle" | null = null;
  /** The page went: what browsers tell after that is no sign of anybody. */
  #isGone = false;
  #cancel = () => {};

  constructor(options: AttendantOptions) {
    this.#options = options;
    this.#touchedAt = options.now();
  }

  /** Another conversation is open now, or none. */
  go(conversationId: string | null): void {
    if (conversationId === this.#place) return;
    this.#leave();
    this.#place = conversationId;
    this.#touchedAt = this.#options.now();
    this.#beat();
  }

  /** The tab came to the front, or went to the back. */
  setHidden(isHidden: boolean): void {
    this.#isHidden = isHidden;
    if (!isHidden) this.#touchedAt = this.#options.now();
    if (this.#state() !== this.#said) this.#beat();
  }

  /** A key, a pointer, a wheel. */
  touch(): void {
    this.#touchedAt = this.#options.now();
    if (this.#said === "idle" && this.#state() === "viewing") this.#beat();
  }

  /** Something was typed into a composer, which the team may see. */
  type(): void {
    const { api, tab, now } = this.#options;
    this.touch();
    if (this.#place === null) return;
    if (this.#typedAt !== null && now() - this.#typedAt < TYPING_BEAT_MS) return;
    this.#typedAt = now();
    void api.sayPresence(this.#place, "typing", tab);
  }

  /** The connection is back, or the page: it is said anew. */
  again(): void {
    this.#isGone = false;
    this.#beat();
  }

  /** The page goes, perhaps to be shown again. */
  leave(): void {
    this.#leave();
    this.#isGone = true;
  }

  [Symbol.dispose](): void {
    this.#leave();
    this.#place = null;
  }

  #state(): "viewing" | "idle" {
    const isQuiet = this.#options.now() - this.#touchedAt >= QUIET_MS;
    return this.#isHidden || isQuiet ? "idle" : "viewing";
  }

  #beat(): void {
    this.#cancel();
    const place = this.#place;
    if (place === null || this.#isGone) return;
    const { api, tab, onPeople, after } = this.#options;
    const state = this.#state();
    this.#said = state;
    void api.sayPresence(place, state, tab).then((answer) => {
      if (answer.ok && this.#place === place) onPeople(answer.value);
    });
    this.#cancel = after(
      state === "idle" ? IDLE_BEAT_MS : VIEWING_BEAT_MS,
      () => this.#beat(),
    );
  }

  #leave(): void {
    this.#cancel();
    this.#said = null;
    this.#typedAt = null;
    if (this.#place !== null) {
      void this.#options.api.sayPresence(this.#place, "left", this.#options.tab);
    }
  }
}
