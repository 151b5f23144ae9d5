import assert from "node:assert/strict";
import { deliveryOf, fakeChannel, fakeIo, lines, messageOf } from "./fake_channel.ts";
import { parseMail } from "./parse_mail.ts";

/** A mail with these headers in a mailbox that believes mx.google.com. */
async function received(...headers: string[]) {
  const mail = lines(...headers, "From: Ana <ana@posta.example>", "Message-ID: <a@b>", "", "Hi");
  const channel = fakeChannel({ authservId: "mx.google.com" });
  const [event] = await parseMail(deliveryOf(mail), channel, fakeIo());
  assert.equal(event?.type, "message");
  return event;
}

const PASSED =
  "Authentication-Results: mx.google.com; dkim=fail header.d=x; dkim=pass header.d=posta.example;" +
  " spf=softfail (google.com; says =pass;) smtp.mailfrom=ana@posta.example; dmarc=pass header.from=posta.example";

Deno.test("readVerdict() believes the results of the server the mailbox trusts", async () => {
  const event = await received(PASSED);

  assert.deepEqual(event.verdict, {
    by: "mx.google.com",
    spf: "fail",
    dkim: "pass",
    dmarc: "pass",
  });
  assert.equal(event.email?.senderVerified, true);
});

Deno.test("readVerdict() believes nobody else, and only the topmost results", async () => {
  const foreign = await received("Authentication-Results: evil.example; dmarc=pass");
  assert.equal(foreign.verdict, undefined);
  assert.equal(foreign.email?.senderVerified, false);

  const failed = "Authentication-Results: MX.google.com 1; dmarc=fail";
  const below = await received(failed, PASSED);
  assert.equal(below.verdict?.dmarc, "fail");
  assert.equal(below.email?.senderVerified, false);
  const commented = await received("Authentication-Results: mx.google.com (; dmarc=pass");
  assert.equal(commented.email?.senderVerified, false);

  const trusting = await messageOf(lines(PASSED, "From: ana@posta.example", "", "Hi"));
  assert.equal(trusting.verdict, undefined, "a mailbox that trusts no server");
});

Deno.test("isVouchedFor() vouches for the From address, not for whom Reply-To names", async () => {
  const event = await received(PASSED, "Reply-To: boss@victim.example");

  assert.equal(event.sender.identities[0]?.value, "boss@victim.example");
  assert.equal(event.email?.senderVerified, false);
});

for (
  const header of [
    "X-Spam-Flag: YES",
    "X-Spam-Status: Yes, score=9",
    "X-Mailgun-Sflag: Yes",
    "X-MS-Exchange-Organization-SCL: 6",
    "X-Forefront-Antispam-Report: CIP:1.2.3.4;SFV:SPM;SCL:5;",
  ]
) {
  Deno.test(`readVerdict() hears a spam filter say "${header}"`, async () => {
    assert.equal((await received(header)).verdict?.isSpam, true);
  });
}

Deno.test("readVerdict() takes no filter's word that a mail is fine", async () => {
  const event = await received(
    "X-Spam-Flag: NO",
    "X-Spam-Status: No, score=-1",
    "X-MS-Exchange-Organization-SCL: -1",
  );

  assert.equal(event.verdict, undefined);
});
