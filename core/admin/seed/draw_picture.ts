import { deflateSync } from "node:zlib";

const WIDTH = 240;
const HEIGHT = 160;

/** A small PNG in bands of one hue: a picture with something to see, made without any file. */
export function drawPicture(hue: number): Uint8Array<ArrayBuffer> {
  const rows = new Uint8Array(HEIGHT * (1 + WIDTH * 3));
  let at = 0;
  for (let y = 0; y < HEIGHT; y++) {
    rows[at++] = 0;
    for (let x = 0; x < WIDTH; x++) {
      const light = 0.35 + 0.4 * Math.abs(Math.sin((x + y * 2) / 48));
      for (const part of hueToRgb(hue, light)) rows[at++] = part;
    }
  }
  return Uint8Array.from([
    ...[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
    ...chunk("IHDR", [...bigEndian(WIDTH), ...bigEndian(HEIGHT), 8, 2, 0, 0, 0]),
    ...chunk("IDAT", deflateSync(rows)),
    ...chunk("IEND", []),
  ]);
}

function chunk(name: string, data: Iterable<number>): number[] {
  const body = [...new TextEncoder().encode(name), ...data];
  return [...bigEndian(body.length - 4), ...body, ...bigEndian(crc32(body))];
}

function bigEndian(value: number): number[] {
  return [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
}

function crc32(bytes: readonly number[]): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** @param hue in degrees, @param light 0–1; half saturated. Parts are 0–255. */
function hueToRgb(hue: number, light: number): number[] {
  const reach = 0.5 * Math.min(light, 1 - light);
  return [0, 8, 4].map((offset) => {
    const k = (offset + hue / 30) % 12;
    return Math.round(255 * (light - reach * Math.max(-1, Math.min(k - 3, 9 - k, 1))));
  });
}
