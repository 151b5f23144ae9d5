import { equalBytes } from "../constant_time.ts";
import type { Random } from "../ports.ts";
import { type Argon2Cost, type Argon2id, argon2id, DEFAULT_COST } from "./argon2id.ts";

const SALT_BYTES = 16;
/** Each takes 19 MiB: a crowd of sign-ins queues rather than filling the memory. */
const MAX_AT_ONCE = 4;

/** Hashes and checks passwords, a few at a time. */
export class Passwords {
  readonly #random: Random;
  readonly #derive: Argon2id;
  readonly #cost: Argon2Cost;
  readonly #waiting: (() => void)[] = [];
  #free = MAX_AT_ONCE;

  constructor(random: Random, derive: Argon2id = argon2id, cost: Argon2Cost = DEFAULT_COST) {
    this.#random = random;
    this.#derive = derive;
    this.#cost = cost;
  }

  /** @returns "argon2id$m=19456,t=2,p=1$<salt>$<hash>", both in base64. */
  async hash(password: string): Promise<string> {
    const salt = this.#random.bytes(SALT_BYTES);
    const hash = await this.#run(password, salt, this.#cost);
    const { memoryKiB, passes } = this.#cost;
    return `argon2id$m=${memoryKiB},t=${passes},p=1$${salt.toBase64()}$${hash.toBase64()}`;
  }

  /**
   * Whether this is the password behind `stored`. Takes the same time when there is none (null), so that an
   * unknown address cannot be told from a wrong password.
   */
  async verify(password: string, stored: string | null): Promise<boolean> {
    if (stored === null) {
      await this.#run(password, new Uint8Array(SALT_BYTES), this.#cost);
      return false;
    }
    const parsed = parseHash(stored);
    const hash = await this.#run(password, parsed.salt, parsed.cost);
    return equalBytes(hash, parsed.hash);
  }

  async #run(password: string, salt: Uint8Array<ArrayBuffer>, cost: Argon2Cost) {
    if (this.#free === 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#free--;
    try {
      // The same word typed on two keyboards may be composed differently.
      return await this.#derive(password.normalize("NFKC"), salt, cost);
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free++;
    }
  }
}

function parseHash(stored: string) {
  const match = /^argon2id\$m=(\d+),t=(\d+),p=1\$([^$]+)\$([^$]+)$/.exec(stored);
  const [, memory, passes, salt, hash] = match ?? [];
  if (!memory || !passes || !salt || !hash) {
    throw new TypeError("Cannot read a stored password hash");
  }
  return {
    cost: { memoryKiB: Number(memory), passes: Number(passes) },
    salt: Uint8Array.fromBase64(salt),
    hash: Uint8Array.fromBase64(hash),
  };
}
