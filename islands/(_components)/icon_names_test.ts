import assert from "node:assert/strict";
import { ICON_NAMES } from "./icon_names.ts";

Deno.test("ICON_NAMES are exactly the drawings of the sprite", async () => {
  const sprite = await Deno.readTextFile(new URL("../../static/icons.svg", import.meta.url));

  const drawn = [...sprite.matchAll(/<symbol id="([^"]+)"/g)].map(([, name]) => name);

  assert.deepEqual(drawn, [...ICON_NAMES]);
});

Deno.test("the sprite holds no script, style or foreign address", async () => {
  const sprite = await Deno.readTextFile(new URL("../../static/icons.svg", import.meta.url));

  assert.doesNotMatch(sprite, /<script|<style|style=|href=|\son\w+=/i);
});
