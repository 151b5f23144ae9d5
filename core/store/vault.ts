/** Encryption and signatures with keys derived from PARLEY_SECRET by purpose. */
import { decodeBase64Url, encodeBase64Url, encodeHex } from "../encoding.ts";
import type { Sealed } from "../model/channel.ts";
import type { Random } from "../ports.ts";
import type { Vault } from "./types.ts";

/** PARLEY_SECRET now and before. */
export interface Secrets {
  readonly current: string;
  /** Secrets before a rotation: they open and verify, and make nothing new. */
  readonly old: readonly string[];
}

/**
 * A vault over a secret and its predecessors.
 * @throws RangeError when a secret is shorter than 32 bytes
 */
export function createVault(secrets: Secrets, random: Random): Vault {
  const rings = [secrets.current, ...secrets.old].map((secret) => new KeyRing(secret));
  const newest = () => {
    const ring = rings[0];
    if (!ring) throw new Error("Cannot use vault: no secret");
    return ring;
  };
  return {
    async seal(purpose, text) {
      const ring = newest();
      const iv = random.bytes(12);
      const key = await ring.cipher(purpose);
      const data = await crypto.subtle.encrypt(
        { name: "AES-GCM", iv, additionalData: bytesOf(purpose) },
        key,
        bytesOf(text),
      );
      return {
        k: await ring.number(),
        iv: encodeBase64Url(iv),
        data: encodeBase64Url(new Uint8Array(data)),
      };
    },
    async open(purpose, sealed) {
      for (const ring of rings) {
        if (await ring.number() !== sealed.k) continue;
        const text = await unseal(await ring.cipher(purpose), purpose, sealed);
        if (text !== null) return text;
      }
      return null;
    },
    mac: (purpose, text) => newest().mac(purpose, text),
    macs: (purpose, text) => Promise.all(rings.map((ring) => ring.mac(purpose, text))),
    fingerprint: () => newest().fingerprint(),
  };
}

/** Fingerprints of the current secret and its predecessors, newest first. */
export function fingerprints(secrets: Secrets): Promise<readonly string[]> {
  return Promise.all(
    [secrets.current, ...secrets.old].map((secret) => new KeyRing(secret).fingerprint()),
  );
}

/** The keys of one secret, derived when first used. */
class KeyRing {
  readonly #base: Promise<CryptoKey>;
  readonly #ciphers = new Map<string, Promise<CryptoKey>>();
  readonly #macKeys = new Map<string, Promise<CryptoKey>>();
  #number: Promise<number> | null = null;

  constructor(secret: string) {
    const bytes = bytesOf(secret);
    if (bytes.length < MIN_SECRET_BYTES) {
      throw new RangeError(`Cannot use secret: shorter than ${MIN_SECRET_BYTES} bytes`);
    }
    this.#base = crypto.subtle.importKey("raw", bytes, "HKDF", false, ["deriveKey", "deriveBits"]);
  }

  /** Names this secret in sealed text; does not depend on how many rotations there were. */
  number(): Promise<number> {
    return this.#number ??= this.#bits("number", 4).then((bytes) =>
      // 31 bits, so that it is a positive integer everywhere.
      new DataView(bytes.buffer).getUint32(0) >>> 1
    );
  }

  async fingerprint(): Promise<string> {
    return encodeHex(await this.#bits("fingerprint", 16));
  }

  cipher(purpose: string): Promise<CryptoKey> {
    return remember(this.#ciphers, purpose, async () =>
      await crypto.subtle.deriveKey(
        derivation(`seal:${purpose}`),
        await this.#base,
        { name: "AES-GCM", length: 256 },
        false,
        ["encrypt", "decrypt"],
      ));
  }

  async mac(purpose: string, text: string): Promise<Uint8Array<ArrayBuffer>> {
    const key = await remember(this.#macKeys, purpose, async () =>
      await crypto.subtle.deriveKey(
        derivation(`mac:${purpose}`),
        await this.#base,
        { name: "HMAC", hash: "SHA-256", length: 256 },
        false,
        ["sign"],
      ));
    return new Uint8Array(await crypto.subtle.sign("HMAC", key, bytesOf(text)));
  }

  async #bits(purpose: string, length: number): Promise<Uint8Array<ArrayBuffer>> {
    const bits = await crypto.subtle.deriveBits(derivation(purpose), await this.#base, length * 8);
    return new Uint8Array(bits);
  }
}

const MIN_SECRET_BYTES = 32;

async function unseal(key: CryptoKey, purpose: string, sealed: Sealed): Promise<string | null> {
  const iv = decodeBase64Url(sealed.iv);
  const data = decodeBase64Url(sealed.data);
  if (iv === null || data === null) return null;
  try {
    const text = await crypto.subtle.decrypt(
      { name: "AES-GCM", iv, additionalData: bytesOf(purpose) },
      key,
      data,
    );
    return new TextDecoder().decode(text);
  } catch (cause) {
    // WebCrypto throws this for a tag that does not fit; anything else is a bug.
    if (cause instanceof DOMException && cause.name === "OperationError") return null;
    throw cause;
  }
}

function derivation(purpose: string): HkdfParams {
  return {
    name: "HKDF",
    hash: "SHA-256",
    salt: bytesOf("parley"),
    info: bytesOf(purpose),
  };
}

function remember<T>(map: Map<string, Promise<T>>, name: string, make: () => Promise<T>) {
  const known = map.get(name);
  if (known) return known;
  const made = make();
  map.set(name, made);
  return made;
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
