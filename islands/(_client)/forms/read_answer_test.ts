import assert from "node:assert/strict";
import { readAnswer } from "./read_answer.ts";

Deno.test("readAnswer() tells a taken form's number, thank-you and next page", () => {
  const body = { ok: true, number: 7, next: null, title: "Thank you", text: "Number #7." };

  assert.deepEqual(readAnswer(true, body), {
    kind: "sent",
    number: 7,
    next: null,
    text: "Thank you. Number #7.",
  });
});

Deno.test("readAnswer() never goes to an address that a browser would run", () => {
  const answer = readAnswer(true, { number: null, next: "javascript:alert(1)" });

  assert.equal(answer.kind === "sent" && answer.next, null);
});

Deno.test("readAnswer() tells what is wrong field by field", () => {
  const body = { status: 400, detail: "Wrong", errors: [{ path: "email", message: "Missing" }, 1] };

  assert.deepEqual(readAnswer(false, body), {
    kind: "refused",
    text: "Wrong",
    fields: [{ name: "email", message: "Missing" }],
  });
});

Deno.test("readAnswer() takes what no form's server says for no answer", () => {
  for (const body of [null, "ok", 1, []]) {
    assert.deepEqual(readAnswer(true, body), { kind: "unreachable" });
  }
});
