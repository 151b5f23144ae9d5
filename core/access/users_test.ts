import assert from "node:assert/strict";
import { codeOf, openTestAccess, PASSWORD, valueOf } from "../../tests/fakes/access.ts";
import { keys } from "../store/mod.ts";

Deno.test("updateUser() changes name and role, seen by the next request and announced", async () => {
  using test = await openTestAccess();
  const owner = await test.owner();
  const { principal, token } = await test.user("agent");
  const before = test.store.lastLogVersion;

  const patch = { name: "Renamed", role: "viewer" } as const;
  const user = valueOf(await test.access.updateUser(owner, principal.user.id, patch));

  assert.deepEqual([user.name, user.role], ["Renamed", "viewer"]);
  const now = await test.access.principalOfSession(token);
  assert(now?.type === "user");
  assert.equal(now.user.role, "viewer");
  const log = await test.store.readLog(before, 10);
  const changes = log.flatMap(({ entry }) => entry.changes);
  assert.deepEqual(changes.map(({ type, userId, actor }) => ({ type, userId, by: actor.id })), [
    { type: "access.changed", userId: user.id, by: owner.user.id },
  ]);
});

Deno.test("deactivateUser() ends all sessions for good and keeps the address taken", async () => {
  using test = await openTestAccess();
  const owner = await test.owner();
  const { principal, token, email } = await test.user("agent");
  const { id } = principal.user;

  valueOf(await test.access.deactivateUser(owner, id));

  assert.equal(await test.access.principalOfSession(token), null);
  assert.equal(await test.access.refresh(principal), null);
  const invitation = { email, role: "agent", inboxIds: [] } as const;
  assert.equal(codeOf(await test.access.invite(owner, invitation)), "conflict");

  valueOf(await test.access.updateUser(owner, id, { active: true }));

  assert.equal(await test.access.principalOfSession(token), null);
  const again = { email, password: PASSWORD, userAgent: "", remoteAddress: "192.0.2.1" };
  assert.equal(codeOf(await test.access.signIn(again)), "ok");
});

Deno.test("deactivateUser() leaves no session that was opened meanwhile", async () => {
  using test = await openTestAccess();
  const owner = await test.owner();
  const { principal, email } = await test.user("agent");
  const signIn = () =>
    test.access.signIn({ email, password: PASSWORD, userAgent: "", remoteAddress: "192.0.2.1" });

  const [gone, ...signedIn] = await Promise.all([
    test.access.deactivateUser(owner, principal.user.id),
    ...Array.from({ length: 8 }, signIn),
  ]);
  valueOf(await test.access.updateUser(owner, principal.user.id, { active: true }));

  assert.equal(codeOf(gone), "ok");
  for (const one of signedIn) {
    if (one.ok) assert.equal(await test.access.principalOfSession(one.value.token), null);
  }
});

Deno.test("the last active owner can be neither demoted nor deactivated", async () => {
  using test = await openTestAccess();
  const owner = await test.owner();
  const second = (await test.user("owner")).principal;
  valueOf(await test.access.deactivateUser(owner, second.user.id));

  const demoted = await test.access.updateUser(owner, owner.user.id, { role: "admin" });
  const deactivated = await test.access.deactivateUser(
    { type: "token", id: "tok_1", name: "CI", role: "owner" },
    owner.user.id,
  );

  assert.deepEqual([codeOf(demoted), codeOf(deactivated)], ["conflict", "conflict"]);
  assert.equal(valueOf(await test.access.user(owner, owner.user.id)).role, "owner");
});

Deno.test("two owners who demote each other at once do not both succeed", async () => {
  using test = await openTestAccess({ isManyProcesses: true });
  const first = await test.owner();
  const second = (await test.user("owner")).principal;

  const results = await Promise.all([
    test.access.updateUser(first, second.user.id, { role: "agent" }),
    test.access.updateUser(second, first.user.id, { role: "agent" }),
    test.access.deactivateUser(first, second.user.id),
    test.access.deactivateUser(second, first.user.id),
  ]);

  assert.equal(results.some((one) => one.ok), true);
  const users = valueOf(await test.access.users(first));
  assert.equal(users.filter(({ role, active }) => role === "owner" && active).length, 1);
});

Deno.test("an admin manages everybody but owners; agents and viewers manage nobody", async () => {
  using test = await openTestAccess();
  const owner = await test.owner();
  const { principal: admin } = await test.user("admin");
  const { principal: agent } = await test.user("agent");
  const { principal: viewer } = await test.user("viewer");
  const change = (by: typeof admin, id: string, patch: { role: "owner" | "admin" | "viewer" }) =>
    test.access.updateUser(by, id, patch).then(codeOf);

  assert.equal(await change(admin, agent.user.id, { role: "admin" }), "ok");
  assert.equal(await change(admin, agent.user.id, { role: "owner" }), "forbidden");
  assert.equal(await change(admin, owner.user.id, { role: "viewer" }), "forbidden");
  assert.equal(codeOf(await test.access.deactivateUser(admin, owner.user.id)), "forbidden");
  for (const one of [agent, viewer]) {
    assert.equal(await change(one, viewer.user.id, { role: "viewer" }), "forbidden");
    assert.equal(codeOf(await test.access.deactivateUser(one, viewer.user.id)), "forbidden");
  }
});

Deno.test("nobody deactivates themselves", async () => {
  using test = await openTestAccess();
  await test.owner();
  const { principal } = await test.user("admin");

  const done = await test.access.deactivateUser(principal, principal.user.id);

  assert.equal(codeOf(done), "conflict");
});

Deno.test("updateUser() names unknown users and wrong fields", async () => {
  using test = await openTestAccess();
  const owner = await test.owner();

  assert.equal(codeOf(await test.access.updateUser(owner, "usr_none", { name: "X" })), "not_found");
  const wrong = await test.access.updateUser(owner, owner.user.id, { name: "" });
  assert(!wrong.ok && wrong.error.code === "invalid");
  assert.equal(wrong.error.errors[0]?.path, "name");
  assert.equal(codeOf(await test.access.user(owner, "usr_none")), "not_found");
});

Deno.test("createUser() makes one user for one address when 20 come at once", async () => {
  using test = await openTestAccess({ isManyProcesses: true });
  const owner = await test.owner();
  const input = { name: "Anna", email: "anna@parley.example", role: "agent" } as const;

  const all = await Promise.all(
    Array.from(
      { length: 20 },
      () => test.access.createUser(owner, { ...input, password: PASSWORD }),
    ),
  );

  assert.equal(all.filter((one) => one.ok).length, 1);
  assert.equal(all.filter((one) => codeOf(one) === "conflict").length, 19);
  assert.equal(valueOf(await test.access.users(owner)).length, 2);
});

Deno.test("setPassword() is for owners, ends the sessions and stores no password", async () => {
  using test = await openTestAccess();
  const owner = await test.owner();
  const { principal: admin } = await test.user("admin");
  const { principal, token, email } = await test.user("agent");
  const { id } = principal.user;

  assert.equal(codeOf(await test.access.setPassword(admin, id, "new password")), "forbidden");
  assert.equal(codeOf(await test.access.setPassword(owner, id, "short")), "invalid");
  assert.equal(
    codeOf(await test.access.setPassword(owner, "usr_none", "new password")),
    "not_found",
  );
  valueOf(await test.access.setPassword(owner, id, "new password"));

  assert.equal(await test.access.principalOfSession(token), null);
  const again = { email, password: "new password", userAgent: "", remoteAddress: "192.0.2.1" };
  assert.equal(codeOf(await test.access.signIn(again)), "ok");
  const stored = await test.store.get(keys.credential(id));
  assert.equal(stored?.hash.includes("new password"), false);
});
