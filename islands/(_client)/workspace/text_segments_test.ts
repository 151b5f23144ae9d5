import assert from "node:assert/strict";
import fc from "fast-check";
import { textSegments } from "./text_segments.ts";

const links = (text: string) =>
  textSegments(text).flatMap((segment) => segment.kind === "link" ? [segment.href] : []);

Deno.test("textSegments() finds web and mail addresses", () => {
  const table: [text: string, hrefs: string[]][] = [
    ["see https://veloce.example/a?b=1#c now", ["https://veloce.example/a?b=1#c"]],
    ["Write to giulia.ferrari@posta.example.", ["mailto:giulia.ferrari@posta.example"]],
    ["(https://veloce.example/faq)", ["https://veloce.example/faq"]],
    ["https://en.example/wiki/Bike_(frame)", ["https://en.example/wiki/Bike_(frame)"]],
    ["https://veloce.example/, then", ["https://veloce.example/"]],
    ["javascript:alert(1) data:text/html,x", []],
    ["http://", []],
    ["a@b", []],
  ];

  for (const [text, hrefs] of table) assert.deepEqual(links(text), hrefs, text);
});

Deno.test("textSegments() loses nothing and links only to http and mailto", () => {
  fc.assert(fc.property(fc.string(), fc.webUrl(), fc.emailAddress(), (a, url, email) => {
    const text = `${a} ${url} ${email}${a}`;

    const segments = textSegments(text);

    assert.equal(segments.map((segment) => segment.text).join(""), text);
    for (const href of links(text)) assert.match(href, /^(https?|mailto):/);
  }));
});

Deno.test("textSegments() stays quick on hostile text", () => {
  const started = performance.now();

  for (const text of ["a@".repeat(50_000), "https://".repeat(20_000), ".".repeat(200_000)]) {
    textSegments(text);
  }

  assert.ok(performance.now() - started < 1_000);
});
