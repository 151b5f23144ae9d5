import assert from "node:assert/strict";
import {
  Capabilities,
  type OutboundPart,
  signParley,
  verifyParley,
} from "../../core/channel/mod.ts";
import { createSubject, type Subject } from "../../tests/conformance/check.ts";
import { KIT_NOW, kitIo } from "../../tests/conformance/kit_io.ts";
import { openProviderServer, type Script } from "../../tests/conformance/provider_server.ts";
import { openTestInbox, type TestInbox } from "../../tests/fakes/test_inbox.ts";
import { apiCapabilities, ApiConfig } from "./config.ts";
import { fixture } from "./conformance.ts";
import { api } from "./mod.ts";

const SECRETS = ["a secret that is used now", "a secret that was used before"] as const;
const CONFIG = {
  url: "https://program.example/parley",
  secret: SECRETS[0],
  previousSecret: SECRETS[1],
};
const ROOT = { type: "token", id: "tok_root", name: "Root", role: "owner" } as const;
const OK: Script = { status: 200, body: "{}" };
const PART: OutboundPart = {
  outboxId: "msg_1",
  conversationId: "cnv_1",
  conversationNumber: 7,
  createdAt: KIT_NOW,
  index: 0,
  recipient: { contactId: "con_1", name: "Ana", identities: [{ kind: "external", value: "u1" }] },
  authorName: "Nora Visser",
  text: "Ready!",
  attachments: [],
};

function subjectWith(config: object): Subject {
  return createSubject(api, { ...fixture, config: { ...CONFIG, ...config } });
}

async function call(
  config: object,
  script: Script,
  use: (
    channel: { config: ApiConfig; id: string; name: string },
    io: ReturnType<typeof kitIo>["io"],
  ) => Promise<unknown>,
) {
  const subject = subjectWith(config);
  await using server = openProviderServer(() => script);
  const { io } = kitIo(subject, { origin: server.origin });
  const channel = { ...subject.channel, config: ApiConfig.parse(subject.channel.config) };
  return { result: await use(channel, io), requests: server.requests };
}

async function addChannel(
  { core, inboxId }: TestInbox,
  config: Readonly<Record<string, unknown>>,
): Promise<string> {
  const input = { type: "api", inboxId, name: "Bridge", config };
  const made = await core.channels.create(ROOT, input);
  assert.ok(made.ok);
  return made.value.id;
}

Deno.test("apiCapabilities() are what the settings say", () => {
  const plain = ApiConfig.parse(CONFIG);
  const rich = ApiConfig.parse({
    ...CONFIG,
    textMax: 160,
    textUnit: "gsm_segments",
    maxFiles: 0,
    quickReplies: 3,
    windowHours: 24,
    templatesUrl: "https://program.example/templates",
    takesTyping: true,
    dropsRepeated: false,
  });

  for (const config of [plain, rich]) {
    assert.deepEqual(Capabilities.parse(apiCapabilities(config)), apiCapabilities(config));
  }
  const { text, media, outbound, quickReplies, window, typing, idempotentSend } = apiCapabilities(
    rich,
  );
  assert.deepEqual([text.max, text.unit], [160, "gsm_segments"]);
  assert.deepEqual([media.maxCount, outbound], [0, ["text"]]);
  assert.deepEqual(quickReplies, { max: 3, titleMax: 20 });
  assert.deepEqual(window, { openMs: 86_400_000, templateAfter: true });
  assert.deepEqual([typing, idempotentSend], [true, false]);
  assert.equal(apiCapabilities(plain).window, null);
});

Deno.test("ApiConfig refuses what cannot work", () => {
  const wrong: readonly object[] = [
    { url: "program.example" },
    { url: "ftp://program.example/" },
    { url: "javascript:alert(1)" },
    { secret: "too short" },
    { fileTypes: ["pictures"] },
    { templatesUrl: "https://program.example/templates" },
    { colour: "red" },
  ];
  for (const config of wrong) {
    assert.equal(
      ApiConfig.safeParse({ ...CONFIG, ...config }).success,
      false,
      JSON.stringify(config),
    );
  }
});

Deno.test("api sends a message as it is, its files in base64, signed with both secrets", async () => {
  const file = {
    id: "att_1",
    name: "a.txt",
    type: "text/plain",
    size: 2,
    bytes: () => Promise.resolve(new TextEncoder().encode("hi")),
    publicUrl: () => Promise.resolve("https://parley.example/files/att_1"),
  };
  const part = { ...PART, replyTo: "m1", attachments: [file] };

  const { result, requests } = await call(
    {},
    { status: 202, body: '{"externalId":"p1","status":"delivered"}' },
    (channel, io) => api.send(part, channel, io),
  );

  assert.deepEqual(result, { ok: true, value: { externalId: "p1", status: "delivered" } });
  const [request] = requests;
  assert.ok(request);
  const { bytes: _, publicUrl: __, ...told } = file;
  assert.deepEqual(JSON.parse(request.body), {
    type: "message",
    ...PART,
    replyTo: "m1",
    attachments: [{ ...told, base64: "aGk=" }],
  });
  assert.equal(request.headers.get("parley-delivery"), "msg_1");
  const signature = request.headers.get("parley-signature");
  for (const secret of SECRETS) {
    const body = new TextEncoder().encode(request.body);
    assert.deepEqual(await verifyParley(signature, [secret], body, KIT_NOW), { ok: true });
  }
});

Deno.test("api says of a file that is gone that the message was not sent", async () => {
  const bytes = () => Promise.reject(new Error("its blob is missing"));
  const publicUrl = () => Promise.resolve(null);
  const attachments = [{ id: "att_1", name: "a", type: "text/plain", size: 2, bytes, publicUrl }];

  const { result, requests } = await call(
    { fileLinks: true },
    OK,
    (channel, io) => api.send({ ...PART, attachments }, channel, io),
  );

  assert.equal(requests.length, 0);
  assert.match(JSON.stringify(result), /"rejected"/);
});

Deno.test("api sends links to files where its program fetches them itself", async () => {
  const file = { id: "att_1", name: "a", type: "text/plain", size: 2 };
  const url = "https://parley.example/files/att_1";
  const publicUrl = () => Promise.resolve(url);
  const bytes = () => Promise.reject(new Error("nobody asks for them"));

  const { requests } = await call(
    { fileLinks: true },
    OK,
    (channel, io) =>
      api.send({ ...PART, attachments: [{ ...file, bytes, publicUrl }] }, channel, io),
  );

  assert.deepEqual(JSON.parse(requests[0]?.body ?? "").attachments, [{ ...file, url }]);
});

Deno.test("an API channel asks an agent about a lost answer only where a second message would be sent", async () => {
  for (const [dropsRepeated, status] of [[true, "queued"], [false, "ambiguous"]] as const) {
    await using inbox = await openTestInbox({
      adapters: [api],
      env: { PARLEY_ALLOW_PRIVATE_HOSTS: "1" },
      fetch: () => Promise.reject(new Error("the connection was lost")),
    });
    const channelId = await addChannel(inbox, { ...CONFIG, dropsRepeated });
    const [message] = JSON.parse(fixture.webhook?.deliveries[0]?.body ?? "").events;
    const stored = await inbox.core.inbound.ingest(channelId, message);
    assert.ok(stored?.kind === "stored");

    await inbox.reply(stored.conversationId, "Ready!");
    await inbox.runJobs();

    const [, reply] = await inbox.thread(stored.conversationId);
    assert.equal(reply?.status, status, JSON.stringify(reply?.error));
  }
});

Deno.test("api takes a receipt without an id, and none at all, for a message that was sent", async () => {
  const sent = { ok: true, value: { externalId: null, status: "sent" } };
  for (
    const [status, body] of [[200, "{}"], [204, ""], [
      200,
      '{"externalId":7,"status":"x"}',
    ]] as const
  ) {
    const { result } = await call(
      {},
      { status, body },
      (channel, io) => api.send(PART, channel, io),
    );
    assert.deepEqual(result, sent, body);
  }
});

Deno.test("api keeps the waiting time of a program within hours", async () => {
  const body = '{"error":{"code":"rate_limited","retryAfterMs":1e12}}';

  const { result } = await call(
    {},
    { status: 429, body },
    (channel, io) => api.send(PART, channel, io),
  );

  assert.match(JSON.stringify(result), /"retryAfterMs":21600000/);
});

Deno.test("api lists templates where its settings say where they are", async () => {
  const list = [{ name: "ready", language: "en", body: "Hi {{1}}, it is ready.", values: 1 }];
  const settings = { windowHours: 24, templatesUrl: "https://program.example/templates?a=1" };
  const ask = (config: object, script: Script) =>
    call(config, script, async (channel, io) => await api.templates?.list(channel, io));

  const none = await ask({}, OK);
  const some = await ask(settings, { status: 200, body: JSON.stringify({ templates: list }) });
  const broken = await ask(settings, { status: 200, body: '{"templates":[{}]}' });

  assert.deepEqual(none, { result: { ok: true, value: [] }, requests: [] });
  assert.deepEqual(some.result, { ok: true, value: list });
  assert.equal(`${some.requests[0]?.method} ${some.requests[0]?.path}`, "GET /templates?a=1");
  assert.match(JSON.stringify(broken.result), /"config"/);
});

Deno.test("api tells of typing and reading only a program that wants to know", async () => {
  const { recipient } = PART;
  const tell = (config: object) =>
    call(config, OK, async (channel, io) => [
      await api.typing?.show(recipient, channel, io),
      await api.receipts?.markRead(recipient, { externalId: "m1", at: KIT_NOW }, channel, io),
    ]);

  const quiet = await tell({});
  const told = await tell({ takesTyping: true, takesRead: true });

  assert.deepEqual([quiet.result, quiet.requests.length], [[
    { ok: true, value: null },
    { ok: true, value: null },
  ], 0]);
  assert.deepEqual(told.requests.map(({ body }) => JSON.parse(body)), [
    { type: "typing", recipient },
    { type: "read", recipient, upTo: { externalId: "m1", at: KIT_NOW } },
  ]);
});

Deno.test("api tells in its test what is wrong and what to do", async () => {
  const ask = {
    isWhole: false,
    hasArrived: () => Promise.resolve(false),
    wait: () => Promise.resolve(),
  };
  const stepOf = async (script: Script) => {
    const { result } = await call({}, script, async (channel, io) => {
      const news = await Array.fromAsync(api.setup?.test(channel, io, ask) ?? []);
      return news.flatMap((one) => one.kind === "ended" ? [one.step] : []);
    });
    return JSON.stringify(result);
  };

  assert.match(await stepOf(OK), /"ok":true.*program\.example answered/);
  assert.match(await stepOf({ status: 401, body: "" }), /"ok":false.*same secret/);
  assert.match(await stepOf({ status: 503, body: "" }), /"isPassing":true/);
  assert.match(await stepOf({ status: 404, body: "" }), /"ok":false.*not where/);
});

Deno.test("api takes a delivery once, whoever sends it again, and a bad event spoils no other", async () => {
  await using inbox = await openTestInbox({ adapters: [api] });
  const channelId = await addChannel(inbox, CONFIG);
  const at = inbox.ports.clock.now();
  const [first] = fixture.webhook?.deliveries ?? [];
  const events = [{ type: "moon_phase" }, ...JSON.parse(first?.body ?? "").events];
  const body = new TextEncoder().encode(JSON.stringify({ events }));
  const deliver = async (secret: string, madeAt = at) => {
    const signature = await signParley([secret], body, madeAt);
    const request = {
      method: "POST",
      url: new URL("https://parley.example/hooks/x"),
      headers: new Headers({ "content-type": "application/json", "parley-signature": signature }),
      body,
    };
    const { signal } = new AbortController();
    const received = await inbox.core.inbound.receive(channelId, request, signal);
    await inbox.runJobs();
    return received.ok ? received.value.isRepeated : received.error.code;
  };

  assert.equal(await deliver("somebody else's secret"), "refused");
  assert.equal(await deliver(SECRETS[0], at - 301_000), "refused");
  assert.equal(await deliver(SECRETS[0]), false);
  assert.equal(await deliver(SECRETS[0]), true);
  assert.equal(await deliver(SECRETS[1], at + 1_000), true);

  const listed = await inbox.core.conversations.list(ROOT, { sort: "newest" });
  assert.ok(listed.ok);
  assert.equal(listed.value.items.length, 2);
});

Deno.test("two API channels may use the same id for different people, and each hears its own ids only", async () => {
  const heard: string[] = [];
  await using inbox = await openTestInbox({
    adapters: [api],
    env: { PARLEY_ALLOW_PRIVATE_HOSTS: "1" },
    fetch: async (input, init) => {
      heard.push(await new Request(input, init).text());
      return Response.json({});
    },
  });
  const [message] = JSON.parse(fixture.webhook?.deliveries[0]?.body ?? "").events;
  const add = async (name: string) => {
    const event = { ...message, sender: { ...message.sender, name } };
    const stored = await inbox.core.inbound.ingest(await addChannel(inbox, CONFIG), event);
    assert.ok(stored?.kind === "stored");
    return await inbox.conversation(stored.conversationId);
  };

  const [first, second] = [await add("Ana"), await add("Ben")];
  await inbox.reply(second.id, "Hello Ben");
  await inbox.runJobs();

  assert.notEqual(first.contactId, second.contactId);
  const { recipient } = JSON.parse(heard[0] ?? "");
  assert.equal(recipient.name, "Ben");
  assert.deepEqual(recipient.identities, [{ kind: "external", value: "u1" }]);
});

Deno.test("api fetches files that its program names by their address", async () => {
  const asked: string[] = [];
  await using inbox = await openTestInbox({
    adapters: [api],
    env: { PARLEY_ALLOW_PRIVATE_HOSTS: "1" },
    fetch: (input) => {
      asked.push(String(input));
      const headers = { "content-type": "text/plain" };
      return Promise.resolve(new Response("Paid.", { headers }));
    },
  });
  const channelId = await addChannel(inbox, CONFIG);
  const [message] = JSON.parse(fixture.webhook?.deliveries[0]?.body ?? "").events;
  const ref = "https://files.example/receipt.txt?token=1";
  const parts = [{ kind: "media", name: "receipt.txt", type: "text/plain", ref }];

  const stored = await inbox.core.inbound.ingest(channelId, { ...message, parts });
  assert.ok(stored?.kind === "stored");
  await inbox.runJobs();

  const [received] = await inbox.thread(stored.conversationId);
  assert.deepEqual(asked, [ref]);
  const [file] = received?.attachments ?? [];
  assert.deepEqual([file?.name, file?.type, file?.size], ["receipt.txt", "text/plain", 5]);
});
