import assert from "node:assert/strict";
import { createSign, generateKeyPairSync } from "node:crypto";
import { RECEIVED_AT } from "../fake_channel.ts";
import {
  basic,
  contentOf,
  eventsIn,
  type Field,
  form,
  messageIn,
  type Posted,
  pushChannel,
  SECRET,
  verifyPosted,
} from "./push_fixtures.ts";

const CHANNEL = pushChannel("sendgrid");
const KEYS = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
const VERIFICATION_KEY = KEYS.publicKey.export({ format: "der", type: "spki" }).toString("base64");
const SIGNED_CHANNEL = pushChannel("sendgrid", { verificationKey: VERIFICATION_KEY });
const NOW_SECONDS = String(RECEIVED_AT / 1_000);

/** "Grüße" and "Ł" in charsets where the bytes differ from UTF-8. */
const LATIN_1 = new Uint8Array([0x47, 0x72, 0xfc, 0xdf, 0x65]);
const LATIN_2_HTML = new Uint8Array([0x3c, 0x70, 0x3e, 0xa3, 0x3c, 0x2f, 0x70, 0x3e]);

const PIECES: readonly Field[] = [
  {
    name: "headers",
    value: "Received: by mx.example\nFrom: Ana <ana@posta.example>\nTo: support@veloce.example\n" +
      "Subject: =?utf-8?q?Hallo_=C3=BC?=\nMessage-ID: <one@posta.example>\n" +
      "References: <a@x.example>\n <b@x.example>\nContent-Type: multipart/mixed; boundary=gone\n",
  },
  { name: "from", value: "Ana <ana@posta.example>" },
  { name: "to", value: "support@veloce.example" },
  { name: "subject", value: "Hallo ü" },
  { name: "text", value: LATIN_1 },
  { name: "html", value: LATIN_2_HTML },
  { name: "charsets", value: '{"text":"iso-8859-1","html":"ISO-8859-2","subject":"UTF-8"}' },
  {
    name: "envelope",
    value: '{"to":["support@veloce.example","b@veloce.example"],"from":"ana@posta.example"}',
  },
  { name: "SPF", value: "pass" },
  { name: "dkim", value: "{@posta.example : pass}" },
  { name: "spam_score", value: "0.1" },
  { name: "attachments", value: "2" },
  {
    name: "attachment-info",
    value: '{"attachment1":{"filename":"účet.pdf","type":"application/pdf"},' +
      '"attachment2":{"filename":"pic.png","type":"image/png","content-id":"pic"}}',
  },
  { name: "attachment1", fileName: "x.pdf", type: "application/octet-stream", value: "pdf" },
  { name: "attachment2", fileName: "pic.png", type: "image/png", value: "png" },
];

function signed(posted: Posted, timestamp = NOW_SECONDS): Posted {
  const signature = createSign("sha256").update(timestamp).update(posted.body)
    .sign(KEYS.privateKey, "base64");
  return {
    ...posted,
    headers: {
      ...posted.headers,
      "x-twilio-email-event-webhook-signature": signature,
      "x-twilio-email-event-webhook-timestamp": timestamp,
    },
  };
}

Deno.test("sendgrid's fields are read each in its own charset", async () => {
  const message = await messageIn(form(PIECES), CHANNEL);

  assert.equal(message.externalId, "one@posta.example");
  assert.equal(message.subject, "Hallo ü");
  assert.deepEqual(message.email?.references, ["a@x.example", "b@x.example"]);
  assert.deepEqual(contentOf(message), {
    text: "Grüße",
    html: "<p>Ł</p>",
    files: [
      { name: "pic.png", type: "image/png", contentId: "pic", content: "png" },
      { name: "účet.pdf", type: "application/pdf", contentId: undefined, content: "pdf" },
    ],
  });
  assert.deepEqual(message.notes?.at(-1), {
    step: "provider_verdict",
    detail: "Spam score: 0.1",
  });
  assert.deepEqual(message.verdict, { by: "SendGrid", spf: "pass", dkim: "pass" });
  assert.equal(message.email?.senderVerified, false, "which domain was aligned, nobody says");
});

Deno.test("sendgrid's subject and sender have charsets too, where no headers tell them", async () => {
  const charsets = '{"text":"UTF-8","subject":"iso-8859-2","from":"koi8-r"}';
  const replaced: Readonly<Record<string, Field["value"]>> = {
    charsets,
    text: "Hello",
    subject: Uint8Array.of(0xa3, 0x6f),
    from: Uint8Array.of(0xe1, ...new TextEncoder().encode(" <ana@posta.example>")),
  };
  const fields = PIECES.filter(({ name }) => name !== "headers" && name !== "html")
    .map((field) => ({ ...field, value: replaced[field.name] ?? field.value }));

  const message = await messageIn(form(fields), CHANNEL);

  assert.equal(message.subject, "Ło");
  assert.equal(message.email?.from?.name, "А");
});

Deno.test("sendgrid's score makes spam, and its report says by which rules", async () => {
  const report = "Content analysis details:   (7.1 points)\n\n pts rule name   description\n" +
    "---- -----------\n 3.5 BAYES_99  Bayes\n*  3.6 URIBL_BLACK  A URL\n-0.1 <b>NOT_ONE words\n";
  const fields = [
    ...PIECES.filter(({ name }) => name !== "spam_score"),
    { name: "spam_score", value: "7.1" },
    { name: "spam_report", value: report },
  ];

  const message = await messageIn(form(fields), CHANNEL);

  assert.equal(message.verdict?.isSpam, true);
  assert.equal(message.verdict?.because, "score 7.1");
  assert.deepEqual(message.notes?.at(-1), {
    step: "provider_verdict",
    detail: "Spam score: 7.1 (BAYES_99, URIBL_BLACK)",
  });
});

Deno.test("sendgrid's raw mail is taken in place of the pieces", async () => {
  const email = "From: ana@posta.example\r\nMessage-ID: <raw@posta.example>\r\n\r\nAs it was";

  const message = await messageIn(form([...PIECES, { name: "email", value: email }]), CHANNEL);

  assert.equal(message.externalId, "raw@posta.example");
  assert.equal(contentOf(message).text, "As it was");
});

Deno.test("sendgrid without headers still gives who wrote what", async () => {
  const fields = PIECES.filter(({ name }) => name !== "headers");

  const message = await messageIn(form(fields), CHANNEL);

  assert.equal(message.email?.from?.address, "ana@posta.example");
  assert.equal(message.subject, "Hallo ü");
});

Deno.test("sendgrid proves itself by the password in the address", async () => {
  const posted = form(PIECES);
  const verify = (headers: Record<string, string>) =>
    verifyPosted({ ...posted, headers: { ...posted.headers, ...headers } }, CHANNEL);

  assert.deepEqual(await verify(basic(SECRET)), { ok: true });
  assert.deepEqual(await verify({}), { ok: false, reason: "missing" });
  assert.deepEqual(await verify(basic(`${SECRET}x`)), { ok: false, reason: "mismatch" });
});

Deno.test("sendgrid with a verification key refuses every delivery that was touched", async () => {
  const posted = signed(form(PIECES));
  const verify = (changed: Posted, channel = SIGNED_CHANNEL) => verifyPosted(changed, channel);
  const without = (name: string): Posted => {
    const { [name]: _, ...headers } = posted.headers;
    return { ...posted, headers };
  };
  const withHeader = (name: string, value: string): Posted => ({
    ...posted,
    headers: { ...posted.headers, [name]: value },
  });
  const signature = posted.headers["x-twilio-email-event-webhook-signature"] ?? "";
  const flippedBody = Uint8Array.from(posted.body);
  flippedBody[50] = (flippedBody[50] ?? 0) ^ 1;

  assert.deepEqual(await verify(posted), { ok: true });
  assert.deepEqual(await verify({ ...posted, body: flippedBody }), {
    ok: false,
    reason: "mismatch",
  });
  assert.deepEqual(await verify({ ...posted, body: posted.body.slice(0, -1) }), {
    ok: false,
    reason: "mismatch",
  });
  const other = String(Number(NOW_SECONDS) + 1);
  for (
    const [changed, reason] of [
      [without("x-twilio-email-event-webhook-signature"), "missing"],
      [without("x-twilio-email-event-webhook-timestamp"), "missing"],
      [withHeader("x-twilio-email-event-webhook-signature", "?"), "malformed"],
      [withHeader("x-twilio-email-event-webhook-signature", signature.slice(4)), "mismatch"],
      [withHeader("x-twilio-email-event-webhook-signature", btoa("x".repeat(70))), "mismatch"],
      [withHeader("x-twilio-email-event-webhook-timestamp", other), "mismatch"],
      [withHeader("x-twilio-email-event-webhook-timestamp", "soon"), "malformed"],
      [signed(form(PIECES), String(Number(NOW_SECONDS) - 3 * 86_400 - 1)), "expired"],
      [signed(form(PIECES), String(Number(NOW_SECONDS) + 1_000)), "expired"],
      [{ ...form(PIECES), headers: { ...form(PIECES).headers, ...basic(SECRET) } }, "missing"],
    ] as const
  ) {
    assert.deepEqual(await verify(changed), { ok: false, reason });
  }
  const foreign = generateKeyPairSync("ec", { namedCurve: "prime256v1" }).publicKey
    .export({ format: "der", type: "spki" }).toString("base64");
  for (const verificationKey of [foreign, "A".repeat(120)]) {
    assert.deepEqual(await verify(posted, pushChannel("sendgrid", { verificationKey })), {
      ok: false,
      reason: "mismatch",
    });
  }
  const pem = `-----BEGIN PUBLIC KEY-----\n${VERIFICATION_KEY}\n-----END PUBLIC KEY-----`;
  assert.deepEqual(await verify(posted, pushChannel("sendgrid", { verificationKey: pem })), {
    ok: true,
  });
});

Deno.test("what is no mail of sendgrid's is listed, never thrown", async () => {
  for (
    const fields of [
      [],
      [{ name: "x", value: "1" }],
      [{ name: "envelope", value: "{" }, { name: "charsets", value: "[1]" }],
    ]
  ) {
    const [event] = await eventsIn(form(fields), CHANNEL);
    assert.equal(event?.type, "unparsable");
  }
  const odd = [
    { name: "from", value: "ana@posta.example" },
    { name: "text", value: "hello" },
    { name: "charsets", value: '{"text":"klingon","html":3}' },
    { name: "envelope", value: '{"to":"x"}' },
    { name: "attachment-info", value: '{"attachment1":3}' },
    { name: "attachment1", fileName: "a.txt", type: "text/plain", value: "a" },
  ];
  const [event] = await eventsIn(form(odd), CHANNEL);
  assert.equal(event?.type, "message");
});
