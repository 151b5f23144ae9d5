import assert from "node:assert/strict";
import type { DeliveryReport } from "../channel/mod.ts";
import type { EmailFields } from "../model/message.ts";
import { sumUp } from "./report_effect.ts";

function mail(to: readonly string[], cc: readonly string[] = []): { readonly email: EmailFields } {
  const people = (list: readonly string[]) => list.map((address) => ({ name: "", address }));
  return {
    email: {
      from: null,
      to: people(to),
      cc: people(cc),
      bcc: [],
      replyTo: [],
      subject: "Re: x",
      messageId: "",
      inReplyTo: null,
      references: [],
      senderVerified: true,
    },
  };
}

function failed(...addresses: (string | null)[]): DeliveryReport["recipients"] {
  return addresses.map((address) => ({
    address,
    outcome: "failed",
    isAddressBad: true,
    error: { code: "recipient_unreachable", message: `No ${address}` },
  }));
}

Deno.test("sumUp() calls a message undelivered when it reached none of those it was written to", () => {
  const both = mail(["a@x.example", "B@x.example"], ["c@x.example"]);

  const one = sumUp(both, [], failed("b@x.example"));
  assert.equal(one.isUndelivered, false);
  assert.deepEqual(one.failedTo, ["b@x.example"]);
  const rest = sumUp({ ...both, failedTo: one.failedTo }, [], failed("A@X.example"));
  assert.equal(rest.isUndelivered, true);
  assert.equal(rest.error?.message, "No A@X.example");
  const copy = sumUp(both, [], failed("c@x.example"));
  assert.equal(copy.isUndelivered, false);
  assert.deepEqual(copy.recipients.map(({ address }) => address), ["c@x.example"]);
});

Deno.test("sumUp() takes a report on a message with one recipient for one on them", () => {
  for (const address of [null, "forwarded@elsewhere.example"]) {
    const { recipients } = sumUp(mail([]), ["ana@x.example"], failed(address));
    assert.deepEqual(recipients.map((one) => one.address), ["ana@x.example"], String(address));
  }
});

Deno.test("sumUp() leaves out whom the message was not sent to", () => {
  const { recipients, failedTo } = sumUp(
    mail(["a@x.example", "b@x.example"]),
    [],
    failed("boss@y.example", null),
  );

  assert.deepEqual(recipients, []);
  assert.deepEqual(failedTo, []);
});
