import assert from "node:assert/strict";
import fc from "fast-check";
import { err, ok } from "../result.ts";
import { createRedactor, redactorWithTokens } from "./redactor.ts";

Deno.test("createRedactor() blanks secrets as they are and as they stand in an address", () => {
  const redact = createRedactor(["123:abc/def", "123:abc/def-more"]);

  assert.equal(
    redact("GET https://x.example/bot123%3Aabc%2Fdef/send: 123:abc/def-more"),
    "GET https://x.example/bot•••/send: •••",
  );
});

Deno.test("createRedactor() leaves words alone that are as short as words", () => {
  assert.equal(createRedactor(["a", ""])("a plain message"), "a plain message");
});

Deno.test("createRedactor() leaves no secret in any text", () => {
  const secret = fc.string({ minLength: 6, maxLength: 40, unit: "grapheme-ascii" });
  fc.assert(
    fc.property(fc.array(secret, { maxLength: 4 }), fc.string(), fc.string(), (secrets, a, b) => {
      const text = secrets.map((one) => `${a}${one}${b}`).join(" ");

      const redacted = createRedactor(secrets)(text);

      assert(secrets.every((one) => !redacted.includes(one)));
    }),
  );
});

Deno.test("createRedactor() leaves nothing of a secret in base64, wherever it stands in it", () => {
  const text = fc.string({ maxLength: 20, unit: "grapheme-ascii" });
  const secret = fc.string({ minLength: 8, maxLength: 40, unit: "grapheme-ascii" });
  const encode = (words: string) => new TextEncoder().encode(words);
  fc.assert(
    fc.property(text, secret, text, fc.boolean(), (before, hidden, after, isUrl) => {
      const alphabet = isUrl ? "base64url" : "base64";
      const shown = encode(before + hidden + after).toBase64({ alphabet });

      const redacted = createRedactor([hidden])(`AUTH XOAUTH2 ${shown}`);

      // Whole groups of four characters that hold nothing but the secret.
      const first = Math.ceil(encode(before).length / 3);
      const last = Math.floor(encode(before + hidden).length / 3);
      const middle = shown.slice(first * 4, last * 4);
      assert(middle.length < 6 || !redacted.includes(middle));
    }),
  );
});

Deno.test("redactorWithTokens() knows each token from when it was given", async () => {
  const tokens = ["token-one", "token-two"];
  const { redact, getToken } = redactorWithTokens(["a-password"], () => {
    const next = tokens.shift();
    return Promise.resolve(next === undefined ? err("none") : ok(next));
  });
  const words = "a-password token-one token-two";
  assert.equal(redact(words), "••• token-one token-two");

  assert.deepEqual(await getToken(), ok("token-one"));
  assert.equal(redact(words), "••• ••• token-two");
  await getToken();
  assert.deepEqual(await getToken(), err("none"));
  assert.equal(redact(words), "••• ••• •••");
});
