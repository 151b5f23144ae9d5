import assert from "node:assert/strict";
import { codeOf, openTestAccess, PASSWORD, tokenOf, valueOf } from "../../tests/fakes/access.ts";

const OWNER = { name: "Ada", email: " Ada@Parley.Example ", password: PASSWORD };

Deno.test("setUp() makes owner, workspace and first inbox, and signs the owner in", async () => {
  using test = await openTestAccess();
  const { access, inboxes } = test;
  const link = await access.setupLink();
  assert(link);

  const done = valueOf(
    await access.setUp(tokenOf(link), { ...OWNER, workspaceName: "Velo", inboxName: "Sales" }),
  );

  const { principal } = done;
  assert(principal.type === "user");
  assert.equal(principal.user.role, "owner");
  assert.equal(principal.user.email, "ada@parley.example");
  assert.deepEqual(await access.workspace(), {
    name: "Velo",
    isSetUp: true,
    demoChannelId: null,
    demoPracticeChannelId: null,
    demoFormChannelId: null,
  });
  const all = valueOf(await inboxes.list(principal));
  assert.deepEqual(all.map(({ name, memberIds }) => ({ name, memberIds })), [
    { name: "Sales", memberIds: [principal.user.id] },
  ]);
  assert.deepEqual(principal.inboxIds, new Set([all[0]?.id]));
  assert.deepEqual(await access.principalOfSession(done.token), principal);
});

Deno.test("setupLink() is an address of PARLEY_URL, ends the one before and exists until set-up", async () => {
  using test = await openTestAccess();
  const { access } = test;
  const first = await access.setupLink();
  const second = await access.setupLink();
  assert(first && second);

  assert.match(second, /^https:\/\/inbox\.example\/set-up\/[\w-]{43}$/);
  assert.equal(await access.linkInfo(tokenOf(first)), null);
  assert.deepEqual(await access.linkInfo(tokenOf(second)), { kind: "setup" });
  assert.equal(codeOf(await access.setUp(tokenOf(first), OWNER)), "not_found");
  assert.equal(codeOf(await access.setUp(tokenOf(second), OWNER)), "ok");
  assert.equal(await access.setupLink(), null);
  assert.equal(codeOf(await access.setUp(tokenOf(second), OWNER)), "not_found");
});

Deno.test("setUp() works once when 20 come with one link at once", async () => {
  using test = await openTestAccess({ isManyProcesses: true });
  const { access } = test;
  const token = tokenOf(await access.setupLink() ?? "");

  const all = await Promise.all(
    Array.from(
      { length: 20 },
      (_, n) => access.setUp(token, { ...OWNER, email: `ada${n}@parley.example` }),
    ),
  );

  assert.equal(all.filter((one) => one.ok).length, 1);
  const [winner] = all.filter((one) => one.ok);
  assert(winner?.ok);
  assert.equal(valueOf(await access.users(winner.value.principal)).length, 1);
});

for (
  const [path, input] of [
    ["email", { ...OWNER, email: "ada" }],
    ["email", { ...OWNER, email: `${"a".repeat(260)}@parley.example` }],
    ["password", { ...OWNER, password: "short" }],
    ["password", { ...OWNER, password: "x".repeat(257) }],
    ["name", { ...OWNER, name: "  " }],
    ["name", { ...OWNER, name: "Ada\u0000" }],
    ["inboxName", { ...OWNER, inboxName: "" }],
    ["workspaceName", { ...OWNER, workspaceName: "x".repeat(101) }],
  ] as const
) {
  Deno.test(`setUp() names the field ${path} of ${JSON.stringify(input).slice(0, 80)}`, async () => {
    using test = await openTestAccess();
    const token = tokenOf(await test.access.setupLink() ?? "");

    const done = await test.access.setUp(token, input);

    assert(!done.ok && done.error.code === "invalid");
    assert.deepEqual(done.error.errors.map((error) => error.path), [path]);
    assert.equal(await test.access.isSetUp(), false);
  });
}

Deno.test("setUp() refuses links that were never made", async () => {
  using test = await openTestAccess();
  for (const token of ["", "x", "x".repeat(43), "x".repeat(5_000), "../../etc"]) {
    assert.equal(codeOf(await test.access.setUp(token, OWNER)), "not_found");
  }
});

Deno.test("ensureAdmin() makes the owner once and touches nothing afterwards", async () => {
  using test = await openTestAccess();
  const { access, inboxes } = test;

  const all = await Promise.all([1, 2, 3].map(() => access.ensureAdmin(OWNER.email, PASSWORD)));
  const again = await access.ensureAdmin("other@parley.example", "another password");

  assert.equal(all.filter((one) => one.ok && one.value).length, 1);
  assert.deepEqual(again, { ok: true, value: false });
  const { principal } = valueOf(
    await access.signIn({
      email: OWNER.email,
      password: PASSWORD,
      userAgent: "",
      remoteAddress: "192.0.2.1",
    }),
  );
  assert.deepEqual(valueOf(await inboxes.list(principal)).map(({ name }) => name), ["Inbox"]);
  assert.equal(valueOf(await access.users(principal)).length, 1);
});
