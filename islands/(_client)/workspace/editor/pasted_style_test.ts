import assert from "node:assert/strict";
import { isWithoutMargin, typedHref } from "./pasted_style.ts";

Deno.test("typedHref() knows addresses as people type them, and nothing else", () => {
  const table: readonly (readonly [string, string | null])[] = [
    ["veloce.example/orari", "https://veloce.example/orari"],
    [" https://a.example ", "https://a.example"],
    ["giulia@posta.example", "mailto:giulia@posta.example"],
    ["tel:+31201234567", "tel:+31201234567"],
    ["localhost:8000", null],
    ["two words.example", null],
    ["javascript:alert(1)", null],
    ["data:text/html,x", null],
    ["", null],
  ];
  for (const [typed, href] of table) assert.equal(typedHref(typed), href, typed);
});

Deno.test("isWithoutMargin() tells close paragraphs from those with room between them", () => {
  assert(isWithoutMargin("margin:0cm 0cm 0pt", "") && isWithoutMargin("", "MsoNormal"));
  assert(isWithoutMargin("margin-top:4pt;margin-bottom:0pt", ""));
  assert(!isWithoutMargin("", "") && !isWithoutMargin("margin: 0 0 8pt", ""));
});
