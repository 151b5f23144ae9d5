import assert from "node:assert/strict";
import {
  codeOf,
  openTestAccess,
  PASSWORD,
  type TestAccess,
  tokenOf,
  valueOf,
} from "../../tests/fakes/access.ts";

const NEW = "a quite new password";
const HOUR_MS = 60 * 60 * 1_000;

/** Asks for a link and takes its token out of the mail. */
async function requestLink({ access, mails }: TestAccess, email: string): Promise<string> {
  valueOf(await access.requestPasswordReset(email, "192.0.2.1"));
  await access.settled();
  const url = /https:\S+/.exec(mails.at(-1)?.text ?? "")?.[0];
  assert(url);
  return tokenOf(url);
}

function signIn({ access }: TestAccess, email: string, password: string) {
  return access.signIn({ email, password, userAgent: "", remoteAddress: "192.0.2.9" });
}

Deno.test("resetPassword() sets the password, ends all sessions and works once", async () => {
  using test = await openTestAccess();
  await test.owner();
  const { token, email } = await test.user("agent");
  const link = await requestLink(test, ` ${email.toUpperCase()} `);
  assert.deepEqual(await test.access.linkInfo(link), { kind: "reset", email });

  const first = await test.access.resetPassword(link, NEW);
  const second = await test.access.resetPassword(link, "yet another password");

  assert.deepEqual([codeOf(first), codeOf(second)], ["ok", "not_found"]);
  assert.equal(await test.access.principalOfSession(token), null);
  assert.equal(codeOf(await signIn(test, email, PASSWORD)), "unauthenticated");
  assert.equal(codeOf(await signIn(test, email, NEW)), "ok");
});

Deno.test("requestPasswordReset() mails the link to the account's address and nowhere else", async () => {
  using test = await openTestAccess();
  await test.owner();

  await requestLink(test, "olga@parley.example");

  const [mail] = test.mails;
  assert(mail);
  assert.equal(test.mails.length, 1);
  assert.equal(mail.to, "olga@parley.example");
  assert.match(mail.text, /^https:\/\/inbox\.example\/reset-password\/[\w-]{43}$/m);
});

Deno.test("requestPasswordReset() answers alike for unknown and deactivated accounts, and sends nothing", async () => {
  using test = await openTestAccess();
  const owner = await test.owner();
  const gone = await test.user("agent");
  valueOf(await test.access.deactivateUser(owner, gone.principal.user.id));

  const known = await test.access.requestPasswordReset("olga@parley.example", "192.0.2.1");
  const unknown = await test.access.requestPasswordReset("nobody@parley.example", "192.0.2.1");
  const inactive = await test.access.requestPasswordReset(gone.email, "192.0.2.1");
  await test.access.settled();

  assert.deepEqual(unknown, known);
  assert.deepEqual(inactive, known);
  assert.deepEqual(test.mails.map(({ to }) => to), ["olga@parley.example"]);
});

Deno.test("requestPasswordReset() does not wait for the mail and survives its failure", async () => {
  const started = Promise.withResolvers<void>();
  const sending = Promise.withResolvers<void>();
  using test = await openTestAccess({ mailer: () => (started.resolve(), sending.promise) });
  await test.owner();

  const done = await test.access.requestPasswordReset("olga@parley.example", "192.0.2.1");
  await started.promise;
  sending.reject(new Error("451 try later, olga@parley.example"));
  await test.access.settled();

  assert.equal(codeOf(done), "ok");
  const errors = test.ports.logs.filter(({ level }) => level === "error");
  assert.deepEqual(errors, [
    { level: "error", event: "password reset failed", fields: { reason: "Error" } },
  ]);
});

Deno.test("requestPasswordReset() gives a mail 30 seconds", async () => {
  const started = Promise.withResolvers<AbortSignal>();
  using test = await openTestAccess({
    mailer: (_mail, signal) => {
      started.resolve(signal);
      return new Promise((_resolve, reject) =>
        signal.addEventListener("abort", () => reject(signal.reason))
      );
    },
  });
  await test.owner();
  valueOf(await test.access.requestPasswordReset("olga@parley.example", "192.0.2.1"));
  const signal = await started.promise;

  test.ports.clock.advance(29_999);
  assert.equal(signal.aborted, false);
  test.ports.clock.advance(1);
  assert.equal(signal.aborted, true);
  await test.access.settled();
});

Deno.test("requestPasswordReset() sends 3 mails an hour to one account, with the same answer", async () => {
  using test = await openTestAccess();
  await test.owner();

  for (let n = 0; n < 5; n++) {
    const done = await test.access.requestPasswordReset("olga@parley.example", `192.0.2.${n}`);
    assert.equal(codeOf(done), "ok");
  }
  await test.access.settled();

  assert.equal(test.mails.length, 3);
});

Deno.test("requestPasswordReset() takes 10 an hour from one client and refuses what is no address", async () => {
  using test = await openTestAccess();
  const ask = (email: string) => test.access.requestPasswordReset(email, "192.0.2.1");

  assert.equal(codeOf(await ask("nobody")), "invalid");
  for (let n = 0; n < 10; n++) assert.equal(codeOf(await ask(`${n}@parley.example`)), "ok");
  const late = await ask("one.more@parley.example");

  assert.deepEqual(late, {
    ok: false,
    error: { code: "rate_limited", retryAfterMs: HOUR_MS },
  });
});

Deno.test("resetPassword() works within an hour", async () => {
  using test = await openTestAccess();
  await test.owner();
  const link = await requestLink(test, "olga@parley.example");

  test.ports.clock.advance(HOUR_MS);

  assert.equal(codeOf(await test.access.resetPassword(link, NEW)), "not_found");
  assert.equal(await test.access.linkInfo(link), null);
});

Deno.test("resetPassword() ends the other links of the account", async () => {
  using test = await openTestAccess();
  await test.owner();
  const first = await requestLink(test, "olga@parley.example");
  const second = await requestLink(test, "olga@parley.example");

  valueOf(await test.access.resetPassword(second, NEW));

  assert.equal(codeOf(await test.access.resetPassword(first, PASSWORD)), "not_found");
});

Deno.test("resetPassword() refuses a weak password and keeps the link", async () => {
  using test = await openTestAccess();
  await test.owner();
  const link = await requestLink(test, "olga@parley.example");

  const weak = await test.access.resetPassword(link, "short");

  assert(!weak.ok && weak.error.code === "invalid");
  assert.equal(weak.error.errors[0]?.path, "password");
  assert.equal(codeOf(await test.access.resetPassword(link, NEW)), "ok");
});

Deno.test("resetPassword() works once when 20 come with one link at once", async () => {
  using test = await openTestAccess({ isManyProcesses: true });
  await test.owner();
  const link = await requestLink(test, "olga@parley.example");

  const all = await Promise.all(
    Array.from({ length: 20 }, (_, n) => test.access.resetPassword(link, `password number ${n}`)),
  );

  assert.equal(all.filter((one) => one.ok).length, 1);
  const winner = all.findIndex((one) => one.ok);
  assert.equal(
    codeOf(await signIn(test, "olga@parley.example", `password number ${winner}`)),
    "ok",
  );
});

Deno.test("resetPassword() leaves no session that was opened with the old password meanwhile", async () => {
  using test = await openTestAccess();
  await test.owner();
  const link = await requestLink(test, "olga@parley.example");

  const [reset, ...signedIn] = await Promise.all([
    test.access.resetPassword(link, NEW),
    ...Array.from({ length: 8 }, () => signIn(test, "olga@parley.example", PASSWORD)),
  ]);

  assert.equal(codeOf(reset), "ok");
  for (const one of signedIn) {
    if (one.ok) assert.equal(await test.access.principalOfSession(one.value.token), null);
  }
});

Deno.test("a link of one kind opens nothing of another kind", async () => {
  using test = await openTestAccess();
  const owner = await test.owner();
  const reset = await requestLink(test, "olga@parley.example");
  const { url } = valueOf(
    await test.access.invite(owner, { email: "new@parley.example", role: "agent", inboxIds: [] }),
  );

  const crossed = [
    await test.access.resetPassword(tokenOf(url), NEW),
    await test.access.acceptInvitation(reset, { name: "Eve", password: NEW }),
    await test.access.setUp(reset, { name: "Eve", email: "eve@parley.example", password: NEW }),
  ];

  assert.deepEqual(crossed.map(codeOf), ["not_found", "not_found", "not_found"]);
  assert.equal(codeOf(await test.access.signInByLink(reset, "")), "unauthenticated");
});
