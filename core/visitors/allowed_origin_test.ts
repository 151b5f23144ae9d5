import assert from "node:assert/strict";
import { frameAncestors, isAllowedOrigin } from "./allowed_origin.ts";

Deno.test("isAllowedOrigin() compares whole hosts", () => {
  const cases: readonly [readonly string[], string, boolean][] = [
    [[], "https://anything.example", true],
    [[], "null", true],
    [["shop.example"], "https://shop.example", true],
    [["shop.example"], "http://shop.example:8080", true],
    [["shop.example"], "https://SHOP.example", true],
    [["shop.example"], "https://www.shop.example", false],
    [["shop.example"], "https://evilshop.example", false],
    [["shop.example"], "https://shop.example.evil.test", false],
    [["shop.example"], "https://evil.test/?https://shop.example", false],
    [["shop.example"], "null", false],
    [["shop.example"], "file://shop.example", false],
    [["shop.example"], "shop.example", false],
    [["shop.example"], "", false],
    [["*.shop.example"], "https://www.shop.example", true],
    [["*.shop.example"], "https://a.b.shop.example", true],
    [["*.shop.example"], "https://shop.example", false],
    [["*.shop.example"], "https://evilshop.example", false],
    [["localhost:3000"], "http://localhost:3000", true],
    [["localhost:3000"], "http://localhost:3001", false],
    [["[::1]"], "http://[::1]:9", true],
    [["a.test", "b.test"], "https://b.test", true],
  ];
  for (const [domains, origin, isAllowed] of cases) {
    assert.equal(isAllowedOrigin(domains, origin), isAllowed, `${domains} ${origin}`);
  }
});

Deno.test("frameAncestors() names both schemes and every port", () => {
  assert.equal(frameAncestors([]), "*");
  assert.equal(
    frameAncestors(["*.shop.example", "localhost:3000"]),
    "'self' https://*.shop.example:* http://*.shop.example:* https://localhost:3000 http://localhost:3000",
  );
});
