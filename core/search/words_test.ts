import assert from "node:assert/strict";
import fc from "fast-check";
import { fastestMs } from "@/tests/fakes/fastest_ms.ts";
import { stemsOf } from "./stems.ts";
import { wordsOf } from "./words.ts";

const list = (text: string) => [...wordsOf(text)].map(({ word }) => word);

Deno.test("wordsOf() cuts words in any script, without case and accents", () => {
  assert.deepEqual(list("Straße, ÉTÉ & Łódź!"), ["strasse", "ete", "lodz"]);
  assert.deepEqual(list("don't l'avion foo_bar INV-2026/001 ana@example.com"), [
    ...["don", "t", "l", "avion", "foo", "bar", "inv", "2026", "001", "ana", "example", "com"],
  ]);
  assert.deepEqual(list("返金できますか"), ["返金", "でき", "ます", "か"]);
  assert.deepEqual(list("ขอเงินคืน"), ["ขอ", "เงิน", "คืน"]);
  assert.deepEqual(list("한국어 שָׁלוֹם مُحَمَّد ＦＵＬＬ"), ["한국어", "שלום", "محمد", "full"]);
  assert.deepEqual(list(" … 😀 -- "), []);
});

Deno.test("wordsOf() says where each word stands", () => {
  fc.assert(fc.property(fc.string({ unit: "grapheme", maxLength: 80 }), (text) => {
    let last = 0;
    for (const { word, start, end } of wordsOf(text)) {
      assert.ok(start >= last && end > start && end <= text.length);
      assert.match(word, /^[^\s"]+$/);
      last = end;
    }
  }));
});

Deno.test("wordsOf() takes time by length", async () => {
  const long = `${"A".repeat(50_000)} ${"ab,".repeat(50_000)} ${"é\u0301".repeat(50_000)}`;
  const half = long.slice(0, long.length / 2);
  const timeOf = (text: string) => fastestMs(() => [...wordsOf(text)].length, 0);

  assert.ok(await timeOf(long) < 6 * await timeOf(half) + 20);
});

Deno.test("stemsOf() knows the forms of a word in the main languages", () => {
  const meet = (a: string, b: string) =>
    [a, ...stemsOf(a)].some((form) => [b, ...stemsOf(b)].includes(form));
  const pairs = [
    ["refund", "refunds"],
    ["cancelled", "cancel"],
    ["bestellung", "bestellungen"],
    ["commande", "commandes"],
    ["pedido", "pedidos"],
    ["spedizione", "spedizioni"],
    ["заказ", "заказы"],
    ["bestelling", "bestellingen"],
  ] as const;
  for (const [a, b] of pairs) assert.ok(meet(a, b), `${a} ${b}`);
  assert.ok(!meet("refund", "order"));
  assert.deepEqual(stemsOf("返金"), []);
});
