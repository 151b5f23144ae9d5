import assert from "node:assert/strict";
import { valueOf } from "../../../tests/fakes/access.ts";
import { BASE, type TestUser } from "../../../tests/fakes/test_app.ts";
import { openTestWorld, receiveMail, type TestWorld } from "../../../tests/fakes/test_world.ts";
import type { State } from "../../(_shared)/define.ts";
import { postForm } from "./post_form.ts";

function stateOf({ app }: TestWorld, { principal }: TestUser): State {
  const { core, config } = app;
  return { core, config, principal, remoteAddress: "192.0.2.9", t0: app.ports.clock.now() };
}

/** Posts a form as a browser does. */
function post(
  world: TestWorld,
  user: TestUser,
  conversationId: string,
  fields: Readonly<Record<string, string | File>>,
) {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  const request = new Request(`${BASE}/inbox/all/open/${conversationId}`, { method: "POST", body });
  return postForm(stateOf(world, user), conversationId, request);
}

async function threadOf({ app, mine }: TestWorld) {
  const page = await app.core.messages.list(app.root, mine.conversationId, {});
  assert.ok(page.ok);
  return page.value.items;
}

Deno.test("postForm() replies once, also when the form is sent twice, and takes files along", async () => {
  await using world = await openTestWorld();
  const fields = {
    action: "write",
    kind: "reply",
    id: "0123456789abcdef",
    text: "First line\r\nSecond line\r\n",
  };
  const before = (await threadOf(world)).length;

  const first = await post(world, world.agent, world.mine.conversationId, fields);
  const again = await post(world, world.agent, world.mine.conversationId, fields);
  const file = new File(["%PDF"], "offer.pdf", { type: "application/pdf" });
  const withFile = await post(world, world.agent, world.mine.conversationId, {
    action: "write",
    kind: "comment",
    text: "",
    files: file,
  });

  assert.deepEqual([first.ok, again.ok, withFile.ok], [true, true, true]);
  const [reply, comment] = (await threadOf(world)).slice(before)
    .filter(({ kind }) => kind !== "event");
  assert.equal(reply?.text, "First line\nSecond line");
  assert.equal(comment?.kind, "comment");
  assert.deepEqual(comment?.attachments.map(({ name }) => name), ["offer.pdf"]);
});

Deno.test("postForm() sends nothing when somebody wrote meanwhile, and keeps the text", async () => {
  await using world = await openTestWorld();
  const id = world.mine.conversationId;
  const seen = await world.app.core.conversations.get(world.agent.principal, id);
  assert.ok(seen.ok);
  await post(world, world.owner, id, { action: "write", kind: "comment", text: "Careful" });
  const before = (await threadOf(world)).length;

  const late = await post(world, world.agent, id, {
    action: "write",
    kind: "reply",
    version: String(seen.value.version),
    text: "Costa 40 euro",
  });

  assert.ok(!late.ok);
  assert.equal(late.error.status, 409);
  assert.equal(late.error.text, "Costa 40 euro");
  assert.match(late.error.problem, /nothing was sent/);
  assert.equal((await threadOf(world)).length, before);
});

Deno.test("postForm() assigns, closes, opens again, and sends and closes", async () => {
  await using world = await openTestWorld();
  const { app, agent, mine } = world;
  const now = async () => {
    const found = await app.core.conversations.get(app.root, mine.conversationId);
    assert.ok(found.ok);
    return found.value;
  };

  await post(world, agent, mine.conversationId, { action: "assign", assigneeId: agent.id });
  assert.equal((await now()).assigneeId, agent.id);
  await post(world, agent, mine.conversationId, { action: "assign", assigneeId: "" });
  assert.equal((await now()).assigneeId, null);
  await post(world, agent, mine.conversationId, { action: "status", status: "closed" });
  assert.equal((await now()).status, "closed");
  await post(world, agent, mine.conversationId, { action: "status", status: "open" });
  assert.equal((await now()).status, "open");
  const fields = { action: "write", kind: "reply", text: "Done", then: "close" };
  await post(world, agent, mine.conversationId, fields);
  assert.equal((await now()).status, "closed");
});

Deno.test("postForm() refuses what the sender may not do, in words", async () => {
  await using world = await openTestWorld();
  const { mine, other, agent, viewer, foreignAgent } = world;
  const write = { action: "write", kind: "comment", text: "Hello" };
  const table: [user: TestUser, id: string, fields: Record<string, string>, status: number][] = [
    [viewer, mine.conversationId, write, 403],
    [foreignAgent, mine.conversationId, write, 404],
    [agent, other.conversationId, { action: "status", status: "closed" }, 404],
    [agent, mine.conversationId, { action: "retry", messageId: other.messageId }, 404],
    [agent, mine.conversationId, { action: "retry_file", messageId: other.messageId }, 404],
    [agent, mine.conversationId, { action: "assign", assigneeId: foreignAgent.id }, 400],
    [agent, mine.conversationId, { ...write, text: "  " }, 400],
    [viewer, mine.conversationId, { action: "lift" }, 403],
    [agent, other.conversationId, { action: "lift" }, 404],
    [agent, mine.conversationId, { action: "explode" }, 400],
  ];

  for (const [user, id, fields, status] of table) {
    const refused = await post(world, user, id, fields);
    assert.ok(!refused.ok, JSON.stringify(fields));
    assert.equal(refused.error.status, status, JSON.stringify(fields));
    assert.notEqual(refused.error.problem, "");
  }
});

Deno.test("postForm() retries only messages of the conversation it was posted to", async () => {
  await using world = await openTestWorld();

  await assert.rejects(
    () =>
      post(world, world.owner, world.mine.conversationId, {
        action: "retry",
        messageId: world.other.messageId,
      }),
    { status: 404 },
  );
});

Deno.test("postForm() fetches only files of the message that the form names, and of this conversation", async () => {
  await using world = await openTestWorld();
  const { mine, other, owner } = world;

  for (
    const [messageId, fileId] of [
      [mine.messageId, other.attachmentId],
      [other.messageId, other.attachmentId],
      [mine.messageId, ""],
    ] as const
  ) {
    const fields = { action: "retry_file", messageId, fileId };
    await assert.rejects(() => post(world, owner, mine.conversationId, fields), { status: 404 });
  }
});

Deno.test("postForm() remembers whose images are shown, and forgets it again", async () => {
  await using world = await openTestWorld();
  const { app, mine, agent, viewer } = world;
  const mail = await receiveMail(
    app,
    mine,
    "From: Ada <Ada@customer.example>\r\nSubject: Hi\r\nMessage-ID: <1@customer.example>\r\n\r\nHi\r\n",
  );
  const choose = (user: TestUser, always: string) =>
    post(world, user, mail.conversationId, {
      action: "images",
      messageId: mail.messageId,
      always,
    });
  const imagesFrom = async () => {
    const { contactId } = valueOf(
      await app.core.conversations.get(app.root, mail.conversationId),
    );
    return valueOf(await app.core.contacts.get(app.root, contactId)).imagesFrom ?? [];
  };

  assert.ok((await choose(agent, "1")).ok);
  assert.ok((await choose(agent, "1")).ok);
  assert.deepEqual(await imagesFrom(), ["ada@customer.example"]);
  const refused = await choose(viewer, "0");
  assert.ok(!refused.ok && refused.error.status === 403);
  assert.ok((await choose(agent, "0")).ok);
  assert.deepEqual(await imagesFrom(), []);
  // A form of one conversation says nothing of another's messages.
  const other = { action: "images", messageId: mine.messageId, always: "1" };
  await assert.rejects(() => post(world, agent, mail.conversationId, other), { status: 404 });
});
