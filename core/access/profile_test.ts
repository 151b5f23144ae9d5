import assert from "node:assert/strict";
import {
  codeOf,
  openTestAccess,
  PASSWORD,
  type TestAccess,
  valueOf,
} from "../../tests/fakes/access.ts";
import { type AttachmentRecord, keys, transact } from "../store/mod.ts";

const TOKEN = { type: "token", id: "tok_1", name: "CI", role: "owner" } as const;

/** A file as an upload leaves it. */
async function upload(
  { store, ports }: TestAccess,
  userId: string,
  fields: Partial<AttachmentRecord> = {},
): Promise<AttachmentRecord> {
  const blob = await store.blobs.stage(new Uint8Array([137, 80, 78, 71]));
  assert(!("code" in blob));
  const record: AttachmentRecord = {
    id: ports.ids.next("att"),
    name: "me.png",
    type: "image/png",
    size: blob.size,
    blob,
    createdAt: ports.clock.now(),
    owner: { kind: "upload", by: `user:${userId}` },
    ...fields,
  };
  await transact(store, (tx) => Promise.resolve(tx.set(keys.attachment(record.id), record)));
  return record;
}

Deno.test("updateProfile() changes what it is given and nothing else", async () => {
  using test = await openTestAccess();
  const owner = await test.owner();

  const meetingLink = "https://meet.example/olga";
  const first = valueOf(
    await test.access.updateProfile(owner, { meetingLink, availability: "away" }),
  );
  const second = valueOf(await test.access.updateProfile(owner, { name: "  Olga   O. " }));
  const third = valueOf(await test.access.updateProfile(owner, { meetingLink: "" }));

  assert.deepEqual([first.meetingLink, first.availability], [meetingLink, "away"]);
  assert.deepEqual([second.name, second.meetingLink], ["Olga O.", meetingLink]);
  assert.equal(third.meetingLink, null);
  assert.equal(third.role, "owner");
});

Deno.test("updateProfile() keeps which events somebody is told of, each once, and refuses others", async () => {
  using test = await openTestAccess();
  const owner = await test.owner();

  const chosen = valueOf(
    await test.access.updateProfile(owner, {
      notifications: { mail: ["others", "assigned", "others"] },
    }),
  );
  const kept = valueOf(await test.access.updateProfile(owner, { availability: "away" }));
  const none = valueOf(await test.access.updateProfile(owner, { notifications: { mail: [] } }));
  // What a form or the API may send is not always of the type.
  const wrong = { notifications: { mail: ["everything"] } } as unknown as Record<string, never>;

  assert.deepEqual(chosen.notifications, { mail: ["others", "assigned"] });
  assert.deepEqual(kept.notifications, chosen.notifications);
  assert.deepEqual(none.notifications, { mail: [] });
  assert.equal(codeOf(await test.access.updateProfile(owner, wrong)), "invalid");
});

Deno.test("updateProfile() refuses links that are not web addresses", async () => {
  using test = await openTestAccess();
  const owner = await test.owner();
  const wrong = [
    "javascript:alert(1)",
    "meet.example",
    "ftp://meet.example",
    `https://${"x".repeat(600)}`,
  ];
  for (const meetingLink of wrong) {
    const done = await test.access.updateProfile(owner, { meetingLink });

    assert(!done.ok && done.error.code === "invalid", meetingLink);
    assert.equal(done.error.errors[0]?.path, "meetingLink");
  }
});

Deno.test("updateProfile() takes over an uploaded picture and drops the old one with its bytes", async () => {
  using test = await openTestAccess();
  const owner = await test.owner();
  const first = await upload(test, owner.user.id);
  const second = await upload(test, owner.user.id);

  valueOf(await test.access.updateProfile(owner, { avatarAttachmentId: first.id }));
  const user = valueOf(await test.access.updateProfile(owner, { avatarAttachmentId: second.id }));

  assert.equal(user.avatarAttachmentId, second.id);
  const stored = await test.store.get(keys.attachment(second.id));
  assert.deepEqual(stored?.owner, { kind: "avatar", userId: owner.user.id });
  assert.equal(await test.store.get(keys.attachment(first.id)), null);
  assert.equal(await test.store.blobs.read(first.blob.id), null);
  const without = valueOf(await test.access.updateProfile(owner, { avatarAttachmentId: null }));
  assert.equal(without.avatarAttachmentId, null);
  assert.equal(await test.store.blobs.read(second.blob.id), null);
});

Deno.test("updateProfile() refuses pictures that are another's, no image or too large", async () => {
  using test = await openTestAccess();
  const owner = await test.owner();
  const files = [
    await upload(test, "usr_other"),
    await upload(test, owner.user.id, { type: "image/svg+xml" }),
    await upload(test, owner.user.id, { size: 2 * 1024 * 1024 + 1 }),
    { id: "att_none" },
  ];
  for (const { id } of files) {
    const done = await test.access.updateProfile(owner, { avatarAttachmentId: id });

    assert(!done.ok && done.error.code === "invalid");
    assert.equal(done.error.errors[0]?.path, "avatarAttachmentId");
  }
});

Deno.test("changePassword() keeps this session and ends the others", async () => {
  using test = await openTestAccess();
  await test.owner();
  const here = await test.user("agent");
  const { email } = here;
  const credentials = { email, userAgent: "", remoteAddress: "192.0.2.1" };
  const there = valueOf(await test.access.signIn({ ...credentials, password: PASSWORD }));

  const change = { current: PASSWORD, next: "my new password" };
  valueOf(await test.access.changePassword(here.principal, change));

  assert.notEqual(await test.access.principalOfSession(here.token), null);
  assert.equal(await test.access.principalOfSession(there.token), null);
  assert.equal(
    codeOf(await test.access.signIn({ ...credentials, password: PASSWORD })),
    "unauthenticated",
  );
  assert.equal(codeOf(await test.access.signIn({ ...credentials, password: change.next })), "ok");
});

Deno.test("changePassword() wants the current password and limits the guesses", async () => {
  using test = await openTestAccess();
  const owner = await test.owner();
  const change = (current: string, next = "my new password") =>
    test.access.changePassword(owner, { current, next });

  const weak = await change(PASSWORD, "short");
  assert(!weak.ok && weak.error.code === "invalid");
  assert.equal(weak.error.errors[0]?.path, "next");
  for (let n = 0; n < 10; n++) {
    const wrong = await change("wrong");
    assert(!wrong.ok && wrong.error.code === "invalid");
    assert.equal(wrong.error.errors[0]?.path, "current");
  }
  assert.equal(codeOf(await change(PASSWORD)), "rate_limited");
});

Deno.test("an API token has no profile and no password", async () => {
  using test = await openTestAccess();
  await test.owner();

  assert.equal(codeOf(await test.access.updateProfile(TOKEN, { name: "X" })), "forbidden");
  const change = { current: PASSWORD, next: "my new password" };
  assert.equal(codeOf(await test.access.changePassword(TOKEN, change)), "forbidden");
});
