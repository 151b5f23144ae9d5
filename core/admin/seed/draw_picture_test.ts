import assert from "node:assert/strict";
import { inflateSync } from "node:zlib";
import { drawPicture } from "./draw_picture.ts";

Deno.test("drawPicture() draws a PNG of 240 × 160 whose pixels are all in its palette", () => {
  const png = drawPicture(200);
  const view = new DataView(png.buffer);
  const chunks = new Map<string, Uint8Array<ArrayBuffer>>();
  for (let at = 8; at < png.length;) {
    const length = view.getUint32(at);
    const name = new TextDecoder().decode(png.slice(at + 4, at + 8));
    chunks.set(name, png.slice(at + 8, at + 8 + length));
    at += length + 12;
  }

  const header = new DataView(chunks.get("IHDR")!.buffer);
  assert.deepEqual([header.getUint32(0), header.getUint32(4)], [240, 160]);
  const pixels = inflateSync(chunks.get("IDAT")!);
  assert.equal(pixels.length, 160 * 241);
  assert.ok(Math.max(...pixels) < chunks.get("PLTE")!.length / 3);
  assert.ok(png.length < 20_000);
  assert.notDeepEqual(drawPicture(20), png);
});
