/** What the conformance kit needs to know of email: posted by a mail server, sent by Postmark. */
import { hmacHex } from "../../core/channel/mod.ts";
import type { Fixture, ProviderFixture, WebhookFixture } from "../../tests/conformance/mod.ts";

const secret = "push-secret-of-the-kit";

const DELIVERIES: WebhookFixture["deliveries"] = [
  {
    name: "a mail",
    body: [
      "Message-ID: <first@example.com>",
      "Date: Mon, 02 Mar 2026 11:00:00 +0000",
      "From: Ana Silva <ana@example.com>",
      "To: support@veloce.example",
      "Subject: My bike",
      "",
      "Is it ready?",
      "",
    ].join("\r\n"),
    events: [{
      type: "message",
      externalId: "first@example.com",
      occurredAt: Date.UTC(2026, 2, 2, 11),
      direction: "in",
      sender: {
        identities: [{ kind: "email", value: "ana@example.com", verified: false }],
        name: "Ana Silva",
      },
      hints: [],
      parts: [{ kind: "text", text: "Is it ready?" }],
      subject: "My bike",
      automatic: false,
      notes: [],
      email: {
        from: { name: "Ana Silva", address: "ana@example.com" },
        to: [{ name: "", address: "support@veloce.example" }],
        cc: [],
        bcc: [],
        replyTo: [],
        subject: "My bike",
        messageId: "first@example.com",
        inReplyTo: null,
        references: [],
        senderVerified: false,
      },
    }],
  },
];

const PART: ProviderFixture["part"] = {
  email: {
    to: [{ name: "Ana Silva", address: "ana@example.com" }],
    cc: [],
    bcc: [],
    subject: "My bike",
    inReplyTo: null,
    references: [],
  },
};

export const fixture: Fixture = {
  url: import.meta.url,
  config: {
    address: "support@veloce.example",
    fromName: "Veloce",
    inbound: { kind: "push", provider: "raw", secret },
    outbound: { kind: "api", provider: "postmark", key: "postmark-key-of-the-kit" },
  },
  webhook: {
    contentType: "message/rfc822",
    proof: "authorization",
    sign: () => Promise.resolve({ authorization: `Bearer ${secret}` }),
    deliveries: DELIVERIES,
    unknown: "no mail at all",
  },
  provider: {
    success: { body: '{"ErrorCode":0,"MessageID":"b7bc2f4a","Message":"OK"}' },
    externalId: "b7bc2f4a",
    part: PART,
    textIn: ({ body }) => JSON.parse(body).TextBody,
    refusals: [
      {
        name: "an address that mail came back from",
        status: 422,
        body: '{"ErrorCode":406,"Message":"You tried to send to a recipient marked as inactive."}',
        code: "recipient_unreachable",
      },
      {
        name: "an unknown key",
        status: 401,
        body: '{"ErrorCode":10,"Message":"Bad or missing Server API token."}',
        code: "unauthorized",
      },
      {
        name: "a sender that was never confirmed",
        status: 422,
        body: '{"ErrorCode":400,"Message":"Sender signature not found."}',
        code: "permission",
      },
    ],
  },
  skip: [{
    check: "verify: refuses a body with one byte changed",
    reason: "a mail server of one's own proves itself by a password, which covers no body",
  }],
};

export const others: Readonly<Record<string, Fixture>> = {
  "Cloudflare, Resend": {
    url: import.meta.url,
    config: {
      address: "support@veloce.example",
      inbound: { kind: "push", provider: "cloudflare", secret },
      outbound: { kind: "api", provider: "resend", key: "resend-key-of-the-kit" },
    },
    webhook: {
      contentType: "message/rfc822",
      proof: "parley-signature",
      proofGoodForMs: 5 * 60 * 1_000,
      async sign(body, at) {
        const seconds = Math.floor(at / 1_000);
        const head = new TextEncoder().encode(`${seconds}.`);
        const signed = new Uint8Array(head.length + body.length);
        signed.set(head);
        signed.set(body, head.length);
        return { "parley-signature": `t=${seconds},v1=${await hmacHex(secret, signed)}` };
      },
      deliveries: DELIVERIES,
      unknown: "no mail at all",
    },
    provider: {
      success: { body: '{"id":"49a3999c"}' },
      externalId: "49a3999c",
      part: PART,
      textIn: ({ body }) => JSON.parse(body).text,
      refusals: [{
        name: "an unknown key",
        status: 403,
        body: '{"statusCode":403,"name":"invalid_api_key","message":"API key is invalid"}',
        code: "unauthorized",
      }],
    },
    skip: [
      {
        check: "send: half an answer does not tell whether it was sent",
        reason:
          "Resend drops a mail that comes again with its key, which email as a whole cannot say",
      },
      {
        check: "send: a connection lost after the message went out may have sent it",
        reason: "the same",
      },
    ],
  },
};
