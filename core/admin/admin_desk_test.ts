import assert from "node:assert/strict";
import { openTestAccess, PASSWORD, type TestAccess } from "../../tests/fakes/access.ts";
import type { AdminCommand } from "./admin_command.ts";
import { AdminDesk } from "./admin_desk.ts";
import { signAdminRequest } from "./admin_signature.ts";

const CONFIG = { url: null, smtpUrl: null, mailApi: null };

function deskOf({ access, inboxes, store, ports }: TestAccess) {
  const desk = new AdminDesk({ access, inboxes, store, config: CONFIG, search: null });
  return {
    desk,
    /** Asks as the command line does. */
    async ask(command: AdminCommand) {
      const body = JSON.stringify(command);
      return await desk.answer(await signAdminRequest(store.vault, body, ports.clock.now()), body);
    },
  };
}

function signIn({ access }: TestAccess, email: string, password: string) {
  return access.signIn({ email, password, userAgent: "", remoteAddress: "192.0.2.1" });
}

const CREATE = {
  name: "user create",
  email: "Anna@parley.example",
  displayName: "Anna",
  role: "agent",
  inboxes: ["inbox"],
  password: PASSWORD,
} as const;

Deno.test("AdminDesk makes a user who can sign in and is a member of the named inboxes", async () => {
  using test = await openTestAccess();
  const owner = await test.owner();
  const { ask } = deskOf(test);

  const answer = await ask({ ...CREATE, inboxes: ["inbox"] });

  assert.deepEqual(answer, {
    ok: true,
    report: { lines: ["anna@parley.example can sign in as agent"], isHealthy: true },
  });
  const signedIn = await signIn(test, "anna@parley.example", PASSWORD);
  assert(signedIn.ok && signedIn.value.principal.type === "user");
  assert.deepEqual(signedIn.value.principal.inboxIds, owner.inboxIds);
});

Deno.test("AdminDesk sets Parley up by the first owner, and only by an owner", async () => {
  using test = await openTestAccess();
  const { ask } = deskOf(test);

  const early = await ask({ ...CREATE, inboxes: [] });
  const owner = await ask({ ...CREATE, role: "owner", inboxes: [] });

  assert(early && !early.ok);
  assert.match(early.message, /not set up/);
  assert(owner?.ok);
  assert.equal(await test.access.isSetUp(), true);
  const signedIn = await signIn(test, "anna@parley.example", PASSWORD);
  assert(signedIn.ok && signedIn.value.principal.type === "user");
  assert.equal(signedIn.value.principal.user.name, "Anna");
});

Deno.test("AdminDesk sets a password and deactivates, ending the sessions", async () => {
  using test = await openTestAccess();
  await test.owner();
  const { token, email } = await test.user("agent");
  const { ask } = deskOf(test);

  const changed = await ask({ name: "user password", email, password: "another password" });
  assert(changed?.ok);
  assert.equal(await test.access.principalOfSession(token), null);
  assert.equal((await signIn(test, email, "another password")).ok, true);

  const gone = await ask({ name: "user deactivate", email });
  assert(gone?.ok);
  assert.equal((await signIn(test, email, "another password")).ok, false);
});

Deno.test("AdminDesk makes an API token and shows it", async () => {
  using test = await openTestAccess();
  await test.owner();
  const { ask } = deskOf(test);

  const answer = await ask({ name: "token create", tokenName: "CI", role: "viewer" });

  assert(answer?.ok);
  const principal = await test.access.principalOfToken(answer.report.lines[1] ?? "");
  assert(principal?.type === "token");
  assert.equal(principal.role, "viewer");
});

Deno.test("AdminDesk says in words why something cannot be done", async () => {
  using test = await openTestAccess();
  await test.owner();
  const { ask } = deskOf(test);
  const email = "olga@parley.example";
  const cases: readonly [AdminCommand, RegExp][] = [
    [{ ...CREATE, email, inboxes: [] }, /olga@parley\.example already has an account/],
    [{ ...CREATE, inboxes: ["Sales"] }, /inbox "Sales" does not exist/],
    [{ ...CREATE, email: "anna", inboxes: [] }, /email is not an email address/],
    [{ ...CREATE, password: "short", inboxes: [] }, /password needs 10 characters or more/],
    [{ name: "user password", email: "no@parley.example", password: PASSWORD }, /no such user/],
    [{ name: "user deactivate", email }, /must be an active owner/],
  ];
  for (const [command, words] of cases) {
    const answer = await ask(command);

    assert(answer && !answer.ok, JSON.stringify(command));
    assert.match(answer.message, words);
  }
});

Deno.test("AdminDesk refuses what is not signed by the secret, late, altered or repeated", async () => {
  using test = await openTestAccess();
  using other = await openTestAccess();
  await test.owner();
  const { desk } = deskOf(test);
  const body = JSON.stringify({ name: "doctor" });
  const now = test.ports.clock.now();
  const good = await signAdminRequest(test.store.vault, body, now);

  const wrong = [
    "",
    "t=1,v1=00",
    good.replace("t=", "t=0"),
    good.replace(/.$/, (last) => last === "0" ? "1" : "0"),
    await signAdminRequest(test.store.vault, `${body} `, now),
    await signAdminRequest(test.store.vault, body, now - 60_001),
    await signAdminRequest(test.store.vault, body, now + 60_001),
    await signAdminRequest(
      { mac: (_purpose, text) => other.store.vault.mac("x", text) },
      body,
      now,
    ),
  ];
  for (const header of wrong) assert.equal(await desk.answer(header, body), null, header);

  const twice = await Promise.all([desk.answer(good, body), desk.answer(good, body)]);
  assert.equal(twice.filter((one) => one?.ok).length, 1);
  assert.equal(await desk.answer(good, body), null);
});

Deno.test("AdminDesk refuses signed nonsense", async () => {
  using test = await openTestAccess();
  const { desk } = deskOf(test);
  for (const body of ["", "{", "[]", '{"name":"drop"}', '{"name":"doctor","x":1}']) {
    const header = await signAdminRequest(test.store.vault, body, test.ports.clock.now());

    const answer = await desk.answer(header, body);

    assert(answer && !answer.ok, body);
    assert.match(answer.message, /does not know this command/);
  }
});
