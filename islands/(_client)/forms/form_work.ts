import type { FormPlace } from "./form_place.ts";
import { solveProof } from "./solve_proof.ts";

/** The server's clock starts when it answers, ours when it was asked. */
const HASTE_MS = 250;

/** What proves that a browser showed a form: posted with it, by these names. */
export interface Proven {
  readonly _token: string;
  readonly _proof?: string;
}

/** Asks Parley what it wants a browser to do before it posts, and does it while its visitor writes. */
export class FormWork {
  readonly #place: FormPlace;
  #work: Promise<Proven | null> | null = null;
  #done: (Proven & { readonly notBefore: number }) | null = null;

  constructor(place: FormPlace) {
    this.#place = place;
  }

  /** Once; a second call changes nothing. */
  begin(): void {
    this.#work ??= this.#run().catch(() => null);
  }

  /** What is there by now: for what cannot wait. Null too when it would look hasty. */
  now(): Proven | null {
    if (this.#done === null || Date.now() < this.#done.notBefore) return null;
    const { notBefore: _, ...proven } = this.#done;
    return proven;
  }

  /** Waits a while for it. A form is sent without it too: other guards decide then. */
  async soon(atMostMs: number): Promise<Proven | null> {
    this.begin();
    const until = Date.now() + atMostMs;
    const work = this.#work;
    await Promise.race([work, sleep(atMostMs)]);
    const { notBefore = Infinity } = this.#done ?? {};
    if (notBefore <= until) await sleep(notBefore - Date.now());
    return this.now();
  }

  async #run(): Promise<Proven | null> {
    const begunAt = Date.now();
    const response = await fetch(`${this.#place.url}/token`, { credentials: "omit" });
    if (!response.ok) return null;
    // Our own server's answer, as its route writes it.
    const { token, proofBits, minFillMs } = await response.json() as {
      readonly token: string;
      readonly proofBits: number | null;
      readonly minFillMs: number;
    };
    const proof = proofBits === null ? null : await solveProof(token, proofBits);
    const proven = { _token: token, ...proof === null ? {} : { _proof: proof } };
    this.#done = { ...proven, notBefore: begunAt + minFillMs + HASTE_MS };
    return proven;
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
