import assert from "node:assert/strict";
import fc from "fast-check";
import { onColor } from "./on_color.ts";

Deno.test("onColor() is readable on every colour", () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 0xffffff }), (value) => {
    const color = `#${value.toString(16).padStart(6, "0")}`;
    const light = Math.max(luminance(color), onColor(color) === "#fff" ? 1 : 0);
    const dark = Math.min(luminance(color), onColor(color) === "#fff" ? 1 : 0);
    assert.ok((light + 0.05) / (dark + 0.05) >= 4.5, color);
  }));
});

function luminance(color: string): number {
  const linear = [1, 3, 5].map((at) => {
    const c = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * linear[0]! + 0.7152 * linear[1]! + 0.0722 * linear[2]!;
}
