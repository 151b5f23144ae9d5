import assert from "node:assert/strict";
import {
  basic,
  contentOf,
  eventsIn,
  json,
  messageIn,
  pushChannel,
  SECRET,
  verifyPosted,
} from "./push_fixtures.ts";

const CHANNEL = pushChannel("postmark");

/** A delivery as `email.md` describes it, of a mail to the plus-address of the inbox. */
const MAIL = {
  From: "zofie@posta.example",
  FromName: 'Žofie "Zo" Nová',
  FromFull: { Email: "zofie@posta.example", Name: 'Žofie "Zo" Nová', MailboxHash: "" },
  ToFull: [{ Email: "support+abc@veloce.example", Name: "Support, Veloce", MailboxHash: "abc" }],
  CcFull: [{ Email: "max@posta.example", Name: "", MailboxHash: "" }],
  BccFull: [],
  OriginalRecipient: "support+abc@veloce.example",
  Subject: "The bike 🚲 is broken",
  MessageID: "73e6d360-66eb-11e1-8e72-a8904824019b",
  ReplyTo: "",
  MailboxHash: "abc",
  Date: "Mon, 2 Mar 2026 08:00:00 +0000",
  TextBody: "It does not move.\nHelp!",
  HtmlBody: '<p>It does <b>not</b> move.</p><img src="cid:photo@1">',
  StrippedTextReply: "",
  Tag: "",
  Headers: [
    { Name: "Return-Path", Value: "<bounce@posta.example>" },
    { Name: "Received-SPF", Value: "Pass (sender SPF authorized)" },
    { Name: "X-Spam-Score", Value: "-0.1" },
    { Name: "Message-ID", Value: "<one@posta.example>" },
    { Name: "In-Reply-To", Value: "<zero@veloce.example>" },
    { Name: "MIME-Version", Value: "1.0" },
    { Name: "Content-Type", Value: 'multipart/mixed; boundary="gone"' },
  ],
  Attachments: [
    {
      Name: "photo.png",
      Content: btoa("png bytes"),
      ContentType: "image/png",
      ContentLength: 9,
      ContentID: "photo@1",
    },
    { Name: "účet.txt", Data: btoa("notes"), ContentType: "text/plain", ContentLength: 5 },
  ],
};

Deno.test("postmark proves itself by the password in the address", async () => {
  const verify = (authorization?: string) =>
    verifyPosted(json(MAIL, authorization === undefined ? {} : { authorization }), CHANNEL);

  assert.deepEqual(await verify(basic(SECRET).authorization), { ok: true });
  assert.deepEqual(await verify(basic(SECRET, "").authorization), { ok: true });
  assert.deepEqual(await verify(), { ok: false, reason: "missing" });
  for (const wrong of [`Bearer ${SECRET}`, "Basic", "Basic %%%", `Basic ${btoa(SECRET)}`]) {
    assert.deepEqual(await verify(wrong), { ok: false, reason: "malformed" }, wrong);
  }
  for (const wrong of [`${SECRET}x`, SECRET.slice(1), SECRET.toUpperCase(), ""]) {
    assert.deepEqual(await verify(basic(wrong).authorization), { ok: false, reason: "mismatch" });
  }
});

Deno.test("postmark's pieces become the mail they were", async () => {
  const message = await messageIn(json(MAIL), CHANNEL);

  assert.equal(message.externalId, "one@posta.example");
  assert.equal(message.subject, "The bike 🚲 is broken");
  assert.deepEqual(message.email?.from, {
    name: 'Žofie "Zo" Nová',
    address: "zofie@posta.example",
  });
  assert.deepEqual(message.email?.to, [
    { name: "Support, Veloce", address: "support+abc@veloce.example" },
  ]);
  assert.deepEqual(message.email?.cc, [{ name: "", address: "max@posta.example" }]);
  assert.equal(message.email?.inReplyTo, "zero@veloce.example");
  assert.equal(message.occurredAt, Date.UTC(2026, 2, 2, 8));
  assert.deepEqual(message.notes, [
    { step: "provider_verdict", detail: "Spam score: -0.1" },
  ]);
  assert.deepEqual(message.verdict, { by: "Postmark", spf: "pass" });
  assert.deepEqual(contentOf(message), {
    text: MAIL.TextBody,
    html: MAIL.HtmlBody,
    files: [
      { name: "photo.png", type: "image/png", contentId: "photo@1", content: "png bytes" },
      { name: "účet.txt", type: "text/plain", contentId: undefined, content: "notes" },
    ],
  });
});

Deno.test("postmark's word that a mail is spam counts, whatever else the mail says of itself", async () => {
  const Headers = [
    { Name: "X-Spam-Status", Value: "Yes" },
    { Name: "X-Spam-Score", Value: "8.2" },
    { Name: "X-Spam-Tests", Value: "BAYES_99,URIBL_BLACK" },
    { Name: "Received-SPF", Value: "Fail (not authorized) client-ip=192.0.2.1" },
    { Name: "X-Spam-Status", Value: "No" },
    { Name: "Received-SPF", Value: "Pass" },
  ];

  const message = await messageIn(json({ ...MAIL, Headers }), CHANNEL);

  assert.deepEqual(message.verdict, {
    by: "Postmark",
    spf: "fail",
    isSpam: true,
    because: "score 8.2",
  });
  assert.equal(
    message.notes?.find(({ step }) => step === "provider_verdict")?.detail,
    "Spam score: 8.2 (BAYES_99, URIBL_BLACK)",
  );
});

Deno.test("postmark's raw mail is taken in place of the pieces", async () => {
  const RawEmail = "From: ana@posta.example\r\nMessage-ID: <raw@posta.example>\r\n\r\nAs it was";

  const message = await messageIn(json({ ...MAIL, RawEmail }), CHANNEL);

  assert.equal(message.externalId, "raw@posta.example");
  assert.equal(contentOf(message).text, "As it was");
});

Deno.test("a reply code in the envelope counts when no header names it", async () => {
  const OriginalRecipient = "support+r.00000001.aaaaaaaaaaaaaaaa@veloce.example";

  const message = await messageIn(json({ ...MAIL, OriginalRecipient }), CHANNEL);

  assert.ok(message.notes?.some(({ step }) => step === "reply_code_refused"), "it was looked at");
});

Deno.test("a mail without a Message-ID is known again by postmark's own id", async () => {
  const Headers = MAIL.Headers.filter(({ Name }) => Name !== "Message-ID");

  const [first, again] = await Promise.all([
    messageIn(json({ ...MAIL, Headers }), CHANNEL),
    messageIn(json({ ...MAIL, Headers, Tag: "again" }), CHANNEL),
  ]);

  assert.equal(first.externalId, `${MAIL.MessageID}@inbound.postmarkapp.com`);
  assert.equal(again.externalId, first.externalId);
});

Deno.test("a value with a line break starts no header of its own", async () => {
  const Headers = [{ Name: "X-Evil", Value: "a\r\nTo: victim@x.example\r\n\r\nbody" }];
  const Subject = "a\r\nIn-Reply-To: <forged@x.example>";

  const message = await messageIn(json({ ...MAIL, Headers, Subject }), CHANNEL);

  assert.equal(message.email?.to.length, 1);
  assert.equal(message.email?.inReplyTo, null);
});

Deno.test("postmark's delivery and bounce notices move the message they are about", async () => {
  const base = { MessageID: "11111111-2222", Recipient: "ana@posta.example" };
  const notice = async (more: Record<string, unknown>) => {
    const [event] = await eventsIn(json({ ...base, ...more }), CHANNEL);
    return event;
  };

  const delivered = await notice({
    RecordType: "Delivery",
    DeliveredAt: "2026-03-02T10:00:00.1234567+01:00",
  });
  assert.equal(delivered?.type === "status" && delivered.status, "delivered");
  assert.equal(delivered?.occurredAt, Date.UTC(2026, 2, 2, 9, 0, 0, 123));
  const bounced = await notice({
    RecordType: "Bounce",
    Type: "HardBounce",
    Email: "ana@posta.example",
    Description: "no user",
  });
  assert.ok(bounced?.type === "status" && bounced.status === "failed");
  assert.deepEqual(bounced.target, { by: "external", messageExternalId: "11111111-2222" });
  assert.equal(bounced.error?.provider, "HardBounce: no user");
  assert.deepEqual(bounced.badAddresses, ["ana@posta.example"]);
  const blocked = await notice({ RecordType: "Bounce", Type: "Blocked", Email: "a@posta.example" });
  assert.ok(blocked?.type === "status" && blocked.status === "failed");
  assert.equal(blocked.badAddresses, undefined, "the mail was disliked, not the address");
  for (const more of [{ RecordType: "Bounce", Type: "Transient" }, { RecordType: "Open" }]) {
    assert.equal((await notice(more))?.type, "ignored");
  }
});

Deno.test("what is no mail of postmark's is listed, never thrown", async () => {
  for (const value of [null, [], 1, "x", {}, { MessageID: 1 }, { MessageID: "" }]) {
    const [event] = await eventsIn(json(value), CHANNEL);
    assert.equal(event?.type, "unparsable", JSON.stringify(value));
  }
  const damaged = { MessageID: "m1", FromFull: 3, ToFull: {}, Attachments: [{ Content: "%%%" }] };
  const [event] = await eventsIn(json({ ...damaged, Headers: "none", TextBody: "hello" }), CHANNEL);
  assert.equal(event?.type, "message");
});
