import assert from "node:assert/strict";
import { valueOf } from "../../tests/fakes/access.ts";
import { pageDelivery, pageMessage, VERIFY_TOKEN } from "../../tests/fakes/paged_adapter.ts";
import { openPagedWorld, type PagedWorld, ROOT } from "../../tests/fakes/paged_world.ts";
import { type JournalRecord, keys } from "../store/mod.ts";

type Entries = Parameters<typeof pageDelivery>[0];

async function post(world: PagedWorld, entries: Entries): Promise<number> {
  const response = await world.fetch({ method: "POST", ...await pageDelivery(entries) });
  await response.body?.cancel();
  return response.status;
}

async function journals(world: PagedWorld): Promise<JournalRecord[]> {
  const all = await Array.fromAsync(world.inbox.store.list(keys.journals()));
  return all.map(({ value }) => value);
}

/** What customers wrote. */
async function textsOf(world: PagedWorld, channelId: string): Promise<(string | null)[]> {
  const messages = await world.messages(channelId);
  return messages.filter(({ kind }) => kind === "inbound").map(({ text }) => text ?? null);
}

Deno.test("an app's address gives each account's events to its channel alone, in order", async () => {
  await using world = await openPagedWorld();
  const [one, two] = world.channelIds;

  const status = await post(world, {
    "page-1": [
      pageMessage("m1", { text: "First" }),
      pageMessage("m2", { text: "Second" }),
      pageMessage("m3", { from: "201", text: "Somebody else" }),
    ],
    "page-2": [pageMessage("m4", { text: "Other page" })],
  });
  await world.inbox.runJobs();

  assert.equal(status, 200);
  assert.deepEqual(await textsOf(world, one), ["First", "Second", "Somebody else"]);
  assert.deepEqual(await textsOf(world, two), ["Other page"]);
});

Deno.test("a delivery to an app that comes again, also 20 times at once, is stored once", async () => {
  await using world = await openPagedWorld();
  const entries = { "page-1": [pageMessage("m1")], "page-2": [pageMessage("m2")], "page-9": [] };

  const statuses = await Promise.all(Array.from({ length: 20 }, () => post(world, entries)));
  await world.inbox.runJobs();
  statuses.push(await post(world, entries));
  await world.inbox.runJobs();

  assert.deepEqual([...new Set(statuses)], [200]);
  assert.equal((await journals(world)).length, 3, "one for each page, one for the unknown one");
  for (const id of world.channelIds) assert.equal((await textsOf(world, id)).length, 1);
});

Deno.test("a delivery for an account nobody has connected is taken, kept for a week, and makes nothing", async () => {
  await using world = await openPagedWorld();

  const statuses = [
    await post(world, { "page-9": [pageMessage("m1")] }),
    await post(world, {}),
    (await world.fetch({ method: "POST", ...await pageDelivery({}), body: "{}" })).status,
  ];
  await world.inbox.runJobs();

  assert.deepEqual(statuses, [200, 200, 401], "the last one's signature is of another body");
  const kept = (await journals(world)).map(({ channelId, state, error }) => ({
    channelId,
    state,
    error,
  }));
  assert.deepEqual(kept, [
    { channelId: world.appId, state: "ignored", error: "No channel here is the account page-9" },
    { channelId: world.appId, state: "ignored", error: "It names no account" },
  ]);
  world.inbox.ports.clock.advance(8 * 24 * 60 * 60 * 1_000);
  await world.inbox.runJobs();
  assert.deepEqual(await journals(world), []);
});

Deno.test("a channel that cannot parse a delivery holds up no other, and takes it when it is mended", async () => {
  await using world = await openPagedWorld();
  const broken = await world.addChannel("page-3", { token: "broken" });

  const entries = { "page-3": [pageMessage("m1")], "page-1": [pageMessage("m2")] };
  assert.equal(await post(world, entries), 200);
  await world.inbox.runJobs();

  assert.deepEqual(await textsOf(world, world.channelIds[0]), ["Hello"]);
  const { inbound, channels } = world.inbox.core;
  const [failed, ...others] = valueOf(await inbound.failed(ROOT, {}));
  assert.deepEqual(others, []);
  assert.equal(failed?.channelId, broken);

  valueOf(await channels.update(ROOT, broken, { config: { token: "mended" } }));
  valueOf(await inbound.replay(ROOT, failed?.id ?? ""));
  await world.inbox.runJobs();
  assert.deepEqual(await textsOf(world, broken), ["Hello"]);
});

Deno.test("an app's address refuses what is not proven, of a wrong type or too large, without effect", async () => {
  await using world = await openPagedWorld();
  const entries = { "page-1": [pageMessage("m1")] };
  const { body, headers } = await pageDelivery(entries);
  const { headers: foreign } = await pageDelivery(entries, "another secret");
  const signature = headers["x-signature"] ?? "";
  const wrong: RequestInit[] = [
    { body, headers: { ...headers, "x-signature": signature.slice(0, -1) } },
    { body, headers: { ...headers, "x-signature": "" } },
    { body, headers: { ...headers, "x-signature": `${signature}0` } },
    { body, headers: { "content-type": "application/json" } },
    { body, headers: foreign },
    { body: `${body} `, headers },
    { body: "", headers },
  ];

  for (const init of wrong) {
    assert.equal((await world.fetch({ method: "POST", ...init })).status, 401);
  }
  const text = { method: "POST", body, headers: { ...headers, "content-type": "text/plain" } };
  assert.equal((await world.fetch(text)).status, 415);
  assert.equal((await world.fetch(text, "/hooks/app/app_none")).status, 404);
  assert.equal((await world.fetch(text, `/hooks/${world.channelIds[0]}`)).status, 415);
  assert.deepEqual(await journals(world), []);
});

Deno.test("an app's address reads no body that it will not take", async () => {
  await using world = await openPagedWorld();
  const { headers } = await pageDelivery({});
  const send = async (path: string, type: string, length?: number) => {
    let pulled = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled++;
        controller.enqueue(new Uint8Array(65_536));
      },
    }, { highWaterMark: 0 });
    const given = { ...headers, "content-type": type };
    const response = await world.fetch({
      method: "POST",
      headers: length === undefined ? given : { ...given, "content-length": String(length) },
      body,
    }, path);
    await response.body?.cancel();
    return [response.status, pulled];
  };

  const app = `/hooks/app/${world.appId}`;
  assert.deepEqual(await send(app, "image/png"), [415, 0]);
  assert.deepEqual(await send(app, "application/json", 2_000_000), [413, 0]);
  assert.deepEqual(await send("/hooks/app/app_none", "application/json"), [404, 0]);
  assert.deepEqual(await send("/hooks/chn_none", "application/json"), [404, 0]);
  const [status, pulled = 0] = await send(app, "application/json");
  assert.equal(status, 413);
  assert.ok(pulled <= 1_000_000 / 65_536 + 2, `${pulled} pieces were read`);
});

Deno.test("an app's address answers the provider's set-up request for its token alone", async () => {
  await using world = await openPagedWorld();
  const ask = (query: string) => world.fetch({}, `/hooks/app/${world.appId}?${query}`);

  const right = await ask(`token=${VERIFY_TOKEN}&challenge=1158201444`);
  const wrong = await ask("token=wrong&challenge=<script>");

  assert.equal(await right.text(), "1158201444");
  assert.equal(wrong.status, 403);
  assert.equal(await wrong.text(), "");
});

Deno.test("an account of an app is one channel's only, until that one goes or becomes another", async () => {
  await using world = await openPagedWorld();
  const { channels } = world.inbox.core;
  const [one] = world.channelIds;

  await assert.rejects(world.addChannel("page-1"), /"page-1\\?" is this account already/);
  valueOf(await channels.update(ROOT, one, { config: { page: "page-7" } }));
  const again = await world.addChannel("page-1");
  await assert.rejects(world.addChannel("page-7"), /is this account already/);
  valueOf(await channels.remove(ROOT, again));
  await world.addChannel("page-1");

  const shown = valueOf(await channels.get(ROOT, one));
  assert.equal(shown.webhookUrl, `http://localhost:8000/hooks/app/${world.appId}`);
});
