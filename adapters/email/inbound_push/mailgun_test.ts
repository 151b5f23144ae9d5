import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { fakeIo, RECEIVED_AT } from "../fake_channel.ts";
import {
  contentOf,
  eventsIn,
  type Field,
  form,
  json,
  messageIn,
  type Posted,
  pushChannel,
  SECRET,
  verifyPosted,
} from "./push_fixtures.ts";

const CHANNEL = pushChannel("mailgun");
const TOKEN = "a".repeat(50);
const NOW_SECONDS = String(RECEIVED_AT / 1_000);

function sign(timestamp: string, token: string, key: string): string {
  return createHmac("sha256", key).update(timestamp + token).digest("hex");
}

function proof(
  { timestamp = NOW_SECONDS, token = TOKEN, signature = sign(timestamp, token, SECRET) } = {},
): Field[] {
  return [
    { name: "timestamp", value: timestamp },
    { name: "token", value: token },
    { name: "signature", value: signature },
  ];
}

const PIECES: readonly Field[] = [
  { name: "sender", value: "bounce@posta.example" },
  { name: "recipient", value: "support@veloce.example" },
  { name: "from", value: "Ana <ana@posta.example>" },
  { name: "subject", value: "Broken" },
  { name: "body-plain", value: "Look: ü" },
  { name: "stripped-text", value: "Look" },
  { name: "body-html", value: '<p>Look: ü</p><img src="cid:pic">' },
  {
    name: "message-headers",
    value: JSON.stringify([
      ["From", "Ana <ana@posta.example>"],
      ["To", "support@veloce.example"],
      ["Subject", "=?utf-8?q?Broken_=C3=BC?="],
      ["Message-Id", "<one@posta.example>"],
      ["References", "<a@x.example> <b@x.example>"],
      ["Content-Type", "multipart/mixed; boundary=gone"],
    ]),
  },
  { name: "attachment-count", value: "2" },
  { name: "content-id-map", value: JSON.stringify({ "<pic>": "attachment-1" }) },
  { name: "attachment-1", fileName: "pic.png", type: "image/png", value: "png" },
  {
    name: "attachment-2",
    fileName: "b.bin",
    type: "application/x-b",
    value: new Uint8Array([0, 255]),
  },
];

Deno.test("mailgun's signature is HMAC-SHA256 over timestamp and token", () => {
  assert.equal(
    sign("1700000000", TOKEN, "key-test-signing-key"),
    "6b993d37498d9757064154a06096ae2ccbbf8e205c11e1098b20eda446796465",
  );
});

Deno.test("mailgun takes the vector with its key at its time, each token once", async () => {
  const channel = pushChannel("mailgun", { secret: "key-test-signing-key" });
  const signature = "6b993d37498d9757064154a06096ae2ccbbf8e205c11e1098b20eda446796465";
  const posted = form(proof({ timestamp: "1700000000", signature }));
  const io = fakeIo({ now: () => 1_700_000_000_000 + 60_000 });

  assert.deepEqual(await verifyPosted(posted, channel, io), { ok: true, once: TOKEN });
});

Deno.test("mailgun refuses every proof that was touched", async () => {
  const signature = sign(NOW_SECONDS, TOKEN, SECRET);
  const flipped = (signature.startsWith("0") ? "1" : "0") + signature.slice(1);
  const refusals: readonly [fields: readonly Field[], reason: string][] = [
    [[], "missing"],
    [proof().slice(1), "missing"],
    [proof().slice(0, 2), "missing"],
    [proof({ signature: "" }), "missing"],
    [proof({ signature: flipped }), "mismatch"],
    [proof({ signature: signature.slice(1) }), "malformed"],
    [proof({ signature: signature + "0" }), "malformed"],
    [proof({ signature: signature.toUpperCase() }), "malformed"],
    [proof({ signature: "z".repeat(64) }), "malformed"],
    [proof({ signature: sign(NOW_SECONDS, TOKEN, SECRET + "x") }), "mismatch"],
    [proof({ token: "b" + TOKEN.slice(1), signature }), "mismatch"],
    [proof({ timestamp: String(Number(NOW_SECONDS) - 1), signature }), "mismatch"],
    [proof({ timestamp: "soon" }), "malformed"],
    [proof({ timestamp: NOW_SECONDS + ".5" }), "malformed"],
    [proof({ timestamp: String(Number(NOW_SECONDS) - 12 * 3_600 - 1) }), "expired"],
    [proof({ timestamp: String(Number(NOW_SECONDS) + 16 * 60) }), "expired"],
  ];
  for (const [fields, reason] of refusals) {
    assert.deepEqual(
      await verifyPosted(form([...PIECES, ...fields]), CHANNEL),
      { ok: false, reason },
      JSON.stringify(fields),
    );
  }
  const old = proof({ timestamp: String(Number(NOW_SECONDS) - 8 * 3_600) });
  assert.equal((await verifyPosted(form(old), CHANNEL)).ok, true, "a retry after hours");
});

Deno.test("mailgun's own fields come last: those a sender can name are not believed", async () => {
  const forged = form([
    { name: "timestamp", value: "1" },
    { name: "signature", value: "0".repeat(64) },
    ...proof(),
  ]);
  const overridden = form([...proof(), { name: "signature", value: "0".repeat(64) }]);

  assert.equal((await verifyPosted(forged, CHANNEL)).ok, true);
  assert.equal((await verifyPosted(overridden, CHANNEL)).ok, false);
  const message = await messageIn(
    form([{ name: "recipient", value: "evil@x.example" }, ...PIECES, ...proof()]),
    CHANNEL,
  );
  assert.equal(message.subject, "Broken ü");
});

Deno.test("mailgun's raw mail is taken as it is, also with bytes that are no UTF-8", async () => {
  const mime = Uint8Array.from(
    "From: ana@posta.example\r\nMessage-ID: <raw@posta.example>\r\n" +
      "Content-Type: text/plain; charset=iso-8859-1\r\n\r\nGr\xfc\xdfe",
    (char) => char.charCodeAt(0),
  );
  const encoded = [...mime].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
  const urlencoded: Posted = {
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new TextEncoder().encode(`sender=ana%40posta.example&body-mime=${encoded}&x=1+2`),
  };

  for (const posted of [form([...PIECES, { name: "body-mime", value: mime }]), urlencoded]) {
    const message = await messageIn(posted, CHANNEL);
    assert.equal(message.externalId, "raw@posta.example");
    assert.equal(contentOf(message).text, "Grüße");
  }
});

Deno.test("mailgun's pieces become the mail they were", async () => {
  const message = await messageIn(form([...PIECES, ...proof()]), CHANNEL);

  assert.equal(message.externalId, "one@posta.example");
  assert.equal(message.subject, "Broken ü");
  assert.deepEqual(message.email?.references, ["a@x.example", "b@x.example"]);
  assert.deepEqual(contentOf(message), {
    text: "Look: ü",
    html: '<p>Look: ü</p><img src="cid:pic">',
    files: [
      { name: "pic.png", type: "image/png", contentId: "pic", content: "png" },
      { name: "b.bin", type: "application/x-b", contentId: undefined, content: "\0\ufffd" },
    ],
  });
});

const FINDINGS = [
  ["X-Mailgun-Incoming", "Yes"],
  ["X-Mailgun-Sflag", "Yes"],
  ["X-Mailgun-Sscore", "12.4"],
  ["X-Mailgun-Dkim-Check-Result", "Pass"],
  ["X-Mailgun-Spf", "SoftFail"],
] as const;

for (
  const [where, fields] of [
    ["in the list of headers", [
      { name: "from", value: "ana@posta.example" },
      {
        name: "message-headers",
        value: JSON.stringify([["From", "ana@posta.example"], ...FINDINGS]),
      },
    ]],
    ["as fields", [
      { name: "from", value: "ana@posta.example" },
      ...FINDINGS.map(([name, value]) => ({ name, value })),
    ]],
    ["in the raw mail", [{
      name: "body-mime",
      value: FINDINGS.map((pair) => `${pair.join(": ")}\r\n`).join("") +
        "From: ana@posta.example\r\nX-Mailgun-Spf: Pass\r\n\r\nHi",
    }]],
  ] as const
) {
  Deno.test(`mailgun's findings ${where} are its verdict`, async () => {
    const message = await messageIn(form([...fields, ...proof()]), CHANNEL);

    assert.deepEqual(message.verdict, {
      by: "Mailgun",
      spf: "softfail",
      dkim: "pass",
      isSpam: true,
      because: "score 12.4",
    });
  });
}

Deno.test("mailgun's stored mails say what is missing", async () => {
  const message = await messageIn(
    form([
      ...PIECES.filter(({ fileName }) => fileName === undefined),
      { name: "message-url", value: "https://storage.example/1" },
      { name: "attachments", value: "[]" },
    ]),
    CHANNEL,
  );

  assert.ok(message.notes?.some(({ step }) => step === "files_left_out"));
});

const EVENT = {
  signature: { timestamp: NOW_SECONDS, token: TOKEN, signature: sign(NOW_SECONDS, TOKEN, SECRET) },
  "event-data": {
    event: "failed",
    id: "ev_1",
    severity: "permanent",
    timestamp: 1_772_445_600.25,
    recipient: "ana@posta.example",
    message: { headers: { "message-id": "m.1.2.3@veloce.example" } },
    "delivery-status": { code: 550, message: "5.1.1 no such user", description: "" },
  },
};

Deno.test("mailgun's event notices are signed alike and move the message they are about", async () => {
  assert.deepEqual(await verifyPosted(json(EVENT), CHANNEL), { ok: true, once: TOKEN });
  const forged = { ...EVENT, signature: { ...EVENT.signature, token: "b".repeat(50) } };
  assert.deepEqual(await verifyPosted(json(forged), CHANNEL), { ok: false, reason: "mismatch" });

  const [failed] = await eventsIn(json(EVENT), CHANNEL);
  assert.ok(failed?.type === "status" && failed.status === "failed");
  assert.equal(failed.occurredAt, 1_772_445_600_250);
  assert.deepEqual(failed.target, { by: "external", messageExternalId: "m.1.2.3@veloce.example" });
  assert.equal(failed.error?.provider, "550 5.1.1 no such user");
  assert.deepEqual(failed.badAddresses, ["ana@posta.example"]);
  const status = { code: 552, message: "5.2.2 mailbox full", description: "" };
  const full = { ...EVENT, "event-data": { ...EVENT["event-data"], "delivery-status": status } };
  const [event] = await eventsIn(json(full), CHANNEL);
  assert.equal(event?.type === "status" && event.badAddresses, undefined);
  const other = async (data: Record<string, unknown>) => {
    const changed = { ...EVENT, "event-data": { ...EVENT["event-data"], ...data } };
    const [event] = await eventsIn(json(changed), CHANNEL);
    return event?.type === "status" ? event.status : event?.type;
  };
  assert.equal(await other({ event: "delivered" }), "delivered");
  assert.equal(await other({ severity: "temporary" }), "ignored");
  assert.equal(await other({ event: "opened" }), "ignored");
  assert.equal(await other({ message: null }), "ignored");
});

Deno.test("what is no mail of mailgun's is listed, never thrown", async () => {
  const type = { "content-type": "multipart/form-data; boundary=b" };
  const bodies: readonly Posted[] = [
    { headers: type, body: new Uint8Array() },
    { headers: type, body: new TextEncoder().encode("no boundary") },
    { headers: type, body: new TextEncoder().encode("--b\r\n\r\nno name\r\n--b--") },
    { headers: { "content-type": "multipart/form-data" }, body: form(PIECES).body },
    form(proof()),
    json(null),
    json({ signature: {} }),
  ];
  for (const posted of bodies) {
    const [event] = await eventsIn(posted, CHANNEL);
    assert.equal(event?.type, "unparsable");
    assert.equal(
      (await verifyPosted(posted, pushChannel("mailgun"))).ok,
      posted.body === bodies[4]?.body,
    );
  }
});
