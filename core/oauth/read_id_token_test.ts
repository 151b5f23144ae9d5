import assert from "node:assert/strict";
import fc from "fast-check";
import { encodeBase64Url } from "../encoding.ts";
import { readIdToken } from "./read_id_token.ts";

const NOW = Date.UTC(2026, 2, 2, 9);
const EXPECTED = { clientId: "parley", nonce: "n-1", now: NOW };
const CLAIMS = { aud: "parley", exp: NOW / 1_000 + 60, nonce: "n-1", email: "ana@x.example" };

const tokenOf = (claims: unknown) =>
  `e30.${encodeBase64Url(new TextEncoder().encode(JSON.stringify(claims)))}.signature`;

Deno.test("readIdToken() gives the claims of a token made for us, for this sign-in", () => {
  assert.equal(readIdToken(tokenOf(CLAIMS), EXPECTED)?.email, "ana@x.example");
  const several = { ...CLAIMS, aud: ["another", "parley"] };
  assert.equal(readIdToken(tokenOf(several), EXPECTED)?.email, "ana@x.example");
  const justOver = { ...CLAIMS, exp: NOW / 1_000 - 60 };
  assert.notEqual(readIdToken(tokenOf(justOver), EXPECTED), null);
});

Deno.test("readIdToken() refuses what was made for others, before, or by nobody", () => {
  const { nonce: _, ...withoutNonce } = CLAIMS;
  const wrong = [
    { ...CLAIMS, aud: "another" },
    { ...CLAIMS, aud: [] },
    { ...CLAIMS, nonce: "n-2" },
    withoutNonce,
    { ...CLAIMS, exp: NOW / 1_000 - 600 },
    { ...CLAIMS, exp: "soon" },
    [],
    "text",
    null,
  ].map(tokenOf);

  for (const token of [...wrong, "", "a", "a.b", "a.b.c", "a.b.c.d", `${tokenOf(CLAIMS)}.more`]) {
    assert.equal(readIdToken(token, EXPECTED), null, token);
  }
});

Deno.test("readIdToken() never throws", () => {
  fc.assert(fc.property(fc.string(), fc.anything(), (text, claims) => {
    readIdToken(text, EXPECTED);
    readIdToken(tokenOf(fc.stringify(claims)), EXPECTED);
  }));
});
