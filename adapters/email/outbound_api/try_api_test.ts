import assert from "node:assert/strict";
import type { SetupStep } from "../../../core/channel/mod.ts";
import { fakeIo } from "../fake_channel.ts";
import { createApiMailer } from "../system_mailer.ts";
import { testSetup } from "../setup/mod.ts";
import type { ApiProviderName } from "./api_provider.ts";
import { apiChannel, KEYS, openProvider } from "./fixtures/fake_provider.ts";

async function stepOf(
  provider: ApiProviderName,
  answer: Response,
): Promise<{ step: SetupStep | undefined; asked: string }> {
  await using server = openProvider(() => answer);
  const news = testSetup(apiChannel(provider, server.baseUrl), fakeIo({ fetch }), {
    isWhole: false,
    hasArrived: () => Promise.resolve(false),
    wait: () => Promise.resolve(),
  });
  const steps = (await Array.fromAsync(news)).flatMap((one) =>
    one.kind === "ended" ? [one.step] : []
  );
  const [request] = server.received;
  return { step: steps.at(-1), asked: `${request?.method} ${request?.path}` };
}

Deno.test("the test of a mailbox asks the service about its key and sends nothing", async () => {
  const asked: Record<string, string> = {};
  for (const provider of ["postmark", "mailgun", "sendgrid", "ses", "resend"] as const) {
    const good = await stepOf(provider, Response.json({}));
    asked[provider] = good.asked;
    assert.equal(good.step?.ok, true, JSON.stringify(good));
    const bad = await stepOf(provider, Response.json({ message: KEYS[provider] }, { status: 401 }));
    assert.equal(bad.step?.ok, false);
    assert.match(bad.step?.detail ?? "", /does not accept the key/);
    assert.equal(JSON.stringify(bad.step).includes(KEYS[provider]), false);
  }

  assert.deepEqual(asked, {
    postmark: "GET /server",
    mailgun: "GET /v3/domains/veloce.example",
    sendgrid: "GET /v3/scopes",
    ses: "GET /v2/email/account",
    resend: "GET /domains",
  });
});

Deno.test("a key of resend that may only send is a good one", async () => {
  const body = { name: "restricted_api_key", message: "only send emails" };

  const { step } = await stepOf("resend", Response.json(body, { status: 401 }));

  assert.equal(step?.ok, true);
});

Deno.test("createApiMailer() sends Parley's own mail, marked as written by a machine", async () => {
  await using server = openProvider(() => Response.json({ ErrorCode: 0, MessageID: "1" }));
  const { random, now, signal } = fakeIo();
  const mailer = createApiMailer({ provider: "postmark", key: "geheim-123", domain: null }, {
    from: "Parley <parley@veloce.example>",
    random,
    now,
    // The service's own address leads to this machine.
    fetch: (input, init) =>
      fetch(String(input).replace("https://api.postmarkapp.com", server.baseUrl), init),
  });

  await mailer({ to: "nora@veloce.example", subject: "Join", text: "Come in" }, signal);

  const [request] = server.received;
  const mail = JSON.parse(new TextDecoder().decode(request?.body));
  assert.equal(mail.To, "nora@veloce.example");
  assert.equal(mail.From, '"Parley" <parley@veloce.example>');
  const headers: { Name: string; Value: string }[] = mail.Headers;
  assert.ok(
    headers.some(({ Name, Value }) => Name === "Auto-Submitted" && Value === "auto-generated"),
  );
});

Deno.test("createApiMailer() throws without secrets when the mail is not taken", async () => {
  const { random, now, signal } = fakeIo();
  const refuse = () =>
    Promise.resolve(Response.json({ message: "Bad key geheim-123" }, { status: 401 }));
  const mailer = createApiMailer({ provider: "mailgun", key: "geheim-123", domain: "mg.example" }, {
    from: "parley@mg.example",
    random,
    now,
    fetch: refuse,
  });

  await assert.rejects(
    mailer({ to: "nora@veloce.example", subject: "Join", text: "Come in" }, signal),
    (error: Error) => /unauthorized/.test(error.message) && !/geheim/.test(String(error)),
  );
});
