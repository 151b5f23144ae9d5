import assert from "node:assert/strict";
import { codeOf, openTestAccess, PASSWORD, tokenOf, valueOf } from "../../tests/fakes/access.ts";
import { keys, transact } from "../store/mod.ts";

const HERE = { userAgent: "test", remoteAddress: "192.0.2.1" };
const DAY_MS = 24 * 60 * 60 * 1_000;

Deno.test("signIn() takes the address in any case and gives a session that is stored as a hash only", async () => {
  using test = await openTestAccess();
  await test.owner();

  const { token, principal } = valueOf(
    await test.access.signIn({ email: " OLGA@parley.example", password: PASSWORD, ...HERE }),
  );

  assert(principal.type === "user");
  assert.equal(principal.user.name, "Olga Owner");
  assert.deepEqual(await test.access.principalOfSession(token), principal);
  assert.equal(await test.store.get(keys.session(token)), null);
});

Deno.test("signIn() answers a wrong password, an unknown address and a deactivated user alike", async () => {
  using test = await openTestAccess();
  const owner = await test.owner();
  const gone = await test.user("agent");
  valueOf(await test.access.deactivateUser(owner, gone.principal.user.id));

  const answers = [
    await test.access.signIn({ email: "olga@parley.example", password: "wrong", ...HERE }),
    await test.access.signIn({ email: "nobody@parley.example", password: PASSWORD, ...HERE }),
    await test.access.signIn({ email: "not an address", password: PASSWORD, ...HERE }),
    await test.access.signIn({ email: gone.email, password: PASSWORD, ...HERE }),
  ];

  for (const answer of answers) {
    assert.deepEqual(answer, { ok: false, error: { code: "unauthenticated" } });
  }
});

Deno.test("signIn() names the empty field", async () => {
  using test = await openTestAccess();

  const done = await test.access.signIn({ email: "", password: "", ...HERE });

  assert(!done.ok && done.error.code === "invalid");
  assert.deepEqual(done.error.errors.map(({ path }) => path), ["email", "password"]);
});

Deno.test("signIn() allows 10 failures per account in 15 minutes, from any address", async () => {
  using test = await openTestAccess();
  await test.owner();
  const guess = (n: number, password = "wrong") =>
    test.access.signIn({
      email: "olga@parley.example",
      password,
      userAgent: "",
      remoteAddress: `198.51.100.${n}`,
    });

  const guesses = await Promise.all(Array.from({ length: 20 }, (_, n) => guess(n)));
  const right = await guess(99, PASSWORD);

  assert.equal(guesses.filter((one) => codeOf(one) === "unauthenticated").length, 10);
  assert.equal(guesses.filter((one) => codeOf(one) === "rate_limited").length, 10);
  assert(!right.ok && right.error.code === "rate_limited");
  assert.equal(right.error.retryAfterMs, 15 * 60 * 1_000);
  test.ports.clock.advance(15 * 60 * 1_000);
  assert.equal(codeOf(await guess(99, PASSWORD)), "ok");
});

Deno.test("signIn() allows 10 failures per client address, over all accounts", async () => {
  using test = await openTestAccess();
  await test.owner();
  const guess = (email: string, remoteAddress: string) =>
    test.access.signIn({ email, password: PASSWORD, userAgent: "", remoteAddress });

  for (let n = 0; n < 10; n++) {
    assert.equal(codeOf(await guess(`${n}@parley.example`, `2001:db8::${n}`)), "unauthenticated");
  }

  assert.equal(codeOf(await guess("olga@parley.example", "2001:db8::ffff")), "rate_limited");
  assert.equal(codeOf(await guess("olga@parley.example", "2001:db8:0:1::1")), "ok");
});

Deno.test("signIn() does not count a right password", async () => {
  using test = await openTestAccess();
  await test.owner();

  for (let n = 0; n < 30; n++) {
    const done = await test.access.signIn({
      email: "olga@parley.example",
      password: PASSWORD,
      ...HERE,
    });
    assert.equal(codeOf(done), "ok");
  }
});

Deno.test("signOut() ends this session, keeps the others and is announced", async () => {
  using test = await openTestAccess();
  const { principal, token } = await test.user("agent");
  const other = valueOf(
    await test.access.signIn({ email: principal.user.email, password: PASSWORD, ...HERE }),
  );
  const before = test.store.lastLogVersion;

  await test.access.signOut(token);
  await test.access.signOut(token);
  await test.access.signOut("never made");

  assert.equal(await test.access.principalOfSession(token), null);
  assert.equal(await test.access.refresh(principal), null);
  assert.notEqual(await test.access.principalOfSession(other.token), null);
  const log = await test.store.readLog(before, 10);
  const changes = log.flatMap(({ entry }) => entry.changes);
  assert.deepEqual(changes.map(({ type, userId }) => ({ type, userId })), [
    { type: "access.changed", userId: principal.user.id },
  ]);
});

Deno.test("principalOfSession() slides: 30 days after the last use, not after the first", async () => {
  using test = await openTestAccess();
  await test.owner();
  const { token } = await test.user("agent");

  for (let use = 0; use < 5; use++) {
    test.ports.clock.advance(29 * DAY_MS);
    assert.notEqual(await test.access.principalOfSession(token), null, `use ${use}`);
  }
  test.ports.clock.advance(30 * DAY_MS);

  assert.equal(await test.access.principalOfSession(token), null);
});

Deno.test("principalOfSession() refuses what is no session", async () => {
  using test = await openTestAccess();
  for (const token of ["", "x", "x".repeat(43), "x".repeat(10_000), "é".repeat(43)]) {
    assert.equal(await test.access.principalOfSession(token), null);
  }
});

Deno.test("principalOfSession() refuses a session that a change of the password has missed", async () => {
  using test = await openTestAccess();
  const owner = await test.owner();
  const { principal, token } = await test.user("agent");
  const key = keys.session(principal.sessionHash);
  const session = await test.store.get(key);
  valueOf(await test.access.setPassword(owner, principal.user.id, "another password"));

  await transact(test.store, (tx) => Promise.resolve(tx.set(key, session!)));

  assert.equal(await test.access.principalOfSession(token), null);
});

Deno.test("principalOfSession() sees a changed membership at once", async () => {
  using test = await openTestAccess();
  const owner = await test.owner();
  const inbox = valueOf(await test.inboxes.create(owner, { name: "Sales" }));
  const { token, principal } = await test.user("agent", { inboxIds: [inbox.id] });
  assert.deepEqual(principal.inboxIds, new Set([inbox.id]));

  valueOf(await test.inboxes.update(owner, inbox.id, { memberIds: [] }));

  const now = await test.access.principalOfSession(token);
  assert(now?.type === "user");
  assert.deepEqual(now.inboxIds, new Set());
});

Deno.test("signInByLink() works for a day, until the user is deactivated", async () => {
  using test = await openTestAccess();
  const owner = await test.owner();
  const { principal } = await test.user("agent");
  const link = valueOf(await test.access.createSignInLink(owner, principal.user.id));

  const first = await test.access.signInByLink(tokenOf(link), "test");
  const second = await test.access.signInByLink(tokenOf(link), "test");
  test.ports.clock.advance(DAY_MS);
  const late = await test.access.signInByLink(tokenOf(link), "test");

  assert.deepEqual([codeOf(first), codeOf(second), codeOf(late)], ["ok", "ok", "unauthenticated"]);
  const fresh = valueOf(await test.access.createSignInLink(owner, principal.user.id));
  valueOf(await test.access.deactivateUser(owner, principal.user.id));
  assert.equal(codeOf(await test.access.signInByLink(tokenOf(fresh), "test")), "unauthenticated");
});
