import assert from "node:assert/strict";
import { fastestMs } from "../../tests/fakes/fastest_ms.ts";
import { openFakePage } from "../../tests/fakes/messenger/fake_page.ts";
import { graphError } from "../../tests/fakes/messenger/graph_errors.ts";
import { MessengerConfig } from "./config.ts";
import { messenger } from "./mod.ts";

async function textOf(stream: ReadableStream<Uint8Array>): Promise<string> {
  return await new Response(stream).text();
}

/** A message of Ana's with a picture; the reference to it, as an event names it. */
async function withPicture(test: ReturnType<typeof openFakePage>) {
  const { page, graph, channel, io } = test;
  page.subscribe();
  const ana = page.addPerson({ firstName: "Ana", lastName: "Moreau", psid: "200" });
  const bytes = new TextEncoder().encode("pixels");
  const mid = ana.writes(null, {
    files: [{ kind: "image", type: "image/png", name: "chain.png", bytes }],
  });
  const [event] = graph.queue;
  const body = new TextEncoder().encode(JSON.stringify({
    object: "page",
    entry: [{ id: page.id, time: 1, messaging: [event?.event] }],
  }));
  const delivery = { contentType: "application/json", headers: {}, body, receivedAt: io.now() };
  const [message] = await messenger.webhook?.parse(delivery, channel, io) ?? [];
  assert.ok(message?.type === "message" && message.externalId === mid);
  const [part] = message.parts;
  assert.ok(part?.kind === "media" && part.ref !== undefined);
  return part.ref;
}

Deno.test("media.fetch() opens a customer's file", async () => {
  await using test = openFakePage();
  const ref = await withPicture(test);

  const got = await messenger.media?.fetch(ref, test.channel, test.io);

  assert.ok(got?.ok);
  assert.equal(got.value.type, "image/png");
  assert.equal(await textOf(got.value.stream), "pixels");
});

Deno.test("media.fetch() asks for a new link when the old one is over", async () => {
  await using test = openFakePage();
  const ref = await withPicture(test);
  test.graph.expireLinks();

  const got = await messenger.media?.fetch(ref, test.channel, test.io);

  assert.ok(got?.ok, JSON.stringify(got));
  assert.equal(await textOf(got.value.stream), "pixels");
});

Deno.test("media.fetch() says that a file is gone, that Meta is not there, or that the reference is none", async () => {
  await using test = openFakePage();
  const ref = await withPicture(test);
  const { graph, channel, io } = test;
  const errorOf = async (given: string) => {
    const got = await messenger.media?.fetch(given, channel, io);
    return got === undefined || got.ok ? null : got.error.code;
  };
  graph.expireLinks();

  graph.failNext(graphError("invalid parameter"));
  const gone = await errorOf(ref);
  graph.failNext(graphError("temporary"));
  const later = await errorOf(ref);
  const limited = (graph.failNext(graphError("page limit")), await errorOf(ref));
  const ended = (graph.failNext(graphError("token expired")), await errorOf(ref));

  assert.deepEqual([gone, later, limited, ended], [
    "expired",
    "unavailable",
    "rate_limited",
    "unauthorized",
  ]);
  for (const junk of ["", "x", "{}", '{"url":"file:///etc/passwd","mid":"m","index":0}']) {
    assert.equal(await errorOf(junk), "rejected", junk);
  }
});

function ana(test: ReturnType<typeof openFakePage>) {
  test.page.addPerson({ firstName: "Ana", lastName: "Moreau", psid: "200" });
  return { kind: "psid", value: `${test.page.id}:200` };
}

Deno.test("profile.fetch() gives name and picture", async () => {
  await using test = openFakePage();

  const got = await messenger.profile?.fetch(ana(test), test.channel, test.io);

  assert.ok(got?.ok);
  assert.equal(got.value.name, "Ana Moreau");
  assert.match(got.value.avatarUrl ?? "", /^https:/);
});

Deno.test("profile.fetch() finds the name by the conversation where profiles are not allowed", async () => {
  await using test = openFakePage();
  test.page.state.permissions = ["pages_messaging"];

  const got = await messenger.profile?.fetch(ana(test), test.channel, test.io);

  assert.deepEqual(got, { ok: true, value: { name: "Ana Moreau" } });
});

Deno.test("profile.fetch() tells what passes from what does not", async () => {
  await using test = openFakePage();
  const identity = ana(test);
  const { graph, channel, io } = test;
  const look = (one = identity) => messenger.profile?.fetch(one, channel, io);

  graph.failNext(graphError("temporary"));
  const later = await look();
  graph.failNext(graphError("no permission"), graphError("no permission"));
  const never = await look();
  const other = await look({ kind: "psid", value: "999:200" });

  assert.ok(later && !later.ok && later.error.code === "unavailable");
  assert.ok(never && !never.ok && never.error.code === "refused");
  assert.ok(other && !other.ok && other.error.code === "refused");
});

Deno.test("typing.show() and receipts.markRead() are seen by the customer, each alone", async () => {
  await using test = openFakePage();
  const { page, channel, io, part } = test;
  ana(test);
  const { recipient } = part("200");

  const typing = await messenger.typing?.show(recipient, channel, io);
  const read = await messenger.receipts?.markRead(
    recipient,
    { externalId: "m_1", at: 1 },
    channel,
    io,
  );

  assert.deepEqual([typing, read], [{ ok: true, value: null }, { ok: true, value: null }]);
  assert.deepEqual(page.actions, ["typing_on 200", "mark_seen 200"]);
});

Deno.test("capabilitiesOf() lets people answer for seven days once Meta approved it", () => {
  const of = (humanAgentApproved?: boolean) =>
    messenger.capabilitiesOf?.(
      MessengerConfig.parse({ pageId: "1", pageAccessToken: "x", humanAgentApproved }),
    ).window;

  assert.deepEqual(of(), { openMs: 86_400_000 });
  assert.deepEqual(of(false), { openMs: 86_400_000 });
  assert.deepEqual(of(true), { openMs: 86_400_000, humanMs: 604_800_000 });
});

Deno.test("shared.split() names each Page of a delivery once, and none of junk", () => {
  const split = (body: string) =>
    messenger.shared?.split({
      contentType: "application/json",
      headers: {},
      body: new TextEncoder().encode(body),
      receivedAt: 0,
    });

  assert.deepEqual(
    split('{"object":"page","entry":[{"id":"1"},{"id":"2","messaging":[{},{}]},{"id":"1"}]}'),
    ["1", "2"],
  );
  for (const junk of ["", "null", "[]", '{"object":"instagram","entry":[{"id":"1"}]}', "\u0000"]) {
    assert.deepEqual(split(junk), []);
  }
});

Deno.test("directLinks() lead to the Page, with the name of each reply", () => {
  const config = MessengerConfig.parse({
    pageId: "100",
    pageAccessToken: "x",
    instantReplies: [{ ref: "spring", text: "Hello spring" }],
  });

  assert.deepEqual(messenger.directLinks?.(config), [
    { ref: null, url: "https://m.me/100" },
    { ref: "spring", url: "https://m.me/100?ref=spring" },
  ]);
});

Deno.test("webhook.parse() reads a batch of a thousand messages in less than 50 ms", async () => {
  await using test = openFakePage();
  const { page, channel, io } = test;
  const messaging = Array.from({ length: 1_000 }, (_, i) => ({
    sender: { id: `2400000000000${i % 50}` },
    recipient: { id: page.id },
    timestamp: io.now() + i,
    message: { mid: `m_${"x".repeat(120)}${i}`, text: `My bike is broken, again: ${i}` },
  }));
  const entry = [{ id: page.id, time: io.now(), messaging }];
  const body = new TextEncoder().encode(JSON.stringify({ object: "page", entry }));
  const delivery = { contentType: "application/json", headers: {}, body, receivedAt: io.now() };
  const parse = async () => await messenger.webhook?.parse(delivery, channel, io) ?? [];

  const events = await parse();
  const took = await fastestMs(parse, 50, 12);

  assert.equal(events.filter(({ type }) => type === "message").length, 1_000);
  assert.ok(took < 50, `it takes ${took.toFixed(1)} ms`);
});
