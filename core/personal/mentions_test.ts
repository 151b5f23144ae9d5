import assert from "node:assert/strict";
import { codeOf, valueOf } from "../../tests/fakes/access.ts";
import { openTestInbox, type TestInbox } from "../../tests/fakes/test_inbox.ts";
import type { Role } from "../model/user.ts";
import { principalOfUser } from "../access/mod.ts";

const ROOT = { type: "token", id: "tok_root", name: "Root", role: "owner" } as const;

async function colleague(inbox: TestInbox, name: string, role: Role = "agent", isMember = true) {
  const made = await inbox.core.access.createUser(ROOT, {
    name,
    email: `${name.toLowerCase()}@parley.example`,
    role,
    password: "correct horse battery",
    inboxIds: isMember ? [inbox.inboxId] : [],
  });
  const principal = await principalOfUser(inbox.store, valueOf(made).id);
  assert(principal !== null);
  return principal;
}

function comment(inbox: TestInbox, id: string, mentions: { type: "user" | "team"; id: string }[]) {
  return inbox.core.messages.post(inbox.agent, id, { kind: "comment", text: "Look", mentions });
}

async function idsIn(inbox: TestInbox, of: typeof inbox.agent, list: "mentions" | "following") {
  const page = valueOf(await inbox.core.personal.list(of, list, {}));
  return page.items.map(({ id }) => id);
}

Deno.test("a comment's mentions are kept with their names; who they name follows, and has it among their mentions until they read it", async () => {
  await using inbox = await openTestInbox();
  const { core } = inbox;
  const ana = await colleague(inbox, "Ana");
  const bo = await colleague(inbox, "Bo", "viewer");
  const team = valueOf(
    await core.teams.create(ROOT, {
      name: "Workshop",
      memberIds: [bo.user.id, inbox.agent.user.id],
    }),
  );
  const { conversationId: id } = await inbox.write("Hello");

  const posted = valueOf(
    await comment(inbox, id, [{ type: "user", id: ana.user.id }, { type: "team", id: team.id }]),
  );

  assert.deepEqual(posted.message.mentions, [
    { type: "user", id: ana.user.id, name: "Ana" },
    { type: "team", id: team.id, name: "Workshop" },
  ]);
  for (const who of [ana, bo]) {
    assert.deepEqual(await idsIn(inbox, who, "mentions"), [id]);
    assert.deepEqual(await idsIn(inbox, who, "following"), [id]);
    assert.equal(await core.personal.count(who, "mentions"), 1);
  }
  assert.deepEqual(await idsIn(inbox, inbox.agent, "mentions"), [], "not of oneself");
  assert.deepEqual(await idsIn(inbox, inbox.agent, "following"), [id], "who comments follows");

  valueOf(await core.conversations.markRead(ana, id, 1));
  assert.equal(await core.personal.count(ana, "mentions"), 1, "it was not read as far");
  valueOf(await core.conversations.markRead(ana, id));
  assert.equal(await core.personal.count(ana, "mentions"), 0);
  assert.deepEqual(await idsIn(inbox, ana, "mentions"), [id]);
});

Deno.test("only people and teams who may read the conversation can be mentioned, the others are named", async () => {
  await using inbox = await openTestInbox();
  const { core } = inbox;
  const ana = await colleague(inbox, "Ana");
  const stranger = await colleague(inbox, "Stranger", "agent", false);
  const admin = await colleague(inbox, "Admin", "admin", false);
  const gone = await colleague(inbox, "Gone");
  valueOf(await core.access.deactivateUser(ROOT, gone.user.id));
  const memberIds = [stranger.user.id];
  const outside = valueOf(await core.teams.create(ROOT, { name: "Outside", memberIds }));
  const { conversationId: id } = await inbox.write("Hello");
  const before = (await inbox.thread(id)).length;

  const refused = await comment(inbox, id, [
    { type: "user", id: ana.user.id },
    { type: "user", id: stranger.user.id },
    { type: "user", id: gone.user.id },
    { type: "user", id: "usr_none" },
    { type: "team", id: outside.id },
    { type: "team", id: "tem_none" },
    { type: "user", id: admin.user.id },
  ]);

  assert(!refused.ok && refused.error.code === "invalid");
  assert.deepEqual(refused.error.errors, [
    { path: "mentions.1", message: "Stranger may not read this" },
    { path: "mentions.2", message: "Gone may not read this" },
    { path: "mentions.3", message: "is nobody here" },
    { path: "mentions.4", message: "nobody of Outside may read this" },
    { path: "mentions.5", message: "is no team" },
  ]);
  assert.equal((await inbox.thread(id)).length, before);
  assert.deepEqual(await idsIn(inbox, ana, "mentions"), []);
});

Deno.test("follow() is one's own, and survives twenty at once", async () => {
  await using inbox = await openTestInbox();
  const { core } = inbox;
  const ana = await colleague(inbox, "Ana");
  const { conversationId: id } = await inbox.write("Hello");
  valueOf(await core.personal.follow(ana, id, true));

  await Promise.all(
    Array.from({ length: 20 }, (_, i) => core.personal.follow(inbox.agent, id, i % 2 === 0)),
  );
  valueOf(await core.personal.follow(inbox.agent, id, true));

  const both = valueOf(await core.personal.followers(ana, id));
  assert.deepEqual([...both.userIds].sort(), [ana.user.id, inbox.agent.user.id].sort());
  assert.deepEqual(await idsIn(inbox, inbox.agent, "following"), [id]);
  valueOf(await core.personal.follow(ana, id, false));
  const left = valueOf(await core.personal.followers(ana, id));
  assert.deepEqual(left, { isFollowing: false, userIds: [inbox.agent.user.id] });
});

Deno.test("follow() is for those who may read it, and leaves nothing behind of others", async () => {
  await using inbox = await openTestInbox();
  const { core } = inbox;
  const outsider = await colleague(inbox, "Tom", "agent", false);
  const { conversationId: id } = await inbox.write("Hello");

  assert.equal(codeOf(await core.personal.follow(outsider, id, true)), "not_found");
  assert.equal(codeOf(await core.personal.followers(outsider, id)), "not_found");
  assert.equal(codeOf(await core.personal.follow(ROOT, id, true)), "forbidden");

  assert.deepEqual(valueOf(await core.personal.followers(inbox.agent, id)).userIds, []);
});

Deno.test("followers and mentions go along when a conversation is merged into another", async () => {
  await using inbox = await openTestInbox();
  const { core } = inbox;
  const ana = await colleague(inbox, "Ana");
  const { conversationId: from } = await inbox.write("One");
  valueOf(await comment(inbox, from, [{ type: "user", id: ana.user.id }]));
  const { messageId } = await inbox.write("Two", { conversationId: from });
  const split = valueOf(await core.threads.split(ROOT, from, messageId));
  valueOf(await core.personal.follow(ana, split.id, true));

  valueOf(await core.threads.merge(ROOT, from, split.id));
  await inbox.runJobs();

  assert.deepEqual(await idsIn(inbox, ana, "following"), [split.id]);
  assert.deepEqual(await idsIn(inbox, ana, "mentions"), [split.id]);
  assert.equal(await core.personal.count(ana, "mentions"), 1);
});
