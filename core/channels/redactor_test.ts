import assert from "node:assert/strict";
import fc from "fast-check";
import { createRedactor } from "./redactor.ts";

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
