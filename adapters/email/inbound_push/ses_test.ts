import assert from "node:assert/strict";
import { createSign } from "node:crypto";
import { fakeIo, RECEIVED_AT } from "../fake_channel.ts";
import {
  basic,
  contentOf,
  eventsIn,
  messageIn,
  type Posted,
  pushChannel,
  requestOf,
  SECRET,
  verifyPosted,
} from "./push_fixtures.ts";
import { pushWebhook } from "./push_webhook.ts";
import { signedText, SnsEnvelope } from "./sns_envelope.ts";

const TOPIC = "arn:aws:sns:eu-west-1:123456789012:mail";
const CERTIFICATE_URL =
  "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem";
const CHANNEL = pushChannel("ses", { topicArns: [TOPIC] });
const fixture = (name: string) =>
  Deno.readTextFile(new URL(`../fixtures/${name}`, import.meta.url));
/** Stands in for Amazon's: its signature is not looked at. */
const [CERTIFICATE, KEY] = await Promise.all([
  fixture("sns_cert.pem"),
  fixture("sns_key.pem"),
]);
const MAIL = "From: ana@posta.example\r\nMessage-ID: <one@posta.example>\r\n\r\nGrüße";

const RECEIVED = {
  notificationType: "Received",
  mail: {
    messageId: "abc",
    source: "bounce@posta.example",
    destination: ["support@veloce.example"],
  },
  receipt: {
    recipients: ["support@veloce.example"],
    spamVerdict: { status: "PASS" },
    virusVerdict: { status: "PASS" },
    spfVerdict: { status: "PASS" },
    dkimVerdict: { status: "GRAY" },
    dmarcVerdict: { status: "FAIL" },
    action: { type: "SNS", topicArn: TOPIC, encoding: "BASE64" },
  },
  content: btoa(unescape(encodeURIComponent(MAIL))),
};

type Changes = Readonly<Record<string, unknown>>;

/** A signed delivery. @param tampered fields that are changed after signing */
function sns(message: unknown, changes: Changes = {}, tampered: Changes = {}): Posted {
  const fields = {
    Type: "Notification",
    MessageId: "b1c2",
    TopicArn: TOPIC,
    Message: typeof message === "string" ? message : JSON.stringify(message),
    Timestamp: new Date(RECEIVED_AT).toISOString(),
    SignatureVersion: "2",
    Signature: "",
    SigningCertURL: CERTIFICATE_URL,
    ...changes,
  };
  const algorithm = fields.SignatureVersion === "1" ? "RSA-SHA1" : "RSA-SHA256";
  const Signature = createSign(algorithm).update(signedText(SnsEnvelope.parse(fields)))
    .sign(KEY, "base64");
  const envelope = { ...fields, Signature, ...tampered };
  return {
    headers: {
      "content-type": "text/plain; charset=UTF-8",
      "x-amz-sns-message-type": String(fields.Type),
      "x-amz-sns-message-id": fields.MessageId,
    },
    body: new TextEncoder().encode(JSON.stringify(envelope)),
  };
}

/** An `Io` whose network is Amazon with one certificate, and which tells what was asked. */
function amazon(status = 200) {
  const asked: string[] = [];
  const io = fakeIo({
    fetch: (input) => {
      const url = String(input);
      asked.push(url);
      return Promise.resolve(
        url === CERTIFICATE_URL ? new Response(CERTIFICATE) : new Response("<ok/>", { status }),
      );
    },
  });
  return { io, asked };
}

Deno.test("signedText() has the lines Amazon signs, in its order", () => {
  const base = {
    MessageId: "id",
    TopicArn: TOPIC,
    Message: "m",
    Timestamp: "2026-03-02T12:00:00.000Z",
    SignatureVersion: "1",
    Signature: "",
  };
  const text = (more: Changes) => signedText(SnsEnvelope.parse({ ...base, ...more }));
  const end = `Timestamp\n${base.Timestamp}\nTopicArn\n${TOPIC}\nType\nNotification\n`;

  assert.equal(text({ Type: "Notification" }), `Message\nm\nMessageId\nid\n${end}`);
  assert.equal(
    text({ Type: "Notification", Subject: "s" }),
    `Message\nm\nMessageId\nid\nSubject\ns\n${end}`,
  );
  assert.equal(
    text({ Type: "SubscriptionConfirmation", Token: "t", SubscribeURL: "u" }),
    `Message\nm\nMessageId\nid\nSubscribeURL\nu\nTimestamp\n${base.Timestamp}\nToken\nt\n` +
      `TopicArn\n${TOPIC}\nType\nSubscriptionConfirmation\n`,
  );
});

Deno.test("ses takes Amazon's signature in both versions", async () => {
  for (const SignatureVersion of ["1", "2"]) {
    const posted = sns(RECEIVED, { SignatureVersion, Subject: "Amazon SES Email Receipt" });
    assert.deepEqual(await verifyPosted(posted, CHANNEL, amazon().io), { ok: true });
  }
});

Deno.test("ses refuses every delivery that was touched or comes from elsewhere", async () => {
  const old = (ms: number) => ({ Timestamp: new Date(RECEIVED_AT + ms).toISOString() });
  const withHeaders = (headers: Record<string, string>): Posted => {
    const posted = sns(RECEIVED);
    return { ...posted, headers: { ...posted.headers, ...headers } };
  };
  const refusals: readonly [Posted, string][] = [
    [sns(RECEIVED, {}, { Message: JSON.stringify(RECEIVED).replace("abc", "abd") }), "mismatch"],
    [sns(RECEIVED, {}, { Subject: "added" }), "mismatch"],
    [sns(RECEIVED, {}, { Timestamp: new Date(RECEIVED_AT + 1).toISOString() }), "mismatch"],
    [sns(RECEIVED, {}, { Signature: btoa("short") }), "mismatch"],
    [sns(RECEIVED, {}, { Signature: "not base64!" }), "malformed"],
    [sns(RECEIVED, {}, { Signature: undefined }), "malformed"],
    [sns(RECEIVED, { SignatureVersion: "1" }, { SignatureVersion: "2" }), "mismatch"],
    [sns(RECEIVED, {}, { SignatureVersion: "3" }), "malformed"],
    [sns(RECEIVED, { TopicArn: `${TOPIC}-of-somebody` }), "mismatch"],
    [sns(RECEIVED, old(-25 * 3_600_000)), "expired"],
    [sns(RECEIVED, old(16 * 60_000)), "expired"],
    [withHeaders({ "x-amz-sns-message-type": "SubscriptionConfirmation" }), "mismatch"],
    [withHeaders({ "x-amz-sns-message-id": "other" }), "mismatch"],
    [withHeaders(basic(`${SECRET}x`)), "mismatch"],
    [{ ...sns(RECEIVED), body: sns(RECEIVED).body.slice(0, -1) }, "malformed"],
    [{ ...sns(RECEIVED), body: new Uint8Array() }, "malformed"],
  ];
  for (const [posted, reason] of refusals) {
    assert.deepEqual(await verifyPosted(posted, CHANNEL, amazon().io), { ok: false, reason });
  }
});

Deno.test("ses fetches a certificate from Amazon's own place for them only", async () => {
  for (
    const SigningCertURL of [
      CERTIFICATE_URL.replace("https:", "http:"),
      CERTIFICATE_URL.replace("amazonaws.com", "amazonaws.com.evil.example"),
      CERTIFICATE_URL.replace("sns.eu-west-1", "sns.eu-west-1.evil"),
      CERTIFICATE_URL.replace("sns.", "bucket.s3."),
      CERTIFICATE_URL.replace("https://", "https://sns.eu-west-1.amazonaws.com@evil.example/"),
      CERTIFICATE_URL.replace(".com/", ".com:8443/"),
      CERTIFICATE_URL.replace("/Simple", "/?x=/Simple"),
      `${CERTIFICATE_URL}?x=1`,
      "no address",
      "",
    ]
  ) {
    const { io, asked } = amazon();
    const verdict = await verifyPosted(sns(RECEIVED, { SigningCertURL }), CHANNEL, io);

    assert.deepEqual(verdict, { ok: false, reason: "mismatch" }, SigningCertURL);
    assert.deepEqual(asked, []);
  }
});

Deno.test("ses asks for nothing when topic or password are wrong, and tells Amazon when it cannot ask", async () => {
  const { io, asked } = amazon();
  const open = pushChannel("ses");
  await verifyPosted(sns(RECEIVED, { TopicArn: `${TOPIC}x` }), CHANNEL, io);
  assert.deepEqual(await verifyPosted(sns(RECEIVED), open, io), { ok: false, reason: "missing" });
  assert.deepEqual(asked, []);

  const posted = sns(RECEIVED);
  const known = { ...posted, headers: { ...posted.headers, ...basic(SECRET) } };
  assert.deepEqual(await verifyPosted(known, open, io), { ok: true });
  const down = fakeIo({ fetch: () => Promise.reject(new TypeError("down")) });
  await assert.rejects(verifyPosted(posted, CHANNEL, down), /down/);
  const gone = fakeIo({ fetch: () => Promise.resolve(new Response("no", { status: 404 })) });
  assert.deepEqual(await verifyPosted(posted, CHANNEL, gone), { ok: false, reason: "mismatch" });
});

function confirmation(changes: Changes = {}, tampered: Changes = {}): Posted {
  const query = new URLSearchParams({ Action: "ConfirmSubscription", TopicArn: TOPIC, Token: "t" });
  return sns("You have chosen to subscribe", {
    Type: "SubscriptionConfirmation",
    Token: "t",
    SubscribeURL: `https://sns.eu-west-1.amazonaws.com/?${query}`,
    ...changes,
  }, tampered);
}

Deno.test("ses confirms a subscription of its topic, by Amazon's address only", async () => {
  const shake = async (posted: Posted, { io, asked } = amazon()) => {
    const answer = await pushWebhook.handshake?.(requestOf(posted), CHANNEL, io);
    return { status: answer?.status, asked: asked.filter((url) => url !== CERTIFICATE_URL) };
  };

  const good = await shake(confirmation());
  assert.equal(good.status, 200);
  assert.equal(good.asked.length, 1);
  assert.deepEqual(await shake(sns(RECEIVED)), { status: undefined, asked: [] });
  assert.equal((await shake(confirmation(), amazon(500))).status, 502);
  for (
    const posted of [
      confirmation({}, { Token: "u" }),
      confirmation({ TopicArn: `${TOPIC}-of-somebody` }),
      confirmation({ SubscribeURL: "https://evil.example/?Action=ConfirmSubscription" }),
      confirmation({ SubscribeURL: "https://sns.eu-west-1.amazonaws.com/?Action=Publish" }),
      confirmation({ SubscribeURL: undefined }),
    ]
  ) {
    assert.deepEqual(await shake(posted), { status: 401, asked: [] });
  }
});

Deno.test("ses hands over the mail with its envelope and verdicts", async () => {
  const utf8 = {
    ...RECEIVED,
    content: MAIL,
    receipt: { ...RECEIVED.receipt, action: { type: "SNS", encoding: "UTF-8" } },
  };
  for (const notification of [RECEIVED, utf8]) {
    const message = await messageIn(sns(notification), CHANNEL);
    assert.equal(message.externalId, "one@posta.example");
    assert.equal(contentOf(message).text, "Grüße");
    assert.deepEqual(message.notes?.at(-1), {
      step: "provider_verdict",
      detail: "SPF: PASS, DKIM: GRAY, DMARC: FAIL, Spam: PASS, Virus: PASS",
    });
    assert.deepEqual(message.verdict, {
      by: "Amazon SES",
      spf: "pass",
      dkim: "none",
      dmarc: "fail",
    });
    assert.equal(message.email?.senderVerified, false);
  }
});

Deno.test("ses vouches for senders whose DMARC passed, and its filters tell spam", async () => {
  const judged = {
    ...RECEIVED,
    receipt: {
      ...RECEIVED.receipt,
      dmarcVerdict: { status: "PASS" },
      virusVerdict: { status: "FAIL" },
    },
  };

  const message = await messageIn(sns(judged), CHANNEL);

  assert.equal(message.email?.senderVerified, true);
  assert.equal(message.verdict?.isSpam, true);
});

Deno.test("a mail that ses stored in S3 is listed as not read, with what to do", async () => {
  const { content: _, ...stored } = RECEIVED;
  const action = { type: "S3", bucketName: "b", objectKey: "k" };

  const [event] = await eventsIn(
    sns({ ...stored, receipt: { ...stored.receipt, action } }),
    CHANNEL,
  );

  assert.ok(event?.type === "unparsable");
  assert.match(event.reason, /S3.*SNS with Base64/);
});

Deno.test("ses bounces name the addresses that are wrong", async () => {
  const wrong = async (bounceSubType: string, ...diagnosticCodes: readonly string[]) => {
    const bouncedRecipients = diagnosticCodes
      .map((diagnosticCode, i) => ({ emailAddress: `a${i}@posta.example`, diagnosticCode }));
    const timestamp = "2026-03-02T12:00:00Z";
    const bounce = { bounceType: "Permanent", bounceSubType, timestamp, bouncedRecipients };
    const message = { notificationType: "Bounce", mail: { messageId: "ses-1" }, bounce };
    const [event] = await eventsIn(sns(message), CHANNEL);
    return event?.type === "status" ? event.badAddresses : event?.type;
  };

  assert.deepEqual(
    await wrong("General", "smtp; 550 5.1.1 user unknown", "smtp; 550 5.7.1 blocked"),
    ["a0@posta.example"],
  );
  assert.deepEqual(await wrong("Suppressed", "on the list"), ["a0@posta.example"]);
  assert.equal(await wrong("General", "smtp; 552 5.2.2 full"), undefined);
});

Deno.test("ses notices move the message they are about; others are ignored, junk is listed", async () => {
  const mail = { messageId: "ses-1" };
  const typeOf = async (message: unknown, changes: Changes = {}) => {
    const [event] = await eventsIn(sns(message, changes), CHANNEL);
    return event?.type === "status" ? event.status : event?.type;
  };
  const bounce = {
    bounceType: "Permanent",
    timestamp: "2026-03-02T12:00:00Z",
    bouncedRecipients: [],
  };

  assert.equal(await typeOf({ notificationType: "Bounce", mail, bounce }), "failed");
  const transient = { ...bounce, bounceType: "Transient" };
  assert.equal(await typeOf({ eventType: "Bounce", mail, bounce: transient }), "ignored");
  const delivery = { timestamp: "2026-03-02T12:00:00Z" };
  assert.equal(await typeOf({ eventType: "Delivery", mail, delivery }), "delivered");
  assert.equal(await typeOf({ notificationType: "Complaint", mail }), "ignored");
  assert.equal(await typeOf("x", { Type: "UnsubscribeConfirmation", Token: "t" }), "ignored");
  assert.equal(await typeOf("Successfully validated SNS topic for Amazon SES."), "ignored");
  for (const junk of ["", "{", "null", "[]", { notificationType: "Received" }]) {
    assert.equal(await typeOf(junk), "unparsable");
  }
  const [event] = await eventsIn({ ...sns(""), body: new TextEncoder().encode("{}") }, CHANNEL);
  assert.equal(event?.type, "unparsable");
});
