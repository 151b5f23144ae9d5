import assert from "node:assert/strict";
import { valueOf } from "../../tests/fakes/access.ts";
import { openPagedWorld, type PagedWorld, ROOT } from "../../tests/fakes/paged_world.ts";
import type { CoreError } from "../errors.ts";
import type { Result } from "../result.ts";
import { keys } from "../store/mod.ts";

const { signal } = new AbortController();
const SECRET = "right token of somebody";

function find(world: PagedWorld, change: object = {}) {
  const query = { type: "paged", appId: world.appId, by: { secret: SECRET }, ...change };
  return world.inbox.core.accounts.find(ROOT, query, signal);
}

function connect(world: PagedWorld, ticket: string, accountKeys: readonly string[], change = {}) {
  const { inboxId } = world.inbox;
  const query = { type: "paged", appId: world.appId, by: { ticket }, accountKeys, inboxId };
  return world.inbox.core.accounts.connect(ROOT, { ...query, ...change }, signal);
}

/** Where the error is, or its code. */
function faultOf(result: Result<unknown, CoreError>): string {
  if (result.ok) return "ok";
  return result.error.code === "invalid" ? result.error.errors[0]?.path ?? "" : result.error.code;
}

Deno.test("find() lists what a secret opens, which of it is connected, and no secret", async () => {
  await using world = await openPagedWorld();

  const found = valueOf(await find(world));

  assert.deepEqual(found.accounts.map(({ key, problem, channel }) => [key, problem, channel?.id]), [
    ["page-1", null, world.channelIds[0]],
    ["page-8", null, undefined],
    ["page-9", "Your role is not enough.", undefined],
  ]);
  assert.doesNotMatch(JSON.stringify(found), /token of/);
});

Deno.test("connect() makes channels of what was chosen, with the secrets the provider gave", async () => {
  await using world = await openPagedWorld();
  const { ticket } = valueOf(await find(world));

  const [channel, ...more] = valueOf(await connect(world, ticket, ["page-8"]));
  await world.inbox.runJobs();

  assert.deepEqual(more, []);
  assert.equal(channel?.name, "The shop of page-8");
  assert.equal(channel?.appId, world.appId);
  assert.ok(world.calls.includes("connect page-8"));
  const opened = valueOf(await world.inbox.core.channels.open(channel?.id ?? ""));
  assert.match(JSON.stringify(opened.view.config), /"token of page-8"/);
  assert.equal(faultOf(await connect(world, ticket, ["page-8"])), "conflict");
});

Deno.test("connect() takes nothing that was not offered, and no ticket that is none, old or another app's", async () => {
  await using world = await openPagedWorld();
  const { core, ports, store } = world.inbox;
  const { ticket } = valueOf(await find(world));
  const other = valueOf(
    await core.apps.create(ROOT, {
      adapter: "pages",
      name: "Other",
      config: { secret: "another", verifyToken: "another" },
    }),
  );

  assert.equal(faultOf(await connect(world, ticket, [])), "accountKeys");
  assert.equal(faultOf(await connect(world, ticket, ["page-9"])), "accountKeys");
  assert.equal(faultOf(await connect(world, ticket, ["page-7"])), "accountKeys");
  assert.equal(faultOf(await connect(world, ticket, ["page-8"], { appId: other.id })), "ticket");
  for (const wrong of ["", "1.2.3", `${ticket}x`, "👍"]) {
    assert.equal(faultOf(await connect(world, wrong, ["page-8"])), "ticket", wrong);
  }
  ports.clock.advance(31 * 60_000);
  assert.equal(faultOf(await connect(world, ticket, ["page-8"])), "ticket");
  const stored = await Array.fromAsync(store.list(keys.channels()));
  assert.ok(!stored.some(({ value }) => value.name.includes("page-8")));
});

Deno.test("find() says why not, without the secret, and only to those who manage channels", async () => {
  await using world = await openPagedWorld();
  const { core, agent } = world.inbox;

  const wrong = await find(world, { by: { secret: "wrong-token-123" } });
  assert.equal(faultOf(wrong), "secret");
  assert.doesNotMatch(JSON.stringify(wrong), /wrong-token/);
  assert.equal(faultOf(await find(world, { type: "nothing" })), "not_found");
  assert.equal(faultOf(await find(world, { type: "scripted" })), "unsupported");
  assert.equal(faultOf(await find(world, { appId: "app_none" })), "appId");
  const query = { type: "paged", appId: world.appId, by: { secret: SECRET } };
  assert.equal(faultOf(await core.accounts.find(agent, query, signal)), "forbidden");
});

Deno.test("find() asks a provider sixty times in ten minutes at most", async () => {
  await using world = await openPagedWorld();

  for (let i = 0; i < 60; i++) valueOf(await find(world));

  assert.equal(faultOf(await find(world)), "rate_limited");
});
