import assert from "node:assert/strict";
import { isMailAddress } from "./is_mail_address.ts";

Deno.test("isMailAddress() takes whole addresses, in any script", () => {
  for (
    const text of [
      "ana@posta.example",
      "a.b+c@sub.shop.co.uk",
      "jörg@müller.example",
      "o'neil@x.io",
    ]
  ) {
    assert.equal(isMailAddress(text), true, text);
  }
});

Deno.test("isMailAddress() takes nothing that could become a header, or two people", () => {
  for (
    const text of [
      "",
      "ana",
      "ana@",
      "@posta.example",
      "lotte@jansen",
      "a@b@c.example",
      "ana@posta.example, eve@evil.example",
      "ana@posta.example\r\nBcc: eve@evil.example",
      "Ana <ana@posta.example>",
      "ana@-posta.example",
      "ana@posta..example",
      "ana@[127.0.0.1]",
      `${"a".repeat(65)}@posta.example`,
      `a@${"b.".repeat(130)}example`,
    ]
  ) {
    assert.equal(isMailAddress(text), false, text);
  }
});
