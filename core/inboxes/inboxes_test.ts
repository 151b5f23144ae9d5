import assert from "node:assert/strict";
import { codeOf, openTestAccess, type TestAccess, valueOf } from "../../tests/fakes/access.ts";
import type { Channel } from "../model/channel.ts";
import { keys, transact } from "../store/mod.ts";

async function putChannel({ store }: TestAccess, inboxId: string): Promise<void> {
  const channel: Channel = {
    id: "chn_1",
    type: "chat",
    inboxId,
    name: "Website",
    config: {},
    secrets: {},
    autoTicket: false,
    status: "ready",
    error: null,
    createdAt: 0,
    updatedAt: 0,
  };
  await transact(store, (tx) => Promise.resolve(tx.set(keys.channel(channel.id), channel)));
}

Deno.test("list() and get() show members their inboxes and nothing of the others", async () => {
  using test = await openTestAccess();
  const owner = await test.owner();
  const mine = valueOf(await test.inboxes.create(owner, { name: "Mine" }));
  const other = valueOf(await test.inboxes.create(owner, { name: "Other" }));
  for (const role of ["agent", "viewer"] as const) {
    const { principal } = await test.user(role, { inboxIds: [mine.id] });

    const list = valueOf(await test.inboxes.list(principal));

    assert.deepEqual(list.map(({ id }) => id), [mine.id]);
    assert.equal(codeOf(await test.inboxes.get(principal, mine.id)), "ok");
    assert.equal(codeOf(await test.inboxes.get(principal, other.id)), "not_found");
    assert.equal(codeOf(await test.inboxes.get(principal, "inb_none")), "not_found");
  }
  const all = valueOf(await test.inboxes.list((await test.user("admin")).principal));
  assert.equal(all.length, 3);
});

Deno.test("changing an inbox is forbidden to members and hidden from others", async () => {
  using test = await openTestAccess();
  const owner = await test.owner();
  const mine = valueOf(await test.inboxes.create(owner, { name: "Mine" }));
  const other = valueOf(await test.inboxes.create(owner, { name: "Other" }));
  const { principal } = await test.user("agent", { inboxIds: [mine.id] });

  assert.equal(codeOf(await test.inboxes.create(principal, { name: "New" })), "forbidden");
  for (const [id, code] of [[mine.id, "forbidden"], [other.id, "not_found"]] as const) {
    assert.equal(codeOf(await test.inboxes.update(principal, id, { name: "X" })), code);
    assert.equal(codeOf(await test.inboxes.remove(principal, id)), code);
  }
});

Deno.test("create() makes its maker the member unless others are named", async () => {
  using test = await openTestAccess();
  const owner = await test.owner();
  const { principal } = await test.user("agent");
  const token = { type: "token", id: "tok_1", name: "CI", role: "owner" } as const;

  const own = valueOf(await test.inboxes.create(owner, { name: "  Own   inbox " }));
  const memberIds = [principal.user.id, principal.user.id];
  const theirs = valueOf(await test.inboxes.create(owner, { name: "Theirs", memberIds }));
  const empty = valueOf(await test.inboxes.create(token, { name: "Empty" }));

  assert.deepEqual([own.name, own.memberIds], ["Own inbox", [owner.user.id]]);
  assert.deepEqual(theirs.memberIds, [principal.user.id]);
  assert.deepEqual(empty.memberIds, []);
});

Deno.test("update() announces exactly those whose membership changed", async () => {
  using test = await openTestAccess();
  const owner = await test.owner();
  const [a, b, c] = [await test.user("agent"), await test.user("agent"), await test.user("agent")]
    .map(({ principal }) => principal.user.id);
  assert(a && b && c);
  const { id } = valueOf(await test.inboxes.create(owner, { name: "Sales", memberIds: [a, b] }));
  const before = test.store.lastLogVersion;

  valueOf(await test.inboxes.update(owner, id, { memberIds: [b, c] }));

  const log = await test.store.readLog(before, 10);
  const changes = log.flatMap(({ entry }) => entry.changes);
  const told = changes.filter(({ type }) => type === "access.changed").map(({ userId }) => userId);
  assert.deepEqual(told, [a, c]);
});

Deno.test("members must be active users, but whoever is one already may stay", async () => {
  using test = await openTestAccess();
  const owner = await test.owner();
  const { principal } = await test.user("agent");
  const gone = principal.user.id;
  const { id } = valueOf(await test.inboxes.create(owner, { name: "Sales", memberIds: [gone] }));
  valueOf(await test.access.deactivateUser(owner, gone));

  const kept = await test.inboxes.update(owner, id, { memberIds: [owner.user.id, gone] });
  const added = await test.inboxes.create(owner, { name: "New", memberIds: [owner.user.id, gone] });
  const unknown = await test.inboxes.update(owner, id, { memberIds: ["usr_none"] });

  assert.equal(codeOf(kept), "ok");
  assert(!added.ok && added.error.code === "invalid");
  assert.equal(added.error.errors[0]?.path, "memberIds.1");
  assert(!unknown.ok && unknown.error.code === "invalid");
  assert.equal(unknown.error.errors[0]?.path, "memberIds.0");
});

Deno.test("update() by 20 at once loses none of the names", async () => {
  using test = await openTestAccess();
  const owner = await test.owner();
  const { id } = valueOf(await test.inboxes.create(owner, { name: "Sales" }));

  const all = await Promise.all(
    Array.from({ length: 20 }, (_, n) => test.inboxes.update(owner, id, { name: `Name ${n}` })),
  );

  assert.equal(all.every((one) => one.ok), true);
  const stored = valueOf(await test.inboxes.get(owner, id));
  assert.equal(all.some((one) => valueOf(one).name === stored.name), true);
  const listed = valueOf(await test.inboxes.list(owner)).find((one) => one.id === id);
  assert.deepEqual(listed, stored);
});

Deno.test("remove() keeps an inbox that holds a channel or conversations of any status", async () => {
  using test = await openTestAccess();
  const owner = await test.owner();
  const [one, two, three] = await Promise.all(
    ["One", "Two", "Three"].map(async (name) =>
      valueOf(await test.inboxes.create(owner, { name })).id
    ),
  );
  assert(one && two && three);
  await putChannel(test, one);
  await transact(
    test.store,
    (tx) => Promise.resolve(tx.set(keys.done("closed", two, 1, "cnv_1"), true)),
  );

  const results = [];
  for (const id of [one, two, three]) results.push(await test.inboxes.remove(owner, id));

  assert.deepEqual(results.map(codeOf), ["conflict", "conflict", "ok"]);
  assert.equal(codeOf(await test.inboxes.get(owner, three)), "not_found");
  const left = valueOf(await test.inboxes.list(owner)).map(({ name }) => name);
  assert.deepEqual(left.sort(), ["Inbox", "One", "Two"]);
});

for (const name of ["", "   ", "x".repeat(101), "a\u0007b"]) {
  Deno.test(`create() refuses the name ${JSON.stringify(name.slice(0, 20))}`, async () => {
    using test = await openTestAccess();

    const done = await test.inboxes.create(await test.owner(), { name });

    assert(!done.ok && done.error.code === "invalid");
    assert.equal(done.error.errors[0]?.path, "name");
  });
}

Deno.test("create() repeated under one idempotency key makes one inbox", async () => {
  using test = await openTestAccess();
  const owner = await test.owner();
  const once = { idempotency: { scope: "usr_1 /api/v1/inboxes", key: "k1", bodyHash: "hash" } };

  const first = valueOf(await test.inboxes.create(owner, { name: "Sales" }, once));
  const second = valueOf(await test.inboxes.create(owner, { name: "Sales" }, once));

  assert.deepEqual(second, first);
  assert.equal(valueOf(await test.inboxes.list(owner)).length, 2);
});
