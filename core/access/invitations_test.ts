import assert from "node:assert/strict";
import {
  codeOf,
  openTestAccess,
  PASSWORD,
  type TestAccess,
  tokenOf,
  valueOf,
} from "../../tests/fakes/access.ts";
import type { Principal } from "./principal.ts";

const DAY_MS = 24 * 60 * 60 * 1_000;
const ANNA = { name: "Anna", password: PASSWORD };

async function inviteAnna({ access }: TestAccess, owner: Principal, inboxIds: string[] = []) {
  const input = { email: "Anna@parley.example", role: "agent", inboxIds } as const;
  return valueOf(await access.invite(owner, input));
}

Deno.test("acceptInvitation() makes the user, puts them into their inboxes and signs them in", async () => {
  using test = await openTestAccess();
  const owner = await test.owner();
  const ids: string[] = [];
  // More inboxes than a commit may check.
  for (let n = 0; n < 12; n++) {
    ids.push(valueOf(await test.inboxes.create(owner, { name: `Inbox ${n}` })).id);
  }
  const { url, invitation } = await inviteAnna(test, owner, ids);
  assert.match(url, /^https:\/\/inbox\.example\/invitation\/[\w-]{43}$/);
  assert.deepEqual(await test.access.linkInfo(tokenOf(url)), {
    kind: "invitation",
    email: "anna@parley.example",
  });

  const { principal, token } = valueOf(await test.access.acceptInvitation(tokenOf(url), ANNA));

  assert(principal.type === "user");
  assert.equal(principal.user.email, invitation.email);
  assert.equal(principal.user.role, "agent");
  assert.deepEqual(principal.inboxIds, new Set(ids));
  assert.deepEqual(await test.access.principalOfSession(token), principal);
  const inbox = valueOf(await test.inboxes.get(owner, ids[0] ?? ""));
  assert.deepEqual(inbox.memberIds, [owner.user.id, principal.user.id]);
  assert.deepEqual(valueOf(await test.access.invitations(owner)), []);
});

Deno.test("acceptInvitation() works once when 20 come with one link at once", async () => {
  using test = await openTestAccess({ isManyProcesses: true });
  const owner = await test.owner();
  const { url } = await inviteAnna(test, owner);

  const all = await Promise.all(
    Array.from({ length: 20 }, () => test.access.acceptInvitation(tokenOf(url), ANNA)),
  );

  assert.equal(all.filter((one) => one.ok).length, 1);
  assert.equal(valueOf(await test.access.users(owner)).length, 2);
});

Deno.test("acceptInvitation() of several people at once puts all of them into the inbox", async () => {
  using test = await openTestAccess({ isManyProcesses: true });
  const owner = await test.owner();
  const [inboxId = ""] = owner.inboxIds;
  const tokens: string[] = [];
  for (let n = 0; n < 4; n++) {
    const input = { email: `${n}@new.example`, role: "agent", inboxIds: [inboxId] } as const;
    tokens.push(tokenOf(valueOf(await test.access.invite(owner, input)).url));
  }

  const all = await Promise.all(tokens.map((token) => test.access.acceptInvitation(token, ANNA)));

  assert.equal(all.every((one) => one.ok), true);
  assert.equal(valueOf(await test.inboxes.get(owner, inboxId)).memberIds.length, 5);
});

Deno.test("acceptInvitation() leaves out an inbox that was removed meanwhile", async () => {
  using test = await openTestAccess();
  const owner = await test.owner();
  const inbox = valueOf(await test.inboxes.create(owner, { name: "Short-lived" }));
  const { url } = await inviteAnna(test, owner, [inbox.id]);
  valueOf(await test.inboxes.remove(owner, inbox.id));

  const { principal } = valueOf(await test.access.acceptInvitation(tokenOf(url), ANNA));

  assert(principal.type === "user");
  assert.deepEqual(principal.inboxIds, new Set());
});

Deno.test("an invitation ends after 7 days, by revocation, and by a newer one for the address", async () => {
  using test = await openTestAccess();
  const owner = await test.owner();
  const accept = (url: string) => test.access.acceptInvitation(tokenOf(url), ANNA);

  const replaced = await inviteAnna(test, owner);
  const revoked = await inviteAnna(test, owner);
  assert.deepEqual(valueOf(await test.access.invitations(owner)), [revoked.invitation]);
  valueOf(await test.access.revokeInvitation(owner, revoked.invitation.id));
  const late = await inviteAnna(test, owner);
  test.ports.clock.advance(7 * DAY_MS);

  for (const { url } of [replaced, revoked, late]) {
    assert.equal(codeOf(await accept(url)), "not_found");
    assert.equal(await test.access.linkInfo(tokenOf(url)), null);
  }
  assert.deepEqual(valueOf(await test.access.invitations(owner)), []);
  const again = await test.access.revokeInvitation(owner, revoked.invitation.id);
  assert.equal(codeOf(again), "not_found");
});

Deno.test("invite() mails the link where there is a mailer and shows it either way", async () => {
  using test = await openTestAccess();
  using silent = await openTestAccess({ mailer: null });
  const { url } = await inviteAnna(test, await test.owner());
  await test.access.settled();

  const shown = await inviteAnna(silent, await silent.owner());

  assert.equal(test.mails[0]?.to, "anna@parley.example");
  assert.equal(test.mails[0]?.text.includes(url), true);
  assert.match(shown.url, /\/invitation\//);
  assert.deepEqual([test.access.canMail, silent.access.canMail], [true, false]);
});

Deno.test("invite() refuses an address that has an account", async () => {
  using test = await openTestAccess();
  const owner = await test.owner();
  const input = { email: "OLGA@parley.example", role: "agent", inboxIds: [] } as const;

  assert.equal(codeOf(await test.access.invite(owner, input)), "conflict");
});

Deno.test("acceptInvitation() refuses an address that got an account meanwhile", async () => {
  using test = await openTestAccess();
  const owner = await test.owner();
  const { url } = await inviteAnna(test, owner);
  await test.user("viewer", { name: "Anna" });

  assert.equal(codeOf(await test.access.acceptInvitation(tokenOf(url), ANNA)), "conflict");
});

Deno.test("invite() names the field that is wrong", async () => {
  using test = await openTestAccess();
  const owner = await test.owner();
  const [inboxId = ""] = owner.inboxIds;

  const email = await test.access.invite(owner, { email: "anna", role: "agent", inboxIds: [] });
  const inbox = await test.access.invite(owner, {
    email: "anna@parley.example",
    role: "agent",
    inboxIds: [inboxId, "inb_none"],
  });

  assert(!email.ok && email.error.code === "invalid");
  assert.equal(email.error.errors[0]?.path, "email");
  assert(!inbox.ok && inbox.error.code === "invalid");
  assert.equal(inbox.error.errors[0]?.path, "inboxIds.1");
});

Deno.test("invitations are for owners and admins, and only an owner invites owners", async () => {
  using test = await openTestAccess();
  const owner = await test.owner();
  const input = (role: "owner" | "admin" | "agent") => ({
    email: `${role}@new.example`,
    role,
    inboxIds: [],
  });
  for (const role of ["agent", "viewer"] as const) {
    const { principal } = await test.user(role);

    assert.equal(codeOf(await test.access.invite(principal, input("agent"))), "forbidden");
    assert.equal(codeOf(await test.access.invitations(principal)), "forbidden");
    assert.equal(codeOf(await test.access.revokeInvitation(principal, "inv_1")), "forbidden");
  }
  const { principal: admin } = await test.user("admin");

  assert.equal(codeOf(await test.access.invite(admin, input("admin"))), "ok");
  assert.equal(codeOf(await test.access.invite(admin, input("owner"))), "forbidden");
  assert.equal(codeOf(await test.access.invite(owner, input("owner"))), "ok");
});

Deno.test("invite() repeated under one idempotency key gives the same link and mails once", async () => {
  using test = await openTestAccess();
  const owner = await test.owner();
  const input = { email: "anna@parley.example", role: "agent", inboxIds: [] } as const;
  const idempotency = { scope: "usr_1 /api/v1/invitations", key: "k1", bodyHash: "hash" };

  const first = valueOf(await test.access.invite(owner, input, { idempotency }));
  const second = valueOf(await test.access.invite(owner, input, { idempotency }));
  const other = await test.access.invite(owner, input, {
    idempotency: { ...idempotency, bodyHash: "other" },
  });
  await test.access.settled();

  assert.deepEqual(second, first);
  assert.equal(codeOf(other), "idempotency_mismatch");
  assert.equal(test.mails.length, 1);
  assert.equal(codeOf(await test.access.acceptInvitation(tokenOf(second.url), ANNA)), "ok");
});
