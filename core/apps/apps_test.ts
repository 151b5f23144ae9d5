import assert from "node:assert/strict";
import { valueOf } from "../../tests/fakes/access.ts";
import { appInput, openSignInWorld } from "../../tests/fakes/sign_in_world.ts";
import { keys } from "../store/mod.ts";

Deno.test("an app's secret is sealed, read back as set, and kept by a change of the rest", async () => {
  await using world = await openSignInWorld();
  const { core, store } = world.inbox;
  const secret = world.provider.clientSecret;

  const renamed = valueOf(
    await core.apps.update(world.root, world.appId, {
      name: " Another ",
      config: { clientId: "another", clientSecret: { set: true } },
    }),
  );

  assert.equal(renamed.name, "Another");
  assert.deepEqual(renamed.config, {
    clientId: "another",
    clientSecret: { set: true },
    authorizeUrl: `${world.provider.url}/authorize`,
    tokenUrl: `${world.provider.url}/token`,
  });
  const stored = JSON.stringify(await store.get(keys.app(world.appId)));
  assert.ok(!stored.includes(secret));
  assert.ok(!JSON.stringify(valueOf(await core.apps.list(world.root))).includes(secret));
  await assert.rejects(world.signIn(), /not a client of ours/);
  valueOf(
    await core.apps.update(world.root, world.appId, {
      config: { clientId: world.provider.clientId },
    }),
  );
  assert.ok((await world.signIn()).ok, "the secret is still there");
});

Deno.test("apps are for those who manage channels", async () => {
  await using world = await openSignInWorld();
  const { apps } = world.inbox.core;
  const { agent } = world.inbox;
  const forbidden = { ok: false, error: { code: "forbidden" } };

  assert.deepEqual(await apps.list(agent), forbidden);
  assert.deepEqual(await apps.get(agent, world.appId), forbidden);
  assert.deepEqual(await apps.create(agent, appInput(world.provider)), forbidden);
  assert.deepEqual(await apps.update(agent, world.appId, { name: "Mine" }), forbidden);
  assert.deepEqual(await apps.remove(agent, world.appId), forbidden);
});

Deno.test("an app of no kind, without a name or with wrong settings is refused, field by field", async () => {
  await using world = await openSignInWorld();
  const { apps } = world.inbox.core;
  const input = appInput(world.provider);
  const pathsOf = async (change: object) => {
    const made = await apps.create(world.root, { ...input, ...change });
    return !made.ok && made.error.code === "invalid" && made.error.errors.map(({ path }) => path);
  };

  assert.deepEqual(await pathsOf({ adapter: "friendster" }), ["adapter"]);
  assert.deepEqual(await pathsOf({ name: "  " }), ["name"]);
  assert.deepEqual(await pathsOf({ config: {} }), ["config.clientId", "config.clientSecret"]);
  assert.deepEqual(await pathsOf({ config: { ...input.config, tokenUrl: "http://x.example/t" } }), [
    "config.tokenUrl",
  ]);
  assert.equal((await apps.get(world.root, "app_gone")).ok, false);
});

Deno.test("an app in use stays, also while it is given away at this moment", async () => {
  await using world = await openSignInWorld();
  const { core } = world.inbox;
  const used = await core.apps.remove(world.root, world.appId);
  assert.deepEqual(used, {
    ok: false,
    error: { code: "conflict", message: 'The channel "support@veloce.example" uses this app' },
  });

  for (let round = 0; round < 10; round++) {
    const { id } = valueOf(await core.apps.create(world.root, appInput(world.provider)));
    const [given, removed] = await Promise.all([
      core.channels.update(world.root, world.channelId, { appId: id }),
      core.apps.remove(world.root, id),
    ]);

    assert.notEqual(given.ok, removed.ok, "one of them comes too late");
    const { appId = "" } = await world.channel();
    assert.ok((await core.apps.get(world.root, appId)).ok, "the channel's app is there");
  }
});

Deno.test("a channel names an app of its kind where it signs in, and none needs to elsewhere", async () => {
  await using world = await openSignInWorld();
  const { core } = world.inbox;
  const patch = async (change: object, id = world.channelId) => {
    const changed = await core.channels.update(world.root, id, change);
    return changed.ok ? "ok" : changed.error.code === "invalid" && changed.error.errors[0]?.path;
  };

  assert.equal(await patch({ appId: null }), "appId");
  assert.equal(await patch({ appId: "app_gone" }), "appId");
  // The scripted channel's adapter knows no apps.
  assert.equal(await patch({ appId: world.appId }, world.inbox.channelId), "appId");
});

Deno.test("a channel that goes back to a password, or to another app, is no longer signed in", async () => {
  await using world = await openSignInWorld();
  const { core } = world.inbox;
  const other = valueOf(await core.apps.create(world.root, appInput(world.provider)));
  const update = async (change: object) =>
    valueOf(await core.channels.update(world.root, world.channelId, change));
  assert.ok((await world.signIn()).ok);

  const moved = await update({ appId: other.id });
  assert.equal(moved.status, "error");
  assert.equal(moved.signIn?.isNeeded, true);
  assert.equal(await world.tokenRecord(), null);

  assert.ok((await world.signIn()).ok);
  const outbound = { kind: "smtp", host: "127.0.0.1", port: 9, security: "none" };
  const plain = await update({ config: { outbound }, appId: null });
  assert.equal(plain.status, "ready");
  assert.equal(plain.signIn, null);
  assert.equal(plain.appId, undefined);
  assert.equal(await world.tokenRecord(), null);
});
