/**
 * Undoes a Content-Transfer-Encoding. Damage is skipped over: what can be decoded is returned, nothing throws.
 * Unknown encodings are taken as none.
 */
export function decodeTransfer(
  bytes: Uint8Array<ArrayBuffer>,
  encoding: string,
): Uint8Array<ArrayBuffer> {
  if (encoding === "base64") return decodeBase64(bytes);
  if (encoding === "quoted-printable") return decodeQuotedPrintable(bytes);
  return bytes;
}

const BASE64 = (() => {
  const table = new Int8Array(256).fill(-1);
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  for (let i = 0; i < alphabet.length; i++) table[alphabet.charCodeAt(i)] = i;
  return table;
})();
const PADDING = 0x3d;

function decodeBase64(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const output = new Uint8Array(Math.ceil(bytes.length * 3 / 4) + 3);
  let length = 0;
  let bits = 0;
  let count = 0;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0;
    const value = BASE64[byte] ?? -1;
    if (value < 0) {
      // Padding in the middle ends one encoded text; some senders glue several together.
      if (byte === PADDING) count = bits = 0;
      continue;
    }
    bits = (bits << 6) | value;
    count += 6;
    if (count >= 8) {
      count -= 8;
      output[length++] = (bits >> count) & 0xff;
      bits &= (1 << count) - 1;
    }
  }
  return output.slice(0, length);
}

const EQUALS = 0x3d;

function decodeQuotedPrintable(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const output = new Uint8Array(bytes.length);
  let length = 0;
  let lineEnd = 0;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0;
    if (byte === EQUALS) {
      const soft = softBreakLength(bytes, i + 1);
      if (soft > 0) {
        i += soft;
        lineEnd = length;
        continue;
      }
      const high = hexDigit(bytes[i + 1]);
      const low = hexDigit(bytes[i + 2]);
      output[length++] = high >= 0 && low >= 0 ? (high << 4) | low : byte;
      if (high >= 0 && low >= 0) i += 2;
      lineEnd = length;
    } else if (byte === 10 || byte === 13) {
      // White space at the end of a line was added on the way.
      length = lineEnd;
      output[length++] = byte;
      lineEnd = length;
    } else {
      output[length++] = byte;
      if (byte !== 32 && byte !== 9) lineEnd = length;
    }
  }
  return output.slice(0, length);
}

/** Length of a soft line break after "=", counting white space some relays add; 0 when there is none. */
function softBreakLength(bytes: Uint8Array, start: number): number {
  let i = start;
  while (i - start < 80 && (bytes[i] === 32 || bytes[i] === 9)) i++;
  if (bytes[i] === 13 && bytes[i + 1] === 10) return i + 2 - start;
  if (bytes[i] === 10) return i + 1 - start;
  return i === bytes.length ? i - start + 1 : 0;
}

function hexDigit(byte: number | undefined): number {
  if (byte === undefined) return -1;
  if (byte >= 48 && byte <= 57) return byte - 48;
  if (byte >= 65 && byte <= 70) return byte - 55;
  if (byte >= 97 && byte <= 102) return byte - 87;
  return -1;
}
