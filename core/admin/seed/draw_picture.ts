import { crc32, deflateSync } from "node:zlib";

const WIDTH = 240;
const HEIGHT = 160;
const SHADES = 32;

/**
 * A small PNG in bands of one hue: a picture with something to see, made without any file.
 * @param hue in degrees
 */
export function drawPicture(hue: number): Uint8Array<ArrayBuffer> {
  const rows = new Uint8Array(HEIGHT * (1 + WIDTH));
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const shade = Math.abs(Math.sin((x + y * 2) / 48)) * (SHADES - 1);
      // A row begins with its filter: none.
      rows[y * (1 + WIDTH) + 1 + x] = Math.round(shade);
    }
  }
  const palette = Array.from({ length: SHADES }, (_, i) => hueToRgb(hue, 0.35 + 0.4 * i / SHADES));
  return Uint8Array.from([
    ...[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
    // Eight bits, each a place in the palette.
    ...chunk("IHDR", [...bigEndian(WIDTH), ...bigEndian(HEIGHT), 8, 3, 0, 0, 0]),
    ...chunk("PLTE", palette.flat()),
    ...chunk("IDAT", deflateSync(rows)),
    ...chunk("IEND", []),
  ]);
}

function chunk(name: string, data: Iterable<number>): number[] {
  const body = Uint8Array.from([...new TextEncoder().encode(name), ...data]);
  return [...bigEndian(body.length - 4), ...body, ...bigEndian(crc32(body))];
}

function bigEndian(value: number): number[] {
  return [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
}

/** @param light 0–1; half saturated. @returns parts from 0 to 255 */
function hueToRgb(hue: number, light: number): number[] {
  const reach = 0.5 * Math.min(light, 1 - light);
  return [0, 8, 4].map((offset) => {
    const k = (offset + hue / 30) % 12;
    return Math.round(255 * (light - reach * Math.max(-1, Math.min(k - 3, 9 - k, 1))));
  });
}
