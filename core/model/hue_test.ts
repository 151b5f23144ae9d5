import assert from "node:assert/strict";
import fc from "fast-check";
import { hueOf } from "./hue.ts";

Deno.test("hueOf() always gives a hue that hues.css has", async () => {
  const css = await Deno.readTextFile(
    new URL("../../islands/(_components)/css/hues.css", import.meta.url),
  );

  fc.assert(fc.property(fc.string(), (id) => {
    const hue = hueOf(id);
    assert.equal(hueOf(id), hue);
    assert.ok(css.includes(`[data-hue="${hue}"]`));
  }));
});

Deno.test("hueOf() spreads ids that differ in their end only", () => {
  const hues = new Set(Array.from({ length: 100 }, (_, i) => hueOf(`cnt_01jd7${i}`)));

  assert.ok(hues.size >= 25, `only ${hues.size} hues for 100 ids`);
});
