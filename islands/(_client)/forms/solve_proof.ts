/** Tries that run beside each other: each alone would wait for the one before. */
const AT_ONCE = 64;

/**
 * Finds a number whose SHA-256 together with the token begins with so many zero bits. The page stays quick meanwhile:
 * browsers hash on another thread.
 * @returns null where the browser does not hash: on pages without TLS
 */
export async function solveProof(token: string, bits: number): Promise<string | null> {
  // Typed as always there, which it is only in secure contexts.
  const subtle: SubtleCrypto | undefined = crypto.subtle;
  if (subtle === undefined) return null;
  const encoder = new TextEncoder();
  for (let from = 0;; from += AT_ONCE) {
    const tries = Array.from({ length: AT_ONCE }, (_, at) => String(from + at));
    const hashes = await Promise.all(
      tries.map((text) => subtle.digest("SHA-256", encoder.encode(`${token}:${text}`))),
    );
    const found = hashes.findIndex((hash) => zeroBits(new Uint8Array(hash)) >= bits);
    if (found >= 0) return String(from + found);
  }
}

/** With how many zero bits the bytes begin. */
function zeroBits(bytes: Uint8Array): number {
  const at = bytes.findIndex((byte) => byte !== 0);
  return at < 0 ? bytes.length * 8 : at * 8 + Math.clz32(bytes[at] ?? 0) - 24;
}
