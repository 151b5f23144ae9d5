import type { Clock, Ids, Random } from "../ports.ts";

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
const TIME_CHARACTERS = 10;
const RANDOM_BYTES = 10;

/**
 * Ids of 26 characters behind their prefix: the millisecond, then 80 random bits; within one millisecond the random
 * part only counts up, so that ids of one process sort in the order they were made.
 */
export function createIds(clock: Clock, random: Random): Ids {
  let lastAt = -1;
  let tail = new Uint8Array(RANDOM_BYTES);

  return {
    next(prefix) {
      const now = clock.now();
      if (now > lastAt) {
        lastAt = now;
        tail = random.bytes(RANDOM_BYTES);
        // Room to count up.
        tail[0] = (tail[0] ?? 0) & 0x7f;
      } else increment(tail);
      return `${prefix}_${encodeTime(lastAt)}${encodeBytes(tail)}`;
    },
  };
}

function increment(bytes: Uint8Array): void {
  for (let i = bytes.length - 1; i >= 0; i--) {
    const next = ((bytes[i] ?? 0) + 1) & 255;
    bytes[i] = next;
    if (next !== 0) return;
  }
}

function encodeTime(at: number): string {
  let text = "";
  for (let rest = at, i = 0; i < TIME_CHARACTERS; i++, rest = Math.floor(rest / 32)) {
    text = ALPHABET[rest % 32] + text;
  }
  return text;
}

/** Five bits a character, the highest first. */
function encodeBytes(bytes: Uint8Array): string {
  let text = "";
  let bits = 0;
  let count = 0;
  for (const byte of bytes) {
    // At most twelve bits at a time: whole numbers are exact far beyond that.
    bits = (bits << 8) | byte;
    count += 8;
    while (count >= 5) {
      count -= 5;
      text += ALPHABET[(bits >> count) & 31];
    }
    bits &= (1 << count) - 1;
  }
  return text;
}
