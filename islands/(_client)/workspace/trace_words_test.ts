import assert from "node:assert/strict";
import { isFromAgentsMail, traceReasons } from "./trace_words.ts";

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

Deno.test("isFromAgentsMail() knows replies by mail and those that were not sent", () => {
  const detail = "";
  assert.equal(isFromAgentsMail([{ step: "answered_by_mail", detail }]), true);
  assert.equal(isFromAgentsMail([{ step: "answer_refused", detail }]), true);
  assert.equal(isFromAgentsMail([{ step: "contact_matched", detail }]), false);
});
