import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import type { SendReceipt } from "../../../core/channel/mod.ts";
import { parseMime } from "../mime/mod.ts";
import type { ApiProviderName } from "./api_provider.ts";
import {
  apiChannel,
  KEYS,
  openProvider,
  type Received,
  REPLY,
  sendBy,
} from "./fixtures/fake_provider.ts";

/** Sends one reply; what the provider got and what came of it. */
async function sendOne(
  provider: ApiProviderName,
  answer: Response,
  more: Readonly<Record<string, unknown>> = {},
): Promise<{ request: Received; receipt: SendReceipt }> {
  await using server = openProvider(() => answer);
  const sent = await sendBy(apiChannel(provider, server.baseUrl, more));
  assert.ok(sent.ok, JSON.stringify(sent));
  const [request, ...others] = server.received;
  assert.ok(request !== undefined && others.length === 0);
  return { request, receipt: sent.value };
}

function jsonOf({ headers, body }: Received): unknown {
  assert.equal(headers.get("content-type"), "application/json");
  return JSON.parse(new TextDecoder().decode(body));
}

function mimeOf(bytes: Uint8Array<ArrayBuffer>) {
  const { root } = parseMime(bytes, { maxDepth: 9, maxParts: 99, maxHeaderBytes: 99_999 });
  const header = (name: string) => root.fields.find((field) => field.name === name)?.value;
  return { root, header };
}

const FROM = '"Žofie \\"Zo\\" Nová (Veloce)" <support@veloce.example>';
/** The letter's HTML, in the element an answer that quotes it is known by. */
const LETTER =
  '<div class="parley_letter parley_00000001_2ic6gnlv3kef3ent">\n<p>Look: ü</p><img src="cid:pic">\n</div>';
const OWN_ID = /^m\.msg_01\.00000001\.[a-z2-7]{16}@veloce\.example$/;
const REPLY_TO = /<support\+r\.00000001\.[a-z2-7]{16}@veloce\.example>$/;
const REFERENCES = "<zero@posta.example> <one@posta.example>";
const PNG = Buffer.from("png").toString("base64");
const PDF = Buffer.from("pdf").toString("base64");

Deno.test("postmark gets the reply as JSON, keeps our Message-ID and names its own", async () => {
  const { request, receipt } = await sendOne(
    "postmark",
    Response.json({ ErrorCode: 0, Message: "OK", MessageID: "b7bc2f4a" }),
  );

  assert.equal(`${request.method} ${request.path}`, "POST /email");
  assert.equal(request.headers.get("x-postmark-server-token"), KEYS.postmark);
  const { Headers, ReplyTo, ...mail } = jsonOf(request) as {
    Headers: { Name: string; Value: string }[];
    ReplyTo: string;
  };
  const headers = Object.fromEntries(Headers.map(({ Name, Value }) => [Name, Value]));
  assert.match(headers["Message-ID"]?.slice(1, -1) ?? "", OWN_ID);
  assert.equal(headers["X-PM-KeepID"], "true");
  assert.equal(headers["In-Reply-To"], "<one@posta.example>");
  assert.equal(headers.References, REFERENCES);
  assert.match(ReplyTo, REPLY_TO);
  assert.deepEqual(mail, {
    From: FROM,
    To: '"Ana, of Posta" <ana@posta.example>',
    Cc: "max@posta.example",
    Bcc: "boss@veloce.example",
    Subject: "Re: The bike 🚲",
    TextBody: REPLY.text,
    HtmlBody: LETTER,
    Attachments: [
      { Name: "pic.png", Content: PNG, ContentType: "image/png", ContentID: "cid:pic" },
      { Name: "účet.pdf", Content: PDF, ContentType: "application/pdf" },
    ],
    TrackOpens: false,
    TrackLinks: "None",
  });
  assert.match(receipt.externalId ?? "", OWN_ID);
  assert.deepEqual(receipt.aliases, ["b7bc2f4a", "b7bc2f4a@mtasv.net"]);
});

Deno.test("sendgrid gets the reply as JSON, each address once, without tracking", async () => {
  const { request, receipt } = await sendOne(
    "sendgrid",
    new Response(null, { status: 202, headers: { "x-message-id": "sg-1" } }),
  );

  assert.equal(`${request.method} ${request.path}`, "POST /v3/mail/send");
  assert.equal(request.headers.get("authorization"), `Bearer ${KEYS.sendgrid}`);
  const { headers, reply_to, ...mail } = jsonOf(request) as {
    headers: Record<string, string>;
    reply_to: { email: string };
  };
  assert.match(headers["Message-ID"]?.slice(1, -1) ?? "", OWN_ID);
  assert.equal(headers.References, REFERENCES);
  assert.match(`<${reply_to.email}>`, REPLY_TO);
  const name = 'Žofie "Zo" Nová (Veloce)';
  assert.deepEqual(mail, {
    personalizations: [{
      to: [{ email: "ana@posta.example", name: "Ana, of Posta" }],
      cc: [{ email: "max@posta.example" }],
      bcc: [{ email: "boss@veloce.example" }],
    }],
    from: { email: "support@veloce.example", name },
    subject: "Re: The bike 🚲",
    content: [
      { type: "text/plain", value: REPLY.text },
      { type: "text/html", value: LETTER },
    ],
    attachments: [
      {
        content: PNG,
        filename: "pic.png",
        type: "image/png",
        disposition: "inline",
        content_id: "pic",
      },
      { content: PDF, filename: "účet.pdf", type: "application/pdf", disposition: "attachment" },
    ],
    tracking_settings: { click_tracking: { enable: false }, open_tracking: { enable: false } },
  });
  assert.deepEqual(receipt.aliases, ["sg-1"]);
});

Deno.test("resend gets the reply as JSON, with a key that makes a repetition harmless", async () => {
  const { request, receipt } = await sendOne("resend", Response.json({ id: "re-1" }));

  assert.equal(`${request.method} ${request.path}`, "POST /emails");
  assert.equal(request.headers.get("authorization"), `Bearer ${KEYS.resend}`);
  assert.equal(request.headers.get("idempotency-key"), "msg_01-0");
  const { headers, reply_to, ...mail } = jsonOf(request) as {
    headers: Record<string, string>;
    reply_to: string[];
  };
  assert.match(headers["Message-ID"]?.slice(1, -1) ?? "", OWN_ID);
  assert.match(reply_to[0] ?? "", REPLY_TO);
  assert.deepEqual(mail, {
    from: FROM,
    to: ['"Ana, of Posta" <ana@posta.example>'],
    cc: ["max@posta.example"],
    bcc: ["boss@veloce.example"],
    subject: "Re: The bike 🚲",
    text: REPLY.text,
    html: LETTER,
    attachments: [
      { filename: "pic.png", content: PNG, content_type: "image/png", content_id: "pic" },
      { filename: "účet.pdf", content: PDF, content_type: "application/pdf" },
    ],
  });
  assert.deepEqual(receipt.aliases, ["re-1"]);
});

Deno.test("mailgun gets the whole mail for every address, hidden ones in the envelope only", async () => {
  const { request, receipt } = await sendOne(
    "mailgun",
    Response.json({ id: "<mg-1@veloce.example>", message: "Queued. Thank you." }),
  );

  assert.equal(`${request.method} ${request.path}`, "POST /v3/veloce.example/messages.mime");
  assert.equal(request.headers.get("authorization"), `Basic ${btoa(`api:${KEYS.mailgun}`)}`);
  const type = request.headers.get("content-type") ?? "";
  const form = await new Response(request.body, { headers: { "content-type": type } }).formData();
  assert.equal(form.get("to"), "ana@posta.example, max@posta.example, boss@veloce.example");
  assert.equal(form.get("o:tracking"), "no");
  const file = form.get("message");
  assert.ok(file instanceof File);
  const { root, header } = mimeOf(new Uint8Array(await file.arrayBuffer()));
  assert.match(header("message-id")?.slice(1, -1) ?? "", OWN_ID);
  assert.equal(header("references"), REFERENCES);
  assert.equal(header("bcc"), undefined);
  assert.equal(root.type, "multipart/mixed");
  assert.deepEqual(receipt.aliases, ["mg-1@veloce.example"]);
});

Deno.test("mailgun sends by the domain of the settings when there is one", async () => {
  const { request } = await sendOne("mailgun", Response.json({ id: "<x@y>" }), {
    domain: "mg.veloce.example",
  });

  assert.equal(request.path, "/v3/mg.veloce.example/messages.mime");
});

Deno.test("amazon gets the whole mail in a signed request, and its Message-ID is known", async () => {
  const { request, receipt } = await sendOne("ses", Response.json({ MessageId: "0100-abc" }), {
    region: "eu-west-1",
  });

  assert.equal(`${request.method} ${request.path}`, "POST /v2/email/outbound-emails");
  assert.match(
    request.headers.get("authorization") ?? "",
    /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/20260302\/eu-west-1\/ses\/aws4_request, SignedHeaders=content-type;host;x-amz-date, Signature=[0-9a-f]{64}$/,
  );
  const { Destination, Content } = jsonOf(request) as {
    Destination: unknown;
    Content: { Raw: { Data: string } };
  };
  assert.deepEqual(Destination, {
    ToAddresses: ["ana@posta.example"],
    CcAddresses: ["max@posta.example"],
    BccAddresses: ["boss@veloce.example"],
  });
  const { header } = mimeOf(Uint8Array.from(Buffer.from(Content.Raw.Data, "base64")));
  assert.equal(header("in-reply-to"), "<one@posta.example>");
  assert.equal(header("bcc"), undefined);
  assert.deepEqual(receipt.aliases, ["0100-abc", "0100-abc@eu-west-1.amazonses.com"]);
});

Deno.test("a header that would end its line is put into one", async () => {
  await using server = openProvider(() => Response.json({ ErrorCode: 0, MessageID: "1" }));
  const email = { ...REPLY.email!, subject: "a\r\nBcc: x@y.example" };
  const part = { ...REPLY, email, authorName: "N\r\nX-Evil: 1" };

  const sent = await sendBy(apiChannel("postmark", server.baseUrl), { part });

  assert.ok(sent.ok);
  const { Subject, From } = jsonOf(server.received[0]!) as Record<string, string>;
  assert.equal(Subject, "a Bcc: x@y.example");
  assert.equal(From, '"N X-Evil: 1 (Veloce)" <support@veloce.example>');
});
