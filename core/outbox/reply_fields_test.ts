import assert from "node:assert/strict";
import type { EmailFields } from "../model/message.ts";
import { replyFields, replySubject } from "./reply_fields.ts";

const ana = { name: "Ana", address: "ana@example.com" };
const mail: EmailFields = {
  from: ana,
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
const recipients = { to: [ana], cc: [], bcc: [] };

Deno.test("replyFields() answers the latest mail and continues its chain of references", () => {
  const fields = replyFields({ subject: "Older", number: 7 }, { inbound: mail }, recipients);

  assert.deepEqual(fields.to, [ana]);
  assert.equal(fields.subject, "Re: Order 7");
  assert.equal(fields.inReplyTo, "m2@example.com");
  assert.deepEqual(fields.references, ["m1@example.com", "m2@example.com"]);
});

Deno.test("replyFields() keeps the first and the latest of a long chain", () => {
  const references = Array.from({ length: 60 }, (_, i) => `r${i}@example.com`);

  const fields = replyFields(
    { subject: "", number: 7 },
    { inbound: { ...mail, references } },
    recipients,
  );

  assert.equal(fields.references.length, 20);
  assert.equal(fields.references[0], "r0@example.com");
  assert.equal(fields.references.at(-1), "m2@example.com");
});

Deno.test("replySubject() says Re: once", () => {
  assert.equal(replySubject("RE: hello"), "RE: hello");
  assert.equal(replySubject("hello"), "Re: hello");
  assert.equal(replySubject("  "), "Re: your message");
});

Deno.test("replyFields() of a form names no mail, and the conversation's number", () => {
  const form = { ...mail, messageId: "", references: [], inReplyTo: null };

  const fields = replyFields({ subject: "Warranty", number: 7 }, { inbound: form }, recipients);

  assert.equal(fields.subject, "Re: Warranty [#7]");
  assert.deepEqual([fields.inReplyTo, fields.references], [null, []]);
});
