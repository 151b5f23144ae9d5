import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { solveProof } from "./solve_proof.ts";

Deno.test("solveProof() finds a number whose hash begins with the zero bits asked for", async () => {
  for (const bits of [0, 1, 8, 11]) {
    const proof = await solveProof("a.token", bits);

    const hash = createHash("sha256").update(`a.token:${proof}`).digest("hex");
    assert.equal(BigInt(`0x${hash}`) >> BigInt(256 - bits), 0n, `${bits} bits`);
  }
});
