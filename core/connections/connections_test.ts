import assert from "node:assert/strict";
import { valueOf } from "../../tests/fakes/access.ts";
import { pageDelivery, pageMessage } from "../../tests/fakes/paged_adapter.ts";
import { openPagedWorld, type PagedWorld, ROOT } from "../../tests/fakes/paged_world.ts";
import { until } from "../../tests/e2e/until.ts";
import { err, ok } from "../result.ts";
import { keys, transact } from "../store/mod.ts";

const HOUR_MS = 60 * 60_000;
const BROKEN = err(
  { code: "broken", message: "The token was taken back: paste another." } as const,
);
const AWAY = err({ code: "unavailable", message: "Pages cannot be reached." } as const);

/** A world whose two pages are connected, with nothing noted. */
async function openConnected(): Promise<PagedWorld> {
  const world = await openPagedWorld();
  await world.inbox.runJobs();
  world.calls.length = 0;
  return world;
}

async function later(world: PagedWorld, ms: number): Promise<void> {
  world.inbox.ports.clock.advance(ms);
  await world.inbox.runJobs();
}

async function channelOf(world: PagedWorld, id: string) {
  const { status, error } = valueOf(await world.inbox.core.channels.get(ROOT, id));
  return { status, error };
}

async function write(world: PagedWorld, id: string, from = "200"): Promise<string> {
  const body = await pageDelivery({ "page-1": [pageMessage(id, { from })] });
  assert.equal((await world.fetch({ method: "POST", ...body })).status, 200);
  await world.inbox.runJobs();
  const messages = await world.messages(world.channelIds[0]);
  return messages.find(({ externalId }) => externalId === id)?.conversationId ?? "";
}

Deno.test("a channel is connected when it is made or changed, and asked about once an hour from then on", async () => {
  await using world = await openPagedWorld();
  const { channels } = world.inbox.core;
  const [one] = world.channelIds;

  await world.inbox.runJobs();
  assert.deepEqual(world.calls.splice(0), ["connect page-1", "connect page-2"]);
  await later(world, 1.2 * HOUR_MS);
  assert.deepEqual(world.calls.splice(0).sort(), ["health page-1", "health page-2"]);
  valueOf(await channels.update(ROOT, one, { name: "Only a name" }));
  await world.inbox.runJobs();
  assert.deepEqual(world.calls, []);
  valueOf(await channels.update(ROOT, one, { config: { token: "another" } }));
  await world.inbox.runJobs();
  assert.deepEqual(world.calls.splice(0), ["connect page-1"]);
});

Deno.test("what is wrong with a connection is the channel's status, and clears once it is mended", async () => {
  await using world = await openConnected();
  const [one] = world.channelIds;

  world.answers.health.push(BROKEN, BROKEN);
  await later(world, 1.2 * HOUR_MS);
  assert.deepEqual(await channelOf(world, one), {
    status: "error",
    error: "The token was taken back: paste another.",
  });
  await later(world, 0.3 * HOUR_MS);
  assert.deepEqual(await channelOf(world, one), { status: "ready", error: null });

  world.answers.health.push(ok({ mended: "Subscribed again" }), ok({ mended: null }));
  await later(world, 1.2 * HOUR_MS);
  const mended = world.inbox.ports.logs.filter(({ event }) => event === "channel mended");
  assert.equal(mended.length, 1);
});

Deno.test("a provider that is away for a moment breaks no channel; one that stays away does, until it is back", async () => {
  await using world = await openConnected();
  const [one, two] = world.channelIds;
  valueOf(await world.inbox.core.channels.remove(ROOT, two));

  world.answers.health.push(AWAY, AWAY, AWAY, AWAY, AWAY);
  await later(world, 1.2 * HOUR_MS);
  for (let i = 0; i < 3; i++) await later(world, 2 * 60_000);
  assert.equal((await channelOf(world, one)).status, "ready");
  await later(world, 2 * 60_000);
  assert.equal((await channelOf(world, one)).error, "Pages cannot be reached.");
  await later(world, 2 * 60_000);
  assert.equal((await channelOf(world, one)).status, "ready");
});

Deno.test("a channel that sending found broken is not mended by its connection", async () => {
  await using world = await openConnected();
  const [one] = world.channelIds;
  const { core, store } = world.inbox;
  await transact(store, (tx) => core.channels.markBroken(tx, one, "No permission"));

  await later(world, 1.2 * HOUR_MS);

  assert.equal(valueOf(await core.channels.get(ROOT, one)).error, "No permission");
});

Deno.test("a paused channel is left alone, and connected once it goes on", async () => {
  await using world = await openConnected();
  const [one, two] = world.channelIds;
  const { channels } = world.inbox.core;
  valueOf(await channels.remove(ROOT, two));
  valueOf(await channels.update(ROOT, one, { status: "paused" }));
  world.calls.length = 0;

  await later(world, 5 * HOUR_MS);
  assert.deepEqual(world.calls, []);
  valueOf(await channels.update(ROOT, one, { status: "ready" }));
  await world.inbox.runJobs();
  assert.deepEqual(world.calls, ["connect page-1"]);
});

Deno.test("a removed channel is disconnected, whatever its provider says, and never asked about again", async () => {
  await using world = await openConnected();
  const { channels } = world.inbox.core;
  const [one, two] = world.channelIds;

  world.answers.disconnect.push(BROKEN);
  valueOf(await channels.remove(ROOT, one));
  valueOf(await channels.remove(ROOT, two));
  await later(world, 5 * HOUR_MS);

  assert.deepEqual(world.calls, ["disconnect page-1", "disconnect page-2"]);
  assert.equal(await world.inbox.store.get(keys.connection(one)), null);
});

Deno.test("a new customer gets the name their provider tells, in the list too, and keeps one somebody gave them", async () => {
  await using world = await openConnected();
  const first = await write(world, "m1");
  assert.equal((await world.inbox.conversation(first)).contactName, "Name of 200");

  world.answers.profile.push(
    err({ code: "unavailable", message: "later" }),
    ok({ name: "Too late" }),
  );
  const second = await write(world, "m2", "201");
  const { contactId } = await world.inbox.conversation(second);
  valueOf(await world.inbox.core.contacts.update(ROOT, contactId, { name: "Giulia" }));
  await later(world, 60_000);
  assert.equal((await world.inbox.conversation(second)).contactName, "Giulia");

  world.answers.profile.length = 0;
  world.answers.profile.push(
    err({ code: "unavailable", message: "later" }),
    err({ code: "refused", message: "not told" }),
  );
  const third = await write(world, "m3", "202");
  await later(world, 60_000);
  assert.equal((await world.inbox.conversation(third)).contactName, "Visitor");
});

Deno.test("a name that somebody gives while the provider is asked stays", async () => {
  await using world = await openConnected();
  const { core, store } = world.inbox;
  world.answers.profile.push(async () => {
    for await (const { value } of store.list(keys.contacts())) {
      if (value.name !== "") continue;
      valueOf(await core.contacts.update(ROOT, value.id, { name: "Giulia" }));
    }
    return ok({ name: "Too late" });
  });

  const conversationId = await write(world, "m1");

  assert.equal((await world.inbox.conversation(conversationId)).contactName, "Giulia");
});

Deno.test("an agent's typing is shown to the customer, again only when it has faded", async () => {
  await using world = await openConnected();
  const first = await write(world, "m1");
  const second = await write(world, "m2", "201");
  world.calls.length = 0;
  const { presence } = world.inbox.core;
  const { user } = world.inbox.agent;
  const type = (conversationId: string, who: "user" | "contact", isTyping = true) =>
    presence.setTyping({
      conversationId,
      who: { type: who, id: user.id, name: user.name },
      isTyping,
    });
  const shown = (count: number) => until(() => world.calls.length >= count);

  type(first, "contact");
  type(first, "user");
  await shown(1);
  world.inbox.ports.clock.advance(3_000);
  type(first, "user");
  world.inbox.ports.clock.advance(14_000);
  type(first, "user");
  await shown(2);
  type(first, "user", false);
  type(second, "user");
  await shown(3);

  assert.deepEqual(world.calls, ["typing 200", "typing 200", "typing 201"]);
});

Deno.test("a customer is told once how far somebody has read", async () => {
  await using world = await openConnected();
  const conversationId = await write(world, "m1");
  await write(world, "m2");
  const { conversations } = world.inbox.core;
  const { agent } = world.inbox;
  const told = () => world.calls.filter((call) => call.startsWith("read "));

  valueOf(await conversations.markRead(agent, conversationId, 1));
  await world.inbox.runJobs();
  assert.deepEqual(told(), ["read 200 m1"]);
  valueOf(await conversations.markRead(agent, conversationId));
  valueOf(await conversations.markRead(agent, conversationId));
  await world.inbox.runJobs();
  assert.deepEqual(told(), ["read 200 m1", "read 200 m2"]);
});
