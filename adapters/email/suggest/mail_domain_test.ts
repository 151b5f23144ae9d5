import assert from "node:assert/strict";
import fc from "fast-check";
import { readMailAddress } from "./mail_domain.ts";

for (
  const [typed, address] of [
    ["support@veloce.example", "support@veloce.example"],
    ["  Support@VELOCE.example ", "support@veloce.example"],
    ["info@müller.example", "info@xn--mller-kva.example"],
    ["info@例え.example", "info@xn--r8jz45g.example"],
    ["a+b@mail.veloce.example", "a+b@mail.veloce.example"],
  ] as const
) {
  Deno.test(`readMailAddress() reads ${typed}`, () => {
    assert.equal(readMailAddress(typed)?.address, address);
    assert.equal(readMailAddress(typed)?.domain, address.slice(address.indexOf("@") + 1));
  });
}

for (
  const typed of [
    "",
    "support",
    "@veloce.example",
    "support@",
    "support@localhost",
    "support@127.0.0.1",
    "support@2130706433",
    "support@[::1]",
    "support@veloce.example:8080",
    "support@veloce.example/x",
    "support@user@",
    "a b@veloce.example",
    "support@veloce..example",
    "support@-veloce.example",
    "support@0x7f.1",
    "süpport@veloce.example",
    `a@${"b".repeat(300)}.example`,
    "support@veloce.example?x",
    "support@veloce.example#x",
  ]
) {
  Deno.test(`readMailAddress() refuses "${typed.slice(0, 40)}"`, () => {
    assert.equal(readMailAddress(typed), null);
  });
}

Deno.test("readMailAddress() never throws, and gives domains that are safe in an address of a page", () => {
  fc.assert(fc.property(fc.string({ maxLength: 40 }), fc.string({ maxLength: 40 }), (a, b) => {
    const read = readMailAddress(`${a}@${b}`);

    if (read !== null) assert.match(read.domain, /^[a-z0-9.-]+\.[a-z][a-z0-9-]+$/);
  }));
});
