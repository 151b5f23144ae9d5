import assert from "node:assert/strict";
import { deliveryOf, fakeChannel, fakeIo, lines, messageOf } from "./fake_channel.ts";
import { parseMail } from "./parse_mail.ts";
import { mergeVerdicts } from "./verdict.ts";

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
    spf: "softfail",
    dkim: "pass",
    dmarc: "pass",
    dmarcDomain: "posta.example",
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

Deno.test("isVouchedFor() vouches for the domain that was checked, however it is written", async () => {
  const passed = (domain: string) =>
    `Authentication-Results: mx.google.com; dmarc=pass header.from=${domain}`;
  const verified = async (domain: string, from: string) => {
    const mail = lines(passed(domain), `From: ${from}`, "Message-ID: <a@b>", "", "Hi");
    const channel = fakeChannel({ authservId: "mx.google.com" });
    const [event] = await parseMail(deliveryOf(mail), channel, fakeIo());
    return event?.type === "message" && event.email?.senderVerified;
  };

  assert.equal(await verified("posta.example", "ana@Posta.Example"), true);
  assert.equal(await verified("ana@posta.example", "ana@posta.example"), true);
  assert.equal(await verified("xn--bcher-kva.example", "ana@bücher.example"), true);
  assert.equal(await verified("posta.example", "ana@evil.example"), false);
  assert.equal(await verified("posta.example", "ana@[::]"), false);
});

Deno.test("mergeVerdicts() keeps a trusted server's DMARC beside a provider's word on spam", () => {
  const provider = { by: "Postmark", spf: "pass", isSpam: true, because: "score 7" } as const;
  const trusted = { by: "mx.google.com", spf: "fail", dmarc: "pass" } as const;

  assert.deepEqual(mergeVerdicts(provider, undefined), provider);
  assert.deepEqual(mergeVerdicts(provider, trusted), {
    ...trusted,
    isSpam: true,
    because: "score 7",
  });
  const ses = { by: "Amazon SES", dmarc: "fail" } as const;
  assert.deepEqual(mergeVerdicts(ses, { ...trusted, isSpam: true }), { ...ses, isSpam: true });
});
