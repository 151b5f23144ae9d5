/** Argon2id by the platform, or in WebAssembly where the platform does not know it. */

/** Cost of one hash. */
export interface Argon2Cost {
  readonly memoryKiB: number;
  readonly passes: number;
}

/** Derives 32 bytes from a password. Takes about 50 ms at {@link DEFAULT_COST}, off the main thread. */
export type Argon2id = (
  password: string,
  salt: Uint8Array<ArrayBuffer>,
  cost: Argon2Cost,
) => Promise<Uint8Array<ArrayBuffer>>;

/** OWASP's second choice: 19 MiB, two passes, one lane. */
export const DEFAULT_COST: Argon2Cost = { memoryKiB: 19_456, passes: 2 };

const HASH_BYTES = 32;

/** The platform's Argon2id where it has one. */
export const argon2id: Argon2id = async (password, salt, cost) => {
  try {
    return await argon2idByPlatform(password, salt, cost);
  } catch (error) {
    if (!(error instanceof DOMException) || error.name !== "NotSupportedError") throw error;
    return await argon2idByWasm(password, salt, cost);
  }
};

/** WebCrypto's. Throws a DOMException named NotSupportedError where it is not built in. */
export const argon2idByPlatform: Argon2id = async (password, salt, { memoryKiB, passes }) => {
  // "raw-secret" is newer than the DOM types.
  const format = "raw-secret" as "raw";
  const secret = new TextEncoder().encode(password);
  const key = await crypto.subtle.importKey(format, secret, "Argon2id", false, ["deriveBits"]);
  const algorithm = { name: "Argon2id", nonce: salt, parallelism: 1, memory: memoryKiB, passes };
  return new Uint8Array(await crypto.subtle.deriveBits(algorithm, key, HASH_BYTES * 8));
};

/** The same in WebAssembly, on this thread. */
export const argon2idByWasm: Argon2id = async (password, salt, { memoryKiB, passes }) => {
  const { argon2id: derive } = await import("hash-wasm");
  const hash = await derive({
    password,
    salt,
    parallelism: 1,
    iterations: passes,
    memorySize: memoryKiB,
    hashLength: HASH_BYTES,
    outputType: "binary",
  });
  return new Uint8Array(hash);
};
