import assert from "node:assert/strict";
import type { EmailFields } from "../model/message.ts";
import { replyFields, replySubject } from "./reply_fields.ts";

const mail: EmailFields = {
  from: { name: "Ana", address: "ana@example.com" },
  to: [{ name: "", address: "shop@example.org" }],
  cc: [],
  bcc: [],
  replyTo: [],
  subject: "Order 7",
  messageId: "m2@example.com",
  inReplyTo: "m1@example.com",
  references: [],
  senderVerified: false,
};

Deno.test("replyFields() answers the sender and continues the chain of references", () => {
  const fields = replyFields({ subject: "Order 7" }, { email: mail }, { cc: ["bo@example.com"] });

  assert.deepEqual(fields.to, [{ name: "Ana", address: "ana@example.com" }]);
  assert.deepEqual(fields.cc, [{ name: "", address: "bo@example.com" }]);
  assert.equal(fields.subject, "Re: Order 7");
  assert.equal(fields.inReplyTo, "m2@example.com");
  assert.deepEqual(fields.references, ["m1@example.com", "m2@example.com"]);
});

Deno.test("replyFields() prefers Reply-To and keeps the first and the latest of a long chain", () => {
  const references = Array.from({ length: 60 }, (_, i) => `r${i}@example.com`);
  const replyTo = [{ name: "Desk", address: "desk@example.com" }];

  const fields = replyFields({ subject: "" }, { email: { ...mail, replyTo, references } }, {});

  assert.deepEqual(fields.to, replyTo);
  assert.equal(fields.references.length, 20);
  assert.equal(fields.references[0], "r0@example.com");
  assert.equal(fields.references.at(-1), "m2@example.com");
});

Deno.test("replySubject() says Re: once", () => {
  assert.equal(replySubject("RE: hello"), "RE: hello");
  assert.equal(replySubject("hello"), "Re: hello");
  assert.equal(replySubject("  "), "Re: your message");
});
