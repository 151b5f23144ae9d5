import assert from "node:assert/strict";
import { nextPage } from "./next_page.ts";

const FACTS = {
  asked: null,
  redirectUrl: null,
  allowedDomains: ["shop.example", "*.shop.example"],
  origin: "https://shop.example",
};

Deno.test("nextPage() goes where the form asks, on its own and on trusted sites", () => {
  const to = (asked: string) => nextPage({ ...FACTS, asked });

  assert.equal(to("/thanks"), "https://shop.example/thanks?submitted=1");
  assert.equal(to("https://shop.example/a?b=c#d"), "https://shop.example/a?b=c&submitted=1#d");
  assert.equal(to("http://eu.shop.example/"), "http://eu.shop.example/?submitted=1");
  assert.equal(
    nextPage({ ...FACTS, allowedDomains: [], asked: "thanks.html" }),
    "https://shop.example/thanks.html?submitted=1",
  );
});

Deno.test("nextPage() leads to no other site, however it is written", () => {
  for (
    const asked of [
      "https://evil.example/",
      "//evil.example",
      "https:evil.example",
      "https:/\\evil.example",
      "\\\\evil.example",
      "https://shop.example@evil.example/",
      "https://shop.example:pw@evil.example/",
      "https://user@shop.example/",
      "https://shop.example.evil.example/",
      "https://evilshop.example/",
      "javascript:alert(1)",
      "data:text/html,x",
      "\thttps://evil.example",
      `https://shop.example/${"a".repeat(2_000)}`,
    ]
  ) {
    const next = nextPage({ ...FACTS, asked });

    // "https:evil.example" is a path of the site itself, as browsers read it.
    assert.ok(next === null || new URL(next).origin === "https://shop.example", `${asked} ${next}`);
    assert.ok(next === null || new URL(next).username === "", `${asked} ${next}`);
  }
});

Deno.test("nextPage() goes by the settings where the form asks for nothing it may have", () => {
  const redirectUrl = "https://veloce.example/danke?x=1";
  const settled = "https://veloce.example/danke?x=1&submitted=1";

  assert.equal(nextPage({ ...FACTS, redirectUrl }), settled);
  assert.equal(nextPage({ ...FACTS, redirectUrl, asked: "https://evil.example" }), settled);
  assert.equal(
    nextPage({ ...FACTS, redirectUrl, asked: "https://veloce.example/b", origin: null }),
    "https://veloce.example/b?submitted=1",
  );
  assert.equal(nextPage({ ...FACTS, origin: null, asked: "/thanks" }), null);
  assert.equal(nextPage({ ...FACTS, allowedDomains: [], asked: "https://evil.example" }), null);
});
