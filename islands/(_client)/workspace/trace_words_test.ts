import assert from "node:assert/strict";
import { traceReasons } from "./trace_words.ts";

Deno.test("traceReasons() words what it knows and reads out what it does not", () => {
  assert.deepEqual(
    traceReasons([
      { step: "contact_created", detail: "giulia@posta.example" },
      { step: "spam_checked", detail: "" },
    ]),
    [
      { icon: "user", title: "A new contact", detail: "giulia@posta.example" },
      { icon: "info", title: "Spam checked", detail: undefined },
    ],
  );
});
