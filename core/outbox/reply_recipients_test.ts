import assert from "node:assert/strict";
import fc from "fast-check";
import type { EmailFields, MailAddress } from "../model/message.ts";
import { replyRecipients, senderOnly, withNames } from "./reply_recipients.ts";

const person = (address: string, name = ""): MailAddress => ({ name, address });
const ana = person("ana@example.com", "Ana");
const bo = person("bo@example.com");
const cy = person("cy@example.com");
const shop = person("support@veloce.example");
const isOwn = (address: string) =>
  address.toLowerCase().replace(/\+[^@]*/, "") === "support@veloce.example";

function mail(fields: Partial<EmailFields>): EmailFields {
  return {
    from: ana,
    to: [shop],
    cc: [],
    bcc: [],
    replyTo: [],
    subject: "Order 7",
    messageId: "m@example.com",
    inReplyTo: null,
    references: [],
    senderVerified: false,
    ...fields,
  };
}

function recipients(
  inbound: EmailFields | null,
  reply: EmailFields | null = null,
  isReplyLater = false,
) {
  const { to, cc } = replyRecipients({ inbound, reply, isReplyLater }, isOwn, ana);
  return [to.map(({ address }) => address), cc.map(({ address }) => address)];
}

Deno.test("replyRecipients() answers the sender and keeps everybody on their mail, never ourselves", () => {
  const coded = person("Support+r.17.abcdefgh@veloce.example");
  assert.deepEqual(recipients(mail({ to: [shop, bo], cc: [cy, coded] })), [
    [ana.address],
    [bo.address, cy.address],
  ]);
});

Deno.test("replyRecipients() sends to Reply-To, and to nobody twice", () => {
  const inbound = mail({ replyTo: [bo], to: [shop, person("BO@example.com")], cc: [cy, cy] });
  assert.deepEqual(recipients(inbound), [[bo.address], [cy.address]]);
});

Deno.test("replyRecipients() keeps who was taken in before when the customer's mail left them out", () => {
  const reply = mail({ from: shop, to: [ana], cc: [cy] });
  assert.deepEqual(recipients(mail({}), reply), [[ana.address], [cy.address]]);
  assert.deepEqual(recipients(mail({ from: bo }), reply), [[bo.address], [
    ana.address,
    cy.address,
  ]]);
});

Deno.test("replyRecipients() follows the agent's own latest choice", () => {
  const reply = mail({ from: shop, to: [bo], cc: [] });
  assert.deepEqual(recipients(mail({ cc: [cy] }), reply, true), [[bo.address], []]);
});

Deno.test("replyRecipients() falls back to the contact where the thread names nobody", () => {
  assert.deepEqual(recipients(null), [[ana.address], []]);
  assert.deepEqual(recipients(mail({ from: shop })), [[ana.address], []]);
  assert.deepEqual(recipients(null, mail({ to: [], cc: [bo] })), [[ana.address], [bo.address]]);
});

Deno.test("replyRecipients() never writes to us and never to one address twice", () => {
  const address = fc.constantFrom(
    ana,
    bo,
    cy,
    shop,
    person("ANA@example.com"),
    person("SUPPORT@veloce.example"),
  );
  const fields = fc.record({
    from: address,
    to: fc.array(address, { maxLength: 4 }),
    cc: fc.array(address, { maxLength: 4 }),
    replyTo: fc.array(address, { maxLength: 2 }),
  }).map(mail);
  fc.assert(fc.property(fields, fields, (inbound, reply) => {
    const [to = [], cc = []] = recipients(inbound, reply);
    const all = [...to, ...cc].map((one) => one.toLowerCase());
    assert.equal(all.some(isOwn), false);
    assert.equal(new Set(all).size, all.length);
    assert.notEqual(to.length, 0);
  }));
});

Deno.test("senderOnly() leaves everybody else out", () => {
  const inbound = mail({ to: [shop, bo], cc: [cy] });
  assert.deepEqual(senderOnly({ inbound, reply: null, isReplyLater: false }, isOwn, bo), [ana]);
});

Deno.test("withNames() gives typed addresses the names the thread knows", () => {
  const named = withNames(["ANA@example.com", "new@example.com"], {
    inbound: mail({}),
    reply: null,
    isReplyLater: false,
  });
  assert.deepEqual(named, [person("ANA@example.com", "Ana"), person("new@example.com")]);
});
