/** Bytes as text and back. */

/** Base64 with the URL alphabet, without padding. */
export function encodeBase64Url(bytes: Uint8Array): string {
  return bytes.toBase64({ alphabet: "base64url", omitPadding: true });
}

/** Null when it is not base64url. */
export function decodeBase64Url(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.fromBase64(text, { alphabet: "base64url" });
  } catch (cause) {
    if (cause instanceof SyntaxError) return null;
    throw cause;
  }
}

/** Lower-case hexadecimal. */
export function encodeHex(bytes: Uint8Array): string {
  return bytes.toHex();
}

const TAG_BYTES = 10;
const TAG_ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

/** The first 80 bits of a MAC as 16 base32 characters: mail servers may change the case, so there is only one. */
export function macTag(mac: Uint8Array): string {
  let bits = 0;
  let value = 0;
  let tag = "";
  for (const byte of mac.subarray(0, TAG_BYTES)) {
    value = (value << 8) | byte;
    bits += 8;
    for (; bits >= 5; bits -= 5) tag += TAG_ALPHABET[(value >> (bits - 5)) & 31];
    value &= (1 << bits) - 1;
  }
  return tag;
}
