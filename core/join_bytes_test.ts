import assert from "node:assert/strict";
import { joinBytes } from "./join_bytes.ts";

Deno.test("joinBytes() puts pieces behind each other, empty ones too", () => {
  const [a, none, b] = [Uint8Array.of(1, 2), new Uint8Array(), Uint8Array.of(3)];

  assert.deepEqual(joinBytes([a, none, b]), Uint8Array.of(1, 2, 3));
  assert.deepEqual(joinBytes([]), new Uint8Array());
});
