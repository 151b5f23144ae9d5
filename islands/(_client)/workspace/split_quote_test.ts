import assert from "node:assert/strict";
import { splitQuote } from "./split_quote.ts";

Deno.test("splitQuote() folds the trailing quote with its introduction", () => {
  const mail = "Perfetto, grazie!\n\nIl 3 marzo Nora ha scritto:\n> Sabato alle 10?\n>\n> Nora\n";

  assert.deepEqual(splitQuote(mail), {
    text: "Perfetto, grazie!",
    quote: "Il 3 marzo Nora ha scritto:\n> Sabato alle 10?\n>\n> Nora",
  });
});

Deno.test("splitQuote() takes an introduction that was broken over two lines", () => {
  const mail = "Yes.\n\nOn Tue, 3 Mar 2026 at 10:02, Nora Visser from Veloce Support\n" +
    "<support@veloce.example> wrote:\n\n> Saturday?";

  assert.equal(splitQuote(mail).text, "Yes.");
});

Deno.test("splitQuote() leaves answers between the lines, plain mails and mere quotes alone", () => {
  for (
    const mail of ["> Saturday?\nYes.\n> 10:00?\nNo.", "No quote: at all", "> only\n> this", ""]
  ) {
    assert.deepEqual(splitQuote(mail), { text: mail, quote: "" });
  }
});

Deno.test("splitQuote() stays quick on hostile text", () => {
  const started = performance.now();

  splitQuote(">".repeat(100_000) + "\n".repeat(100_000));
  splitQuote("x\n" + "> y\n".repeat(100_000));

  assert.ok(performance.now() - started < 1_000);
});
