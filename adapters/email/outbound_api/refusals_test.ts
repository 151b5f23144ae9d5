import assert from "node:assert/strict";
import type { OutboundPart, SendError } from "../../../core/channel/mod.ts";
import { RECEIVED_AT } from "../fake_channel.ts";
import type { ApiProviderName } from "./api_provider.ts";
import { apiChannel, KEYS, openProvider, REPLY, sendBy } from "./fixtures/fake_provider.ts";

const ALL: readonly ApiProviderName[] = ["postmark", "mailgun", "sendgrid", "ses", "resend"];

async function refusedWith(provider: ApiProviderName, answer: Response): Promise<SendError> {
  await using server = openProvider(() => answer);
  const sent = await sendBy(apiChannel(provider, server.baseUrl));
  assert.ok(!sent.ok, `${provider} took it`);
  return sent.error;
}

const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  Response.json(body, { status, headers });

for (const provider of ALL) {
  Deno.test(`${provider}: each HTTP status has its meaning`, async () => {
    const expected: readonly [status: number, code: SendError["code"]][] = [
      [400, "rejected"],
      [401, "unauthorized"],
      [402, "permission"],
      [404, "config"],
      [408, "unavailable"],
      [413, "too_large"],
      [422, "rejected"],
      [429, "rate_limited"],
      [500, "unavailable"],
      [502, "unavailable"],
      [503, "unavailable"],
    ];
    for (const [status, code] of expected) {
      assert.equal((await refusedWith(provider, json(status, {}))).code, code, `${status}`);
    }
    const forbidden = await refusedWith(provider, json(403, {}));
    assert.ok(["unauthorized", "permission"].includes(forbidden.code));
    const moved = new Response(null, { status: 302, headers: { location: "http://127.0.0.1:1/" } });
    assert.equal((await refusedWith(provider, moved)).code, "config");
  });

  Deno.test(`${provider}: a page in place of an answer is not the service`, async () => {
    const html = { "content-type": "text/html; charset=utf-8" };
    for (const status of [200, 403, 404, 502]) {
      const answer = new Response("<html>Sign in</html>", { status, headers: html });
      assert.equal((await refusedWith(provider, answer)).code, "unavailable", `${status}`);
    }
  });

  Deno.test(`${provider}: waits as long as it is told, in seconds or until a date`, async () => {
    const told = async (header: string) => {
      const error = await refusedWith(provider, json(429, {}, { "retry-after": header }));
      return error.code === "rate_limited" ? [error.retryAfterMs, error.scope] : error;
    };

    assert.deepEqual(await told("17"), [17_000, "channel"]);
    const date = new Date(RECEIVED_AT + 90_000).toUTCString();
    assert.deepEqual(await told(date), [90_000, "channel"]);
    assert.deepEqual(await told("soon"), [60_000, "channel"]);
    assert.deepEqual(await told("99999999"), [60_000, "channel"]);
  });

  Deno.test(`${provider}: no key gets into an error`, async () => {
    const key = KEYS[provider];
    const words = `Bad key ${key} and ${key.split(":").at(-1)}`;
    const error = await refusedWith(
      provider,
      json(400, {
        ErrorCode: 300,
        Message: words,
        message: words,
        name: "validation_error",
        errors: [{ message: words }],
      }),
    );

    assert.equal(error.code, "rejected");
    assert.match(error.provider ?? "", /Bad key … and …/);
  });

  Deno.test(`${provider}: a closed port is not reached, a lost connection may have sent`, async () => {
    const listener = Deno.listen({ port: 0, hostname: "127.0.0.1" });
    const { port } = listener.addr;
    const channel = apiChannel(provider, `http://127.0.0.1:${port}`);
    const serving = (async () => {
      const connection = await listener.accept();
      await connection.read(new Uint8Array(1_024));
      connection.close();
    })();
    const lost = await sendBy(channel);
    await serving;
    listener.close();
    // An address nobody listens on: the port just closed may be another test's by now.
    const closed = await sendBy(apiChannel(provider, `http://127.0.0.3:${port}`));

    assert.ok(!lost.ok && !closed.ok);
    // One that recognises a mail it had can be asked again without a person.
    assert.equal(lost.error.code, provider === "resend" ? "unavailable" : "ambiguous");
    assert.equal(closed.error.code, "unavailable");
  });
}

Deno.test("what a provider's own codes mean", async () => {
  const expected: readonly [ApiProviderName, Response, SendError["code"]][] = [
    ["postmark", json(422, { ErrorCode: 406, Message: "Inactive" }), "recipient_unreachable"],
    ["postmark", json(200, { ErrorCode: 406, Message: "Inactive" }), "recipient_unreachable"],
    ["postmark", json(422, { ErrorCode: 400, Message: "Sender" }), "permission"],
    ["postmark", json(422, { ErrorCode: 10, Message: "Token" }), "unauthorized"],
    ["postmark", json(422, { ErrorCode: 300, Message: "Invalid" }), "rejected"],
    ["postmark", json(422, { ErrorCode: 429, Message: "Slow" }), "rate_limited"],
    ["mailgun", new Response("Forbidden", { status: 401 }), "unauthorized"],
    ["mailgun", json(400, { message: "Sandbox subdomains are for test purposes" }), "permission"],
    ["mailgun", json(400, { message: "to parameter is not valid" }), "rejected"],
    ["sendgrid", json(403, { errors: [{ message: "no verified Sender" }] }), "permission"],
    ["ses", json(400, { message: "Email address is not verified." }), "permission"],
    [
      "ses",
      json(400, { message: "rejected" }, { "x-amzn-errortype": "MessageRejected:http://x" }),
      "policy_blocked",
    ],
    ["ses", json(403, { message: "bad", __type: "SignatureDoesNotMatch" }), "unauthorized"],
    ["ses", json(403, { __type: "com.amazon#AccessDeniedException" }), "permission"],
    ["ses", json(400, { message: "Daily message quota exceeded." }), "rate_limited"],
    ["resend", json(403, { name: "invalid_api_key", message: "no" }), "unauthorized"],
    ["resend", json(403, { message: "The x.example domain is not verified" }), "permission"],
    ["resend", json(429, { name: "daily_quota_exceeded" }), "rate_limited"],
    ["resend", json(409, { name: "invalid_idempotent_request" }), "ambiguous"],
    ["resend", json(409, { name: "concurrent_idempotent_requests" }), "rate_limited"],
  ];
  for (const [provider, answer, code] of expected) {
    const error = await refusedWith(provider, answer);
    assert.equal(error.code, code, `${provider} ${JSON.stringify(error)}`);
  }
});

Deno.test("a success that is cut off or says nothing may have sent; nothing retries it by itself", async () => {
  for (const body of ['{"ErrorCode":0,"Messa', "", "[]", "null"]) {
    const answer = new Response(body, { headers: { "content-type": "application/json" } });
    assert.equal((await refusedWith("postmark", answer)).code, "ambiguous", body);
  }
});

Deno.test("an abort during a call may have sent, one before it has not", async () => {
  const aborter = new AbortController();
  await using server = openProvider(() => {
    aborter.abort();
    return new Response(new ReadableStream({ start() {} }));
  });
  const channel = apiChannel("postmark", server.baseUrl);

  const during = await sendBy(channel, { signal: aborter.signal });
  const before = await sendBy(channel, { signal: aborter.signal });

  assert.ok(!during.ok && !before.ok);
  assert.equal(during.error.code, "ambiguous");
  assert.equal(before.error.code, "unavailable");
  assert.equal(server.received.length, 1);
});

Deno.test("limits are kept before anything is sent", async () => {
  await using server = openProvider(() => json(200, {}));
  const channel = apiChannel("postmark", server.baseUrl);
  const bytes = new Uint8Array(8_000_000);
  const large = {
    ...REPLY,
    attachments: [{
      id: "f",
      name: "f",
      type: "a/b",
      size: bytes.length,
      bytes: () => Promise.resolve(bytes),
      publicUrl: () => Promise.resolve(null),
    }],
  };
  const cc = Array.from({ length: 50 }, (_, i) => ({ name: "", address: `p${i}@x.example` }));
  const many = { ...REPLY, email: { ...REPLY.email!, cc } };

  const [tooLarge, tooMany] = [
    await sendBy(channel, { part: large }),
    await sendBy(channel, { part: many }),
  ];

  assert.ok(!tooLarge.ok && tooLarge.error.code === "too_large");
  assert.ok(!tooMany.ok && tooMany.error.code === "rejected" && tooMany.error.field === "to");
  assert.equal(server.received.length, 0);
});

/** The reply, to these addresses alone. */
function replyTo(first: string, ...cc: readonly string[]): OutboundPart {
  const named = (addresses: readonly string[]) =>
    addresses.map((address) => ({ name: "", address }));
  const email = { subject: "", inReplyTo: null, references: [], bcc: [] };
  return { ...REPLY, email: { ...email, to: named([first]), cc: named(cc) } };
}

Deno.test("postmark's refusal of an inactive address marks it, when it is the only one or named", async () => {
  const marked = async (part: OutboundPart, code: number, words: string) => {
    await using server = openProvider(() => json(422, { ErrorCode: code, Message: words }));
    const sent = await sendBy(apiChannel("postmark", server.baseUrl), { part });
    assert.ok(!sent.ok);
    return (sent.error.refused ?? []).filter(({ isAddressBad }) => isAddressBad)
      .map(({ address }) => address);
  };

  assert.deepEqual(await marked(replyTo("a@x.example"), 406, "inactive"), ["a@x.example"]);
  const two = replyTo("a@x.example", "b@x.example");
  assert.deepEqual(await marked(two, 406, "Inactive: <B@x.example>, ab@x.example"), [
    "b@x.example",
  ]);
  assert.deepEqual(await marked(two, 406, "inactive"), []);
  assert.deepEqual(await marked(replyTo("a@x.example"), 300, "inactive a@x.example"), []);
});

Deno.test("postmark sends to those that are active, and names the others", async () => {
  const Message = "Message OK, but will not deliver to these inactive addresses: Gone@x.example.";
  await using server = openProvider(() => json(200, { ErrorCode: 0, Message, MessageID: "pm-1" }));
  const part = replyTo("here@x.example", "gone@x.example");

  const sent = await sendBy(apiChannel("postmark", server.baseUrl), { part });

  assert.ok(sent.ok);
  assert.deepEqual(sent.value.refused?.map(({ address }) => address), ["gone@x.example"]);
});
