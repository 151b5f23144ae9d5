import assert from "node:assert/strict";
import { valueOf } from "../../tests/fakes/access.ts";
import { openTestInbox, type TestInbox } from "../../tests/fakes/test_inbox.ts";

const ROOT = { type: "token", id: "tok_root", name: "Root", role: "owner" } as const;

async function teamOf(inbox: TestInbox, name: string, memberIds: readonly string[]) {
  return valueOf(await inbox.core.teams.create(ROOT, { name, memberIds })).id;
}

Deno.test("update() gives a conversation to a team beside a person, with a line that names it", async () => {
  await using inbox = await openTestInbox();
  const { core, agent } = inbox;
  const { conversationId: id } = await inbox.write("Hello");
  const teamId = await teamOf(inbox, "Workshop", [agent.user.id]);

  const given = valueOf(await core.conversations.update(agent, id, { teamId }));
  await inbox.reply(id, "I'll look at it");
  const taken = await inbox.conversation(id);

  assert.equal(given.teamId, teamId);
  assert.deepEqual([taken.teamId, taken.assigneeId], [teamId, agent.user.id]);
  const { event } = (await inbox.thread(id)).find(({ kind }) => kind === "event") ?? {};
  assert.deepEqual(event, { type: "team", from: null, to: teamId, toName: "Workshop" });
  const ofTeam = valueOf(await core.conversations.list(agent, { teamId }));
  assert.deepEqual(ofTeam.items.map((row) => row.id), [id]);
});

Deno.test("update() refuses a team of which nobody works in the inbox, and leaves it behind on a move", async () => {
  await using inbox = await openTestInbox();
  const { core, agent } = inbox;
  const { conversationId: id } = await inbox.write("Hello");
  const teamId = await teamOf(inbox, "Workshop", [agent.user.id]);
  const empty = await teamOf(inbox, "Empty", []);
  const other = valueOf(await core.inboxes.create(ROOT, { name: "Other", memberIds: [] }));
  const theirs = valueOf(
    await core.inboxes.create(ROOT, { name: "Theirs", memberIds: [], teamIds: [teamId] }),
  );
  for (const teamId of [empty, "tem_none"]) {
    const refused = await core.conversations.update(agent, id, { teamId });
    assert(!refused.ok && refused.error.code === "invalid");
    assert.equal(refused.error.errors[0]?.path, "teamId");
  }

  valueOf(await core.conversations.update(ROOT, id, { teamId, assigneeId: agent.user.id }));
  const kept = valueOf(await core.conversations.update(ROOT, id, { inboxId: theirs.id }));
  const left = valueOf(await core.conversations.update(ROOT, id, { inboxId: other.id }));

  assert.deepEqual([kept.teamId, kept.assigneeId], [teamId, agent.user.id], "works there by team");
  assert.deepEqual([left.teamId, left.assigneeId], [null, null]);
});

Deno.test("a team that is removed leaves its conversations, open or closed", async () => {
  await using inbox = await openTestInbox();
  const { core, agent } = inbox;
  const teamId = await teamOf(inbox, "Workshop", [agent.user.id]);
  const ids: string[] = [];
  for (const status of ["open", "closed"] as const) {
    const { conversationId } = await inbox.write("Hello", { from: `${status}@example.com` });
    valueOf(await core.conversations.update(agent, conversationId, { teamId, status }));
    ids.push(conversationId);
  }
  const before = (await inbox.thread(ids[1] ?? "")).length;

  valueOf(await core.teams.remove(ROOT, teamId));
  await inbox.runJobs();

  for (const id of ids) assert.equal((await inbox.conversation(id)).teamId, null);
  assert.equal((await inbox.thread(ids[1] ?? "")).length, before, "no line: nobody did anything");
});
