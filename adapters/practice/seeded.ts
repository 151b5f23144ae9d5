/** Chance that is the same each time for the same words: what a customer does follows from the settings alone. */
export interface Seeded {
  /** From 0 up to 1. */
  next(): number;
  chance(share: number): boolean;
  between(low: number, high: number): number;
  pick<T>(list: readonly [T, ...T[]]): T;
}

/** Small and fast (mulberry32 over an FNV-1a hash); good enough for who writes what, never for secrets. */
export function seeded(words: string): Seeded {
  let state = hashOf(words);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    chance: (share) => next() < share,
    between: (low, high) => Math.round(low + (high - low) * next()),
    pick: (list) => list[Math.floor(next() * list.length)] ?? list[0],
  };
}

/** 32 bits of a text. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
