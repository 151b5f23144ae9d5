import assert from "node:assert/strict";
import type { EmailFields, Message } from "../model/message.ts";
import { quotable } from "./quoted_mails.ts";

const person = (address: string) => ({ name: "", address });

function mail(
  seq: number,
  fields: Partial<EmailFields>,
  changes: Partial<Message> = {},
): Message {
  return {
    id: `msg_${seq}`,
    conversationId: "cnv_1",
    seq,
    kind: "inbound",
    author: { type: "contact", id: null, name: "Ana" },
    text: `Text ${seq}`,
    hasHtml: false,
    attachments: [],
    status: "received",
    trace: [],
    createdAt: 0,
    email: {
      from: person("ana@x.example"),
      to: [person("us@veloce.example")],
      cc: [],
      bcc: [],
      replyTo: [],
      subject: "",
      messageId: "",
      inReplyTo: null,
      references: [],
      senderVerified: false,
      ...fields,
    },
    ...changes,
  };
}

const seqs = (messages: readonly Message[]) => messages.map(({ seq }) => seq);
const OURS = { from: person("us@veloce.example"), to: [person("ANA@x.example")] };

Deno.test("quotable() takes what everybody who reads it was on, and nothing two wrote to each other", () => {
  const thread = [
    mail(3, { from: person("bo@x.example") }),
    mail(2, { ...OURS, cc: [person("bo@x.example")] }, { kind: "reply", status: "sent" }),
    mail(1, {}),
  ];
  const to = (...addresses: string[]) => ({ to: addresses.map(person), cc: [], bcc: [] });

  assert.deepEqual(seqs(quotable(thread, to("ana@x.example"))), [2, 1]);
  assert.deepEqual(seqs(quotable(thread, to("bo@x.example"))), [3, 2]);
  assert.deepEqual(seqs(quotable(thread, to("ana@x.example", "bo@x.example"))), [2]);
  assert.deepEqual(seqs(quotable(thread, to("ana@x.example", "new@x.example"))), [2, 1]);
  const blind = { ...to("ana@x.example"), bcc: [person("bo@x.example")] };
  assert.deepEqual(seqs(quotable(thread, blind)), [2]);
});

Deno.test("quotable() leaves out comments, and replies that did not leave", () => {
  const { email: _, ...comment } = mail(3, {}, { kind: "comment", status: "sent" });
  const thread = [
    comment,
    mail(2, OURS, { kind: "reply", status: "failed" }),
    mail(1, OURS, { kind: "reply", status: "canceled" }),
  ];
  assert.deepEqual(quotable(thread, { to: [person("ana@x.example")], cc: [], bcc: [] }), []);
});

Deno.test("quotable() tells the customer nothing of what went outside, nor outsiders what the customer wrote", () => {
  const bob = person("bob@supplier.example");
  const aside = { to: [bob] };
  const thread = [
    mail(4, { from: bob }, { kind: "comment", aside }),
    mail(3, { ...OURS, to: [bob] }, { kind: "comment", status: "sent", aside }),
    mail(2, { ...OURS, cc: [bob] }, { kind: "reply", status: "sent" }),
    mail(1, {}),
  ];
  const to = (address: string) => ({ to: [person(address)], cc: [], bcc: [] });

  // Whatever address they read it at: one nobody knows is shown what the others saw.
  for (const address of ["ana@x.example", "ana@home.example", "bob@supplier.example"]) {
    const quoted = seqs(quotable(thread, to(address)));
    assert.ok(quoted.every((seq) => seq <= 2), `${address}: ${quoted}`);
  }
  for (const address of ["bob@supplier.example", "carol@supplier.example"]) {
    assert.deepEqual(seqs(quotable(thread, to(address), true)), [4, 3], address);
  }
});
