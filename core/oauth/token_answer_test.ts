import assert from "node:assert/strict";
import fc from "fast-check";
import { readTokenAnswer } from "./token_answer.ts";

Deno.test("readTokenAnswer() reads tokens as providers give them", () => {
  const read = readTokenAnswer({
    status: 200,
    json: {
      access_token: "ya29.a",
      token_type: "bearer",
      expires_in: "3599",
      refresh_token: "1//r",
      scope: "openid  https://mail.google.com/",
      id_token: "a.b.c",
      ext_expires_in: 7,
    },
  });

  assert.deepEqual(read, {
    ok: true,
    value: {
      accessToken: "ya29.a",
      expiresInMs: 3_599_000,
      refreshToken: "1//r",
      scopes: ["openid", "https://mail.google.com/"],
      idToken: "a.b.c",
    },
  });
});

Deno.test("readTokenAnswer() takes an hour where nothing is said", () => {
  const read = readTokenAnswer({ status: 200, json: { access_token: "t" } });

  assert.deepEqual(read, {
    ok: true,
    value: {
      accessToken: "t",
      expiresInMs: 3_600_000,
      refreshToken: null,
      scopes: null,
      idToken: null,
    },
  });
});

const REFUSALS: readonly [status: number, json: unknown, code: string, words: string][] = [
  [400, { error: "invalid_grant" }, "lost", "invalid_grant"],
  [
    400,
    { error: "invalid_grant", error_description: "AADSTS70008: The refresh token\nhas expired" },
    "lost",
    "invalid_grant AADSTS70008: The refresh token has expired",
  ],
  [400, { error: "interaction_required" }, "lost", "interaction_required"],
  [401, { error: "invalid_client" }, "client", "invalid_client"],
  [400, { error: "redirect_uri_mismatch" }, "client", "redirect_uri_mismatch"],
  [400, { error: "temporarily_unavailable" }, "unavailable", "temporarily_unavailable"],
  [429, { error: "rate_limit_exceeded" }, "unavailable", "rate_limit_exceeded"],
  [503, undefined, "unavailable", "HTTP 503"],
  [403, undefined, "unavailable", "HTTP 403"],
  [302, undefined, "unavailable", "HTTP 302"],
  [200, { error: "invalid_grant" }, "unavailable", "no token in its answer"],
  [200, { access_token: "" }, "unavailable", "no token in its answer"],
  [200, { access_token: "a\r\nb" }, "unavailable", "no token in its answer"],
  [200, { access_token: "a", token_type: "mac" }, "unavailable", "no token in its answer"],
  [200, { access_token: "a", expires_in: -1 }, "unavailable", "no token in its answer"],
  [200, null, "unavailable", "no token in its answer"],
];
for (const [status, json, code, words] of REFUSALS) {
  Deno.test(`readTokenAnswer() of ${status} ${JSON.stringify(json)} is ${code}`, () => {
    assert.deepEqual(readTokenAnswer({ status, json }), { ok: false, error: { code, words } });
  });
}

Deno.test("readTokenAnswer() never throws, and its words are short", () => {
  fc.assert(
    fc.property(fc.integer({ min: 200, max: 599 }), fc.anything(), (status, json) => {
      const read = readTokenAnswer({ status, json });

      assert.ok(read.ok || read.error.words.length <= 300);
    }),
  );
});
