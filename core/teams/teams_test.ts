import assert from "node:assert/strict";
import { codeOf, openTestAccess, valueOf } from "../../tests/fakes/access.ts";
import { openTestInbox } from "../../tests/fakes/test_inbox.ts";
import type { Change } from "../model/change.ts";
import { keys, type Store, transact } from "../store/mod.ts";

const ROOT = { type: "token", id: "tok_root", name: "Root", role: "owner" } as const;

async function changesAfter(store: Store, head: string): Promise<readonly Change[]> {
  return (await store.readLog(head, 1_000)).flatMap(({ entry }) => entry.changes);
}

Deno.test("teams are known to everybody and changed by owners and admins only", async () => {
  using test = await openTestAccess();
  const owner = await test.owner();
  const { principal } = await test.user("agent");
  const team = valueOf(await test.teams.create(owner, { name: "Workshop" }));

  assert.deepEqual(valueOf(await test.teams.list(principal)), [team]);
  assert.equal(codeOf(await test.teams.create(principal, { name: "" })), "forbidden");
  assert.equal(codeOf(await test.teams.update(principal, team.id, {})), "forbidden");
  assert.equal(codeOf(await test.teams.remove(principal, team.id)), "forbidden");
  assert.equal(codeOf(await test.teams.remove(owner, "tem_none")), "not_found");
});

Deno.test("create() refuses a name that is taken, whoever else takes it at this moment", async () => {
  using test = await openTestAccess({ isManyProcesses: true });
  const owner = await test.owner();

  const made = await Promise.all(
    ["Workshop", "workshop", "Workshop "].map((name) => test.teams.create(owner, { name })),
  );

  assert.deepEqual(made.map(codeOf).sort(), ["conflict", "conflict", "ok"]);
});

Deno.test("members of an inbox's team work in it, until they leave the team or it is removed", async () => {
  using test = await openTestAccess();
  const owner = await test.owner();
  const { principal } = await test.user("agent");
  const userId = principal.user.id;
  const team = valueOf(await test.teams.create(owner, { name: "Workshop", memberIds: [userId] }));
  const { id } = valueOf(
    await test.inboxes.create(owner, { name: "Repairs", memberIds: [], teamIds: [team.id] }),
  );
  const seen = async () => (await test.access.inboxCache.idsOf(userId)).has(id);
  assert.equal(await seen(), true);

  valueOf(await test.teams.update(owner, team.id, { memberIds: [] }));
  assert.equal(await seen(), false);
  valueOf(await test.teams.update(owner, team.id, { memberIds: [userId] }));
  assert.equal(await seen(), true);

  valueOf(await test.teams.remove(owner, team.id));
  assert.equal(await seen(), false);
  assert.deepEqual(valueOf(await test.inboxes.get(owner, id)).teamIds, []);
});

Deno.test("who comes to or leaves a team or its inbox is told that their rights changed, nobody else", async () => {
  using test = await openTestAccess();
  const owner = await test.owner();
  const [a = "", b = "", c = ""] = await Promise.all(
    [1, 2, 3].map(async () => (await test.user("agent")).principal.user.id),
  );
  const team = valueOf(await test.teams.create(owner, { name: "Workshop", memberIds: [a, b] }));
  const inbox = valueOf(await test.inboxes.create(owner, { name: "Repairs", memberIds: [a] }));
  const told = async (work: () => Promise<unknown>) => {
    const head = await test.store.logHead();
    await work();
    const changes = await changesAfter(test.store, head);
    return changes.filter(({ type }) => type === "access.changed").map(({ userId }) => userId)
      .sort();
  };

  assert.deepEqual(
    await told(() => test.teams.update(owner, team.id, { memberIds: [b, c] })),
    [a, c].sort(),
  );
  // `a` works there by themselves.
  assert.deepEqual(
    await told(() => test.inboxes.update(owner, inbox.id, { teamIds: [team.id] })),
    [b, c].sort(),
  );
  assert.deepEqual(await told(() => test.teams.remove(owner, team.id)), [b, c].sort());
});

Deno.test("a team and an inbox at their limits fit into a commit each", async () => {
  await using inbox = await openTestInbox();
  const { core, agent, store } = inbox;
  const ids = Array.from({ length: 200 }, (_, i) => `usr_${i}`);
  await transact(store, (tx) => {
    for (const id of ids) tx.set(keys.user(id), { ...agent.user, id });
    return Promise.resolve();
  });

  const team = valueOf(await core.teams.create(ROOT, { name: "All", memberIds: ids }));
  const all = valueOf(await core.inboxes.create(ROOT, { name: "All", teamIds: [team.id] }));
  valueOf(await core.teams.remove(ROOT, team.id));

  assert.deepEqual(valueOf(await core.inboxes.get(ROOT, all.id)).teamIds, []);
  assert.equal(
    codeOf(await core.teams.create(ROOT, { name: "More", memberIds: [...ids, "usr_201"] })),
    "invalid",
  );
});
