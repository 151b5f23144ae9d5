import assert from "node:assert/strict";
import { hmacHex, sha256Hex } from "./digests.ts";

const encode = (text: string) => new TextEncoder().encode(text);

Deno.test("hmacHex() gives the known answer of RFC 4231, test case 2", async () => {
  assert.equal(
    await hmacHex("Jefe", encode("what do ya want for nothing?")),
    "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
  );
});

Deno.test("sha256Hex() gives the known answer of FIPS 180", async () => {
  assert.equal(
    await sha256Hex(encode("abc")),
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
  );
});
