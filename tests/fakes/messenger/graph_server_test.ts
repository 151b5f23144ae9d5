import assert from "node:assert/strict";
import { TEST_NOW } from "../ports.ts";
import { errorBody, GRAPH_ERRORS } from "./graph_errors.ts";
import type { GraphPage } from "./graph_page.ts";
import { type GraphServer, openGraphServer } from "./graph_server.ts";
import { appSecretProof, signDelivery } from "./sign_delivery.ts";

const HOUR_MS = 3_600_000;

interface World extends AsyncDisposable {
  readonly graph: GraphServer;
  readonly page: GraphPage;
  /** Bodies that came to the webhook, and whether they were signed. */
  readonly received: { readonly body: string; readonly isSigned: boolean }[];
  readonly hook: string;
  status: number;
}

function open(): World {
  const graph = openGraphServer({ now: () => TEST_NOW });
  const page = graph.addPage("Veloce", "100");
  const received: World["received"] = [];
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, async (request) => {
    const url = new URL(request.url);
    if (request.method === "GET") return new Response(url.searchParams.get("hub.challenge"));
    const body = await request.text();
    const isSigned = request.headers.get("x-hub-signature-256") ===
      signDelivery(graph.appSecret, body);
    received.push({ body, isSigned });
    return new Response(null, { status: world.status });
  });
  const world: World = {
    graph,
    page,
    received,
    hook: `http://127.0.0.1:${server.addr.port}/`,
    status: 200,
    async [Symbol.asyncDispose]() {
      await server.shutdown();
      await graph[Symbol.asyncDispose]();
    },
  };
  return world;
}

async function call({ graph, page }: World, path: string, init: RequestInit = {}) {
  const response = await fetch(`${graph.url}/v25.0/${path}`, {
    ...init,
    headers: { "Authorization": `Bearer ${page.token}`, ...init.headers },
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, json: JSON.parse(text) };
}

async function post(world: World, body: unknown) {
  const headers = { "Content-Type": "application/json" };
  return await call(world, `${world.page.id}/messages`, {
    method: "POST",
    headers,
    body: JSON.stringify(body),
  });
}

function reply(psid: string, more: Record<string, unknown> = {}) {
  return { recipient: { id: psid }, messaging_type: "RESPONSE", message: { text: "Hi" }, ...more };
}

Deno.test("the stand-in delivers what its people do, signed, to a subscribed app only", async () => {
  await using world = open();
  const { graph, page, hook, received } = world;
  const ana = page.addPerson({ firstName: "Ana" });
  ana.writes("nobody hears this");
  page.subscribe();

  const mid = ana.writes("äöå");
  ana.taps("Start", "GET_STARTED");
  const delivered = await graph.deliver(hook, { batch: 10, times: 2 });

  assert.deepEqual(delivered.map(({ status }) => status), [200, 200]);
  assert.ok(received.every(({ isSigned }) => isSigned));
  const { object, entry } = JSON.parse(received[0]?.body ?? "");
  assert.equal(object, "page");
  assert.equal(entry[0].messaging[0].message.mid, mid);
  assert.equal(entry[0].messaging[1].postback.payload, "GET_STARTED");
});

Deno.test("the stand-in keeps what was not taken, and delivers out of order when asked", async () => {
  await using world = open();
  const { graph, page, hook, received } = world;
  page.subscribe();
  const ana = page.addPerson({ firstName: "Ana" });
  ["1", "2", "3"].forEach((text) => ana.writes(text));
  world.status = 500;
  await graph.deliver(hook);
  world.status = 200;
  received.length = 0;

  await graph.deliver(hook, { order: "reversed" });

  const texts = received.map(({ body }) => JSON.parse(body).entry[0].messaging[0].message.text);
  assert.deepEqual(texts, ["3", "2", "1"]);
  assert.equal(graph.queue.length, 0);
});

Deno.test("the stand-in asks a webhook whether it is ours", async () => {
  await using world = open();

  const { status, text, challenge } = await world.graph.verifyHook(world.hook);

  assert.equal(status, 200);
  assert.equal(text, challenge);
});

Deno.test("the stand-in sends within the window, and echoes", async () => {
  await using world = open();
  const { graph, page } = world;
  page.subscribe(["message_echoes"]);
  const ana = page.addPerson({ firstName: "Ana" });
  ana.wasSilentFor(24 * HOUR_MS);

  const { status, json } = await post(world, {
    ...reply(ana.psid),
    message: { text: "Hi", metadata: "msg_1", quick_replies: [quickReply("Yes")] },
  });

  assert.equal(status, 200);
  assert.equal(json.recipient_id, ana.psid);
  const echo = JSON.stringify(graph.queue[0]?.event);
  assert.ok(echo.includes(`"mid":"${json.message_id}"`) && echo.includes('"metadata":"msg_1"'));
  assert.ok(echo.includes(`"app_id":${graph.appId}`));
});

function quickReply(title: string) {
  return { content_type: "text", title, payload: title };
}

Deno.test("the stand-in takes a file, gives it back at a link that expires, and a new one for it", async () => {
  await using world = open();
  const { graph, page } = world;
  const ana = page.addPerson({ firstName: "Ana" });
  ana.wasSilentFor(0);
  const form = new FormData();
  form.set("recipient", JSON.stringify({ id: ana.psid }));
  form.set("messaging_type", "RESPONSE");
  form.set("message", JSON.stringify({ attachment: { type: "image", payload: {} } }));
  form.set("filedata", new Blob(["pixels"], { type: "image/png" }), "bike.png");

  const sent = await call(world, "me/messages", { method: "POST", body: form });
  const link = async () => {
    const { json } = await call(world, `${sent.json.message_id}?fields=attachments`);
    return json.attachments.data[0].image_data.url;
  };
  const old = await link();
  graph.expireLinks();

  assert.equal(sent.status, 200);
  const response = await fetch(old);
  assert.equal(response.status, 403);
  await response.body?.cancel();
  assert.equal(await (await fetch(await link())).text(), "pixels");
});

const refused: readonly [name: string, code: number, subcode: number | undefined, body: unknown][] =
  [
    ["nobody it knows", 100, 2018001, reply("1")],
    ["no messaging_type", 100, undefined, reply("200", { messaging_type: undefined })],
    ["a text of 2,001", 100, undefined, reply("200", { message: { text: "x".repeat(2_001) } })],
    ["an empty message", 100, undefined, reply("200", { message: {} })],
    [
      "fourteen quick replies",
      100,
      undefined,
      reply("200", { message: { text: "?", quick_replies: Array(14).fill(quickReply("a")) } }),
    ],
    ["a dead tag", 100, undefined, reply("200", tag("ACCOUNT_UPDATE"))],
    ["a tag it was not given", 10, undefined, reply("200", tag("HUMAN_AGENT"))],
    ["the window", 10, 2018278, reply("300")],
    ["somebody who blocked the Page", 551, undefined, reply("400")],
  ];
function tag(name: string) {
  return { messaging_type: "MESSAGE_TAG", tag: name };
}
for (const [name, code, subcode, body] of refused) {
  Deno.test(`the stand-in refuses ${name}`, async () => {
    await using world = open();
    const { page } = world;
    page.addPerson({ firstName: "Ana", psid: "200" }).wasSilentFor(HOUR_MS);
    page.addPerson({ firstName: "Ben", psid: "300" }).wasSilentFor(24 * HOUR_MS + 1);
    const cleo = page.addPerson({ firstName: "Cleo", psid: "400" });
    cleo.wasSilentFor(0);
    cleo.blocks();

    const { status, json } = await post(world, body);

    assert.ok(status >= 400);
    assert.equal(json.error.code, code);
    assert.equal(json.error.error_subcode, subcode);
    assert.equal(page.messages.length, 0);
  });
}

Deno.test("the stand-in lets a person of the team answer for seven days, once that is approved", async () => {
  await using world = open();
  world.page.state.humanAgentApproved = true;
  const ana = world.page.addPerson({ firstName: "Ana", psid: "200" });

  ana.wasSilentFor(7 * 24 * HOUR_MS);
  const inTime = await post(world, reply("200", tag("HUMAN_AGENT")));
  ana.wasSilentFor(7 * 24 * HOUR_MS + 1);
  const tooLate = await post(world, reply("200", tag("HUMAN_AGENT")));

  assert.equal(inTime.status, 200);
  assert.equal(tooLate.json.error.error_subcode, 2018278);
});

Deno.test("the stand-in wants a right token, and a proof of it where the app says so", async () => {
  await using world = open();
  const { graph, page } = world;
  const wrong = await call(world, "me", { headers: { "Authorization": "Bearer EAAOTHER" } });
  graph.requireProof();
  const bare = await call(world, "me");
  const proven = await call(
    world,
    `me?appsecret_proof=${appSecretProof(graph.appSecret, page.token)}`,
  );
  page.state.tokenProblem = 463;
  graph.requireProof(false);
  const expired = await call(world, "me");

  assert.equal(wrong.json.error.code, 190);
  assert.equal(bare.json.error.code, 100);
  assert.equal(proven.json.id, "100");
  assert.equal(expired.json.error.error_subcode, 463);
});

Deno.test("the stand-in tells of its subscription, its token and who is the primary receiver", async () => {
  await using world = open();
  const { graph, page } = world;
  const before = await call(world, "100/subscribed_apps");
  await call(world, "100/subscribed_apps?subscribed_fields=messages,standby", { method: "POST" });
  const after = await call(world, "100/subscribed_apps");
  const debug = await call(world, `debug_token?input_token=${page.token}`, {
    headers: { "Authorization": `Bearer ${graph.appId}|${graph.appSecret}` },
  });
  const first = await call(world, "100/secondary_receivers");
  page.setPrimary("99");
  const second = await call(world, "100/secondary_receivers");

  assert.deepEqual(before.json.data, []);
  assert.deepEqual(after.json.data[0].subscribed_fields, ["messages", "standby"]);
  assert.equal(debug.json.data.is_valid, true);
  assert.ok(debug.json.data.scopes.includes("pages_messaging"));
  assert.equal(first.status, 200);
  assert.equal(second.json.error.code, 10);
});

Deno.test("the stand-in tells of messages as standby while another app is the primary receiver", async () => {
  await using world = open();
  const { graph, page, hook, received } = world;
  page.subscribe();
  const ana = page.addPerson({ firstName: "Ana" });
  page.setPrimary("99");
  ana.writes("Hello bot");

  await graph.deliver(hook, { batch: 10 });

  const { entry } = JSON.parse(received[0]?.body ?? "");
  assert.deepEqual(entry[0].messaging[0].app_roles, { 99: ["primary_receiver"] });
  assert.equal(entry[1].standby[0].message.text, "Hello bot");
});

Deno.test("the stand-in hears only people with a role on an app in development", async () => {
  await using world = open();
  const { graph, page } = world;
  page.subscribe();
  graph.setDevelopment(true);

  page.addPerson({ firstName: "Ana" }).writes("Hello");
  page.addPerson({ firstName: "Ben", isTester: true }).writes("Hello");

  assert.equal(graph.queue.length, 1);
});

for (const error of GRAPH_ERRORS) {
  Deno.test(`the stand-in can answer: ${error.name}`, async () => {
    await using world = open();
    world.graph.failNext(error);

    const { status, json, headers } = await post(world, reply("200"));

    assert.equal(status, error.status);
    assert.deepEqual(json, JSON.parse(errorBody(error)));
    assert.ok(headers.get("x-app-usage"));
  });
}

Deno.test("the stand-in can send and lose its answer", async () => {
  await using world = open();
  const ana = world.page.addPerson({ firstName: "Ana" });
  ana.wasSilentFor(0);
  world.graph.failNext("lost_answer");

  await assert.rejects(() => post(world, reply(ana.psid)));

  assert.equal(world.page.messages.length, 1);
});
