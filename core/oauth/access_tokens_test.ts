import assert from "node:assert/strict";
import { email } from "../../adapters/email/mod.ts";
import { until } from "../../tests/e2e/until.ts";
import { openSignInWorld, type SignInWorld } from "../../tests/fakes/sign_in_world.ts";
import { readConfig } from "../config/mod.ts";
import type { CoreContext } from "../context.ts";
import { keys } from "../store/mod.ts";
import { createAccessTokens } from "./access_tokens.ts";

const MINUTE_MS = 60_000;

/** The tokens as another process of the same deployment gets them. */
function otherProcess({ inbox, provider, channelId, appId }: SignInWorld) {
  const config = readConfig({
    PARLEY_KV: ":memory:",
    PARLEY_ALLOW_PRIVATE_HOSTS: `127.0.0.1:${provider.port}`,
  });
  assert.ok(config.ok);
  const context: CoreContext = {
    store: inbox.store,
    ports: inbox.ports,
    config: config.value,
    adapters: new Map([["email", email]]),
  };
  const accessToken = createAccessTokens(context);
  const { signal } = new AbortController();
  return (channel: { id: string; appId?: string } = { id: channelId, appId }) =>
    accessToken(channel, undefined, signal);
}

const refreshes = ({ provider }: SignInWorld) =>
  provider.tokenRequests.filter((form) => form.get("grant_type") === "refresh_token");

Deno.test("accessToken() gives the same token until five minutes before its end, then the next one", async () => {
  await using world = await openSignInWorld();
  assert.ok((await world.signIn()).ok);
  const { clock } = world.inbox.ports;

  const first = await world.accessToken();
  clock.advance(54 * MINUTE_MS);
  assert.equal(await world.accessToken(), first);
  clock.advance(1.5 * MINUTE_MS);
  const second = await world.accessToken();

  assert.notEqual(second, first);
  assert.equal(refreshes(world).length, 1);
  assert.equal(world.provider.accountOf(second), "support@veloce.example");
});

Deno.test("accessToken() asks once for any number of callers at the same time", async () => {
  await using world = await openSignInWorld();
  world.provider.mood.rotates = true;
  assert.ok((await world.signIn()).ok);
  world.inbox.ports.clock.advance(2 * 60 * MINUTE_MS);

  const tokens = await Promise.all(Array.from({ length: 20 }, () => world.accessToken()));

  assert.equal(new Set(tokens).size, 1);
  assert.equal(refreshes(world).length, 1);
});

Deno.test("accessToken() asks once for several processes, which wait for one another", async () => {
  await using world = await openSignInWorld();
  world.provider.mood.rotates = true;
  assert.ok((await world.signIn()).ok);
  const { clock } = world.inbox.ports;
  clock.advance(2 * 60 * MINUTE_MS);
  const processes = Array.from({ length: 5 }, () => otherProcess(world));
  let isOver = false;

  const asked = Promise.all(processes.map((accessToken) => accessToken()));
  asked.finally(() => isOver = true).catch(() => {});
  // Who waits looks again by the clock, which a test moves.
  for (let i = 0; i < 500 && !isOver; i++) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    clock.advance(10);
  }
  const tokens = await asked;

  assert.ok(tokens.every(({ ok }) => ok), JSON.stringify(tokens));
  assert.equal(new Set(tokens.map((one) => one.ok && one.value)).size, 1);
  assert.equal(refreshes(world).length, 1);
});

Deno.test("accessToken() lets others use what is still good while one asks for the next", async () => {
  await using world = await openSignInWorld();
  assert.ok((await world.signIn()).ok);
  const first = await world.accessToken();
  world.inbox.ports.clock.advance(57 * MINUTE_MS);
  const answered = Promise.withResolvers<Response>();
  const { mood } = world.provider;
  mood.answer = () => {
    mood.answer = null;
    return answered.promise;
  };

  const asking = world.accessToken();
  await until(() => refreshes(world).length > 0, { what: "the provider is asked" });
  const meanwhile = await otherProcess(world)();
  answered.resolve(Response.json({ access_token: "next", expires_in: 3_600 }));

  assert.deepEqual(meanwhile, { ok: true, value: first });
  assert.equal(await asking, "next");
});

Deno.test("accessToken() keeps the newest refresh token, and the old one where none is given", async () => {
  await using world = await openSignInWorld();
  const { provider, inbox } = world;
  assert.ok((await world.signIn()).ok);
  const next = async () => {
    inbox.ports.clock.advance(60 * MINUTE_MS);
    return await world.accessToken();
  };

  await next();
  await next();
  provider.mood.rotates = true;
  await next();
  await next();
  await next();

  const sent = refreshes(world).map((form) => form.get("refresh_token"));
  const [first, second, third, fourth, fifth] = sent;
  assert.deepEqual([first, first], [second, third]);
  assert.equal(new Set([third, fourth, fifth]).size, 3);
});

Deno.test("accessToken() renews a token that was refused, once for all who were refused it", async () => {
  await using world = await openSignInWorld();
  assert.ok((await world.signIn()).ok);
  const first = await world.accessToken();
  world.provider.endAccessTokens();

  const tokens = await Promise.all(Array.from({ length: 20 }, () => world.accessToken(first)));
  const late = await world.accessToken(first);

  assert.equal(new Set([...tokens, late]).size, 1);
  assert.notEqual(late, first);
  assert.equal(refreshes(world).length, 1);
});

Deno.test("a sign-in that the provider took back shows on the channel until somebody signs in again", async () => {
  await using world = await openSignInWorld();
  const { provider, inbox } = world;
  assert.ok((await world.signIn()).ok);
  provider.revoke("support@veloce.example");
  inbox.ports.clock.advance(60 * MINUTE_MS);

  await assert.rejects(world.accessToken(), /unauthorized/);

  const lost = await world.channel();
  assert.equal(lost.status, "error");
  assert.equal(
    lost.error,
    "Google no longer accepts the sign-in of this channel. Sign in again.",
  );
  assert.equal(lost.signIn?.isNeeded, true);
  // The provider is left alone from then on.
  await assert.rejects(world.accessToken(), /unauthorized/);
  assert.equal(refreshes(world).length, 1);
  const told = inbox.ports.logs.find(({ event }) => event === "sign-in not renewed");
  assert.equal(told?.fields.provider, "invalid_grant ••• was revoked");

  assert.ok((await world.signIn()).ok);
  assert.equal((await world.channel()).status, "ready");
  assert.equal(provider.accountOf(await world.accessToken()), "support@veloce.example");
});

Deno.test("a refusal of the old sign-in that comes after the new one changes nothing", async () => {
  await using world = await openSignInWorld();
  const { provider, inbox } = world;
  assert.ok((await world.signIn()).ok);
  inbox.ports.clock.advance(60 * MINUTE_MS);
  const held = Promise.withResolvers<Response>();
  provider.mood.answer = () => {
    provider.mood.answer = null;
    return held.promise;
  };

  const asking = world.accessToken();
  await until(() => refreshes(world).length > 0, { what: "the provider is asked" });
  assert.ok((await world.signIn()).ok);
  held.resolve(Response.json({ error: "invalid_grant" }, { status: 400 }));

  assert.equal(provider.accountOf(await asking), "support@veloce.example");
  assert.equal((await world.channel()).status, "ready");
  assert.equal((await world.tokenRecord())?.lostAt, null);
});

Deno.test("a provider that cannot be asked takes nothing back: what is good is used up, then one waits", async () => {
  await using world = await openSignInWorld();
  const { provider, inbox } = world;
  assert.ok((await world.signIn()).ok);
  const first = await world.accessToken();
  const answers: readonly (() => Response)[] = [
    () => new Response("<html>Bad gateway</html>", { status: 502 }),
    () => Response.json({ error: "temporarily_unavailable" }, { status: 400 }),
    () => Response.json({ error: "slow" }, { status: 429 }),
    () => new Response("not JSON"),
    () => Response.json({ token: "?" }),
    () => Response.redirect("http://127.0.0.1:1/"),
    () => new Response("x".repeat(300_000)),
  ];

  inbox.ports.clock.advance(56 * MINUTE_MS);
  for (const answer of answers) {
    provider.mood.answer = answer;
    assert.equal(await world.accessToken(), first);
  }
  inbox.ports.clock.advance(5 * MINUTE_MS);
  for (const answer of answers) {
    provider.mood.answer = answer;
    await assert.rejects(world.accessToken(), /unavailable/);
  }
  assert.equal((await world.channel()).status, "ready");

  provider.mood.answer = null;
  assert.equal(provider.accountOf(await world.accessToken()), "support@veloce.example");
});

Deno.test("a client that is no longer accepted is the app's fault, not the sign-in's", async () => {
  await using world = await openSignInWorld();
  assert.ok((await world.signIn()).ok);
  const { core, ports } = world.inbox;
  const wrong = { config: { clientSecret: "another-secret" } };
  assert.ok((await core.apps.update(world.root, world.appId, wrong)).ok);
  ports.clock.advance(60 * MINUTE_MS);

  await assert.rejects(world.accessToken(), /config/);
  assert.equal((await world.channel()).signIn?.isNeeded, false);

  const right = { config: { clientSecret: world.provider.clientSecret } };
  assert.ok((await core.apps.update(world.root, world.appId, right)).ok);
  assert.ok(await world.accessToken());
  assert.equal((await world.channel()).status, "ready");
});

Deno.test("a process that died while it asked is waited for no longer than its lease", async () => {
  await using world = await openSignInWorld();
  assert.ok((await world.signIn()).ok);
  const { store, ports } = world.inbox;
  ports.clock.advance(60 * MINUTE_MS);
  const record = await world.tokenRecord();
  assert.ok(record);
  const key = keys.oauthToken(world.channelId);
  const lease = { owner: "lse_dead", until: ports.clock.now() + 30_000 };
  await store.apply({
    checks: [],
    writes: [{ kind: "set", path: key.path, value: { ...record, lease } }],
    changes: [],
    jobDueAt: null,
  });

  let isOver = false;
  const asked = world.accessToken();
  asked.finally(() => isOver = true).catch(() => {});
  for (let i = 0; i < 500 && !isOver; i++) {
    await new Promise((resolve) => setTimeout(resolve, 2));
    ports.clock.advance(1_000);
  }

  assert.equal(world.provider.accountOf(await asked), "support@veloce.example");
  assert.equal(refreshes(world).length, 1);
});

Deno.test("a provider that gives the refused token again, or tokens that end at once, is not asked for ever", async () => {
  await using world = await openSignInWorld();
  assert.ok((await world.signIn()).ok);
  world.provider.mood.answer = () => Response.json({ access_token: "same", expires_in: 1 });

  assert.equal(await world.accessToken(await world.accessToken()), "same");
  await assert.rejects(world.accessToken("same"), /unauthorized/);
  world.inbox.ports.clock.advance(10_000);
  assert.equal(await world.accessToken(), "same");

  assert.equal(refreshes(world).length, 3);
});

Deno.test("a channel whose app is another, or gone from its settings, has no token", async () => {
  await using world = await openSignInWorld();
  assert.ok((await world.signIn()).ok);
  const accessToken = otherProcess(world);
  const codeOf = async (channel: { id: string; appId?: string }) => {
    const got = await accessToken(channel);
    return got.ok ? "ok" : got.error.code;
  };
  const { channelId: id, appId } = world;

  assert.equal(await codeOf({ id }), "config");
  assert.equal(await codeOf({ id, appId: "app_gone" }), "config");
  assert.equal(await codeOf({ id: "chn_other", appId }), "unauthorized");
  assert.equal(await codeOf({ id, appId }), "ok");
});
