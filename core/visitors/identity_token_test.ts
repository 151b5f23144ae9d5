import assert from "node:assert/strict";
import fc from "fast-check";
import { verifyIdentityToken } from "./identity_token.ts";

const NOW = Date.UTC(2026, 0, 15, 12);
const NOW_S = NOW / 1000;
const SECRET = "a secret of the site's server, 32+";
const AUDIENCE = "chn_1";
const expected = { secret: SECRET, audience: AUDIENCE, now: NOW };
const claims = { sub: "user-1", aud: AUDIENCE, iat: NOW_S, exp: NOW_S + 600 };

Deno.test("verifyIdentityToken() gives the claims of a token signed by the site", async () => {
  const token = await sign({
    ...claims,
    email: "Ada@Example.com",
    name: " Ada ",
    phone: "+31 6 12",
  });

  assert.deepEqual(await verifyIdentityToken(token, expected), {
    ok: true,
    value: { sub: "user-1", email: "ada@example.com", name: "Ada", phone: "+31 6 12" },
  });
});

Deno.test("verifyIdentityToken() refuses every wrong claim by its name", async () => {
  const cases: readonly [object, string | null][] = [
    [{ exp: NOW_S + 3600 }, null],
    [{ exp: NOW_S + 3601 }, "lives_too_long"],
    [{ iat: NOW_S - 600, exp: NOW_S }, "expired"],
    [{ iat: NOW_S + 30, exp: NOW_S + 90 }, null],
    [{ iat: NOW_S + 120, exp: NOW_S + 180 }, "issued_in_future"],
    [{ aud: "chn_2" }, "wrong_audience"],
    [{ aud: [AUDIENCE] }, null],
    [{ aud: [AUDIENCE, "chn_2"] }, "bad_claims"],
    [{ sub: "" }, "bad_claims"],
    [{ sub: 7 }, "bad_claims"],
    [{ sub: "x".repeat(256) }, "bad_claims"],
    [{ iat: undefined }, "bad_claims"],
    [{ exp: undefined }, "bad_claims"],
    [{ exp: "never" }, "bad_claims"],
    [{ email: "not an address" }, "bad_claims"],
    [{ email: null }, null],
  ];
  for (const [change, code] of cases) {
    const result = await verifyIdentityToken(await sign({ ...claims, ...change }), expected);
    assert.equal(result.ok ? null : result.error, code, JSON.stringify(change));
  }
});

Deno.test("verifyIdentityToken() takes HS256 only", async () => {
  for (const alg of ["none", "HS512", "RS256", "hs256", ""]) {
    const result = await verifyIdentityToken(await sign(claims, { alg }), expected);
    assert.deepEqual(result, { ok: false, error: "wrong_algorithm" }, alg);
  }
  const critical = await sign(claims, { alg: "HS256", crit: ["b64"] });
  assert.deepEqual(await verifyIdentityToken(critical, expected), {
    ok: false,
    error: "malformed",
  });
});

Deno.test("verifyIdentityToken() refuses another key and every changed character", async () => {
  const token = await sign(claims);

  const other = await verifyIdentityToken(token, { ...expected, secret: SECRET + "!" });
  assert.deepEqual(other, { ok: false, error: "bad_signature" });
  for (let i = 0; i < token.length; i++) {
    // The last character of a part also holds bits that mean nothing; the decoder refuses those.
    const changed = token.slice(0, i) + (token[i] === "A" ? "B" : "A") + token.slice(i + 1);
    const result = await verifyIdentityToken(changed, expected);
    assert.equal(result.ok, false, `character ${i}`);
  }
});

Deno.test("verifyIdentityToken() never throws and never accepts junk", async () => {
  await fc.assert(fc.asyncProperty(
    fc.oneof(fc.string(), fc.array(fc.base64String(), { maxLength: 4 }).map((p) => p.join("."))),
    async (token) => {
      assert.equal((await verifyIdentityToken(token, expected)).ok, false);
    },
  ));
  assert.equal((await verifyIdentityToken("a.".repeat(5_000), expected)).ok, false);
});

async function sign(payload: object, header: object = { alg: "HS256", typ: "JWT" }) {
  const encoder = new TextEncoder();
  const encode = (bytes: Uint8Array) =>
    bytes.toBase64({ alphabet: "base64url", omitPadding: true });
  const text = [header, payload].map((part) => encode(encoder.encode(JSON.stringify(part))))
    .join(".");
  const key = await crypto.subtle.importKey(
    "raw",
    encoder.encode(SECRET),
    { name: "HMAC", hash: "SHA-256" },
    false,
    ["sign"],
  );
  return `${text}.${
    encode(new Uint8Array(await crypto.subtle.sign("HMAC", key, encoder.encode(text))))
  }`;
}
