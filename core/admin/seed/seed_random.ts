/** Chance that can be repeated: the same seed draws the same numbers on every machine. */
export class SeedRandom {
  #state: number;

  /** @param seed any whole number. */
  constructor(seed: number) {
    this.#state = (Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) >>> 0) || 1;
  }

  /** At least 0, below 1 (Mulberry32). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 0x1_0000_0000;
  }

  /** A whole number, both ends included. */
  between(min: number, max: number): number {
    return min + Math.floor(this.next() * (max - min + 1));
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  /** @throws RangeError when there is nothing to pick from. */
  pick<T>(from: readonly T[]): T {
    const at = Math.floor(this.next() * from.length);
    if (at >= from.length) throw new RangeError("Cannot pick: the list is empty");
    // The index was just checked; `undefined` may be a legitimate element.
    return from[at] as T;
  }

  /** Picks with the given weights. */
  weighted<T>(from: readonly (readonly [value: T, weight: number])[]): T {
    const total = from.reduce((sum, [, weight]) => sum + weight, 0);
    let left = this.next() * total;
    for (const [value, weight] of from) {
      left -= weight;
      if (left < 0) return value;
    }
    throw new RangeError("Cannot pick: no weight is above 0");
  }

  /** For ids: not for secrets. */
  bytes(length: number): Uint8Array<ArrayBuffer> {
    return Uint8Array.from({ length }, () => this.between(0, 255));
  }
}
