import assert from "node:assert/strict";
import { openTestWorld } from "../fakes/test_world.ts";

const BASE = "/api/v1";

Deno.test("a request of another site with our cookie changes nothing, one with a token needs no origin", async () => {
  await using world = await openTestWorld();
  const json = { name: "Stolen" };
  const headers = { origin: "https://evil.example" };

  const foreign = await world.app.fetch(`${BASE}/inboxes`, world.owner.sender, { json, headers });
  const token = await world.app.fetch(`${BASE}/inboxes`, world.token, { json, headers });

  assert.equal(foreign.status, 403);
  assert.equal((await foreign.json()).type, "urn:parley:problem:foreign_origin");
  assert.equal(token.status, 201);
  await token.body?.cancel();
});

Deno.test("a wrong token is refused even beside a good cookie", async () => {
  await using world = await openTestWorld();
  const headers = { authorization: "Bearer par_wrong" };

  const response = await world.app.fetch(`${BASE}/me`, world.owner.sender, { headers });

  assert.equal(response.status, 401);
  assert.match(response.headers.get("www-authenticate") ?? "", /^Bearer/);
  await response.body?.cancel();
});

Deno.test("sign-in with a wrong password says no more than that, and stops guessing", async () => {
  await using world = await openTestWorld();
  const guess = (email: string) =>
    world.app.fetch(`${BASE}/session`, null, { json: { email, password: "wrong password" } });

  const known = await guess(world.owner.email);
  const unknown = await guess("nobody@x.example");
  for (let i = 0; i < 10; i++) await (await guess(world.owner.email)).body?.cancel();
  const limited = await guess(world.owner.email);

  assert.equal(known.status, 401);
  assert.deepEqual(await known.json(), await unknown.json());
  assert.equal(known.headers.get("set-cookie"), null);
  assert.equal(limited.status, 429);
  assert.ok(Number(limited.headers.get("retry-after")) > 0);
  await limited.body?.cancel();
});
