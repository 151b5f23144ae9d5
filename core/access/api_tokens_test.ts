import assert from "node:assert/strict";
import { codeOf, openTestAccess, valueOf } from "../../tests/fakes/access.ts";
import { keys } from "../store/mod.ts";

const ENV_TOKEN = "a token of the environment";

Deno.test("createToken() gives a token that is stored as a hash and carries its role", async () => {
  using test = await openTestAccess();
  const owner = await test.owner();

  const input = { name: " Nightly  export ", role: "viewer" } as const;
  const { token, record } = valueOf(await test.access.createToken(owner, input));

  assert.match(token, /^par_[\w-]{43}$/);
  assert.equal(record.name, "Nightly export");
  assert.deepEqual(await test.access.principalOfToken(token), {
    type: "token",
    id: record.id,
    name: record.name,
    role: "viewer",
  });
  assert.deepEqual(valueOf(await test.access.tokens(owner)), [record]);
  for await (const { path, value } of test.store.list(keys.apiTokens())) {
    assert.equal(JSON.stringify([path, value]).includes(token.slice(4)), false);
  }
});

Deno.test("revokeToken() ends the token and is announced for its streams", async () => {
  using test = await openTestAccess();
  const owner = await test.owner();
  const { token, record } = valueOf(
    await test.access.createToken(owner, { name: "CI", role: "agent" }),
  );
  const principal = await test.access.principalOfToken(token);
  assert(principal);
  assert.deepEqual(await test.access.refresh(principal), principal);
  const before = test.store.lastLogVersion;

  valueOf(await test.access.revokeToken(owner, record.id));

  assert.equal(await test.access.principalOfToken(token), null);
  assert.equal(await test.access.refresh(principal), null);
  assert.equal(codeOf(await test.access.revokeToken(owner, record.id)), "not_found");
  const [entry] = await test.store.readLog(before, 1);
  assert.equal(entry?.entry.changes[0]?.userId, record.id);
});

Deno.test("principalOfToken() takes PARLEY_API_TOKEN as an owner, and nothing near it", async () => {
  using test = await openTestAccess({ apiToken: ENV_TOKEN });
  using without = await openTestAccess();

  const principal = await test.access.principalOfToken(ENV_TOKEN);

  assert(principal?.type === "token");
  assert.equal(principal.role, "owner");
  assert.deepEqual(await test.access.refresh(principal), principal);
  for (
    const token of ["", `${ENV_TOKEN} `, ENV_TOKEN.slice(1), "null", "par_", "x".repeat(9_999)]
  ) {
    assert.equal(await test.access.principalOfToken(token), null);
  }
  assert.equal(await without.access.principalOfToken(ENV_TOKEN), null);
  assert.equal(await without.access.principalOfToken(""), null);
});

Deno.test("tokens are for owners and admins, and only an owner makes or revokes an owner's", async () => {
  using test = await openTestAccess();
  const owner = await test.owner();
  const { record } = valueOf(await test.access.createToken(owner, { name: "O", role: "owner" }));
  for (const role of ["agent", "viewer"] as const) {
    const { principal } = await test.user(role);

    const made = await test.access.createToken(principal, { name: "CI", role: "viewer" });
    assert.equal(codeOf(made), "forbidden");
    assert.equal(codeOf(await test.access.tokens(principal)), "forbidden");
    assert.equal(codeOf(await test.access.revokeToken(principal, record.id)), "forbidden");
  }
  const { principal: admin } = await test.user("admin");

  const asOwner = await test.access.createToken(admin, { name: "CI", role: "owner" });
  assert.equal(codeOf(asOwner), "forbidden");
  assert.equal(codeOf(await test.access.revokeToken(admin, record.id)), "forbidden");
  assert.equal(codeOf(await test.access.createToken(admin, { name: "CI", role: "admin" })), "ok");
});

Deno.test("createToken() repeated under one idempotency key gives the same token", async () => {
  using test = await openTestAccess();
  const owner = await test.owner();
  const input = { name: "CI", role: "agent" } as const;
  const once = { idempotency: { scope: "usr_1 /api/v1/tokens", key: "k1", bodyHash: "hash" } };

  const all = await Promise.all(
    Array.from({ length: 5 }, () => test.access.createToken(owner, input, once)),
  );

  assert.equal(new Set(all.map((one) => valueOf(one).token)).size, 1);
  assert.equal(valueOf(await test.access.tokens(owner)).length, 1);
  assert.notEqual(await test.access.principalOfToken(valueOf(all[0]!).token), null);
});
