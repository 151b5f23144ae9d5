import assert from "node:assert/strict";
import { ApiConversation, ApiCounts, ApiEvent, ApiTyping } from "../../core/model/api.ts";
import { valueOf } from "../fakes/access.ts";
import { EventReader } from "../fakes/event_reader.ts";
import type { Sender } from "../fakes/test_app.ts";
import { openTestWorld, postReply, type TestWorld, writeIn } from "../fakes/test_world.ts";

const EVENTS = "/api/v1/events";
const CURSOR = /^[0-9a-f]{20}\.\d+$/;

Deno.test("the stream begins with hello, then tells each change in the shapes of the API", async () => {
  await using world = await openTestWorld();
  await using events = await open(world, world.agent.sender);
  const { app, mine } = world;

  const hello = await events.next();
  await writeIn(app, mine.chatId, { from: "Mine-visitor", text: "Are you there?" });

  assert.equal(hello?.event, "hello");
  assert.match(hello?.data.cursor, CURSOR);
  assert.equal(hello?.id, hello?.data.cursor);
  const created = await events.until("message.created");
  const event = ApiEvent.parse(created.data);
  assert.equal(created.data.type, "message.created");
  assert.match(created.id ?? "", CURSOR);
  assert.equal(event.message?.text, "Are you there?");
  assert.equal(event.conversation?.id, mine.conversationId);
  assert.equal(event.conversation?.unread, true);
  assert.equal(event.actor.type, "contact");
});

Deno.test("the stream tells of a reply's way, and of what the caller has read", async () => {
  await using world = await openTestWorld();
  const { app, mine, agent } = world;
  await using events = await open(world, agent.sender);
  await events.next();

  await postReply(app, mine.conversationId, { undoSeconds: 0 });
  await app.runJobs();
  await events.until("message.created");
  const statuses: string[] = [];
  while (statuses.at(-1) !== "sent") {
    const { data } = await events.until("message.updated");
    statuses.push(ApiEvent.parse(data).message?.status ?? "none");
  }
  const read = await app.fetch(`/api/v1/conversations/${mine.conversationId}/read`, agent.sender, {
    method: "POST",
  });
  await read.body?.cancel();

  let update = await events.until("conversation.updated");
  while (!update.data.changed?.includes("unread")) {
    update = await events.until("conversation.updated");
  }
  assert.equal(ApiEvent.parse(update.data).conversation?.unread, false);
  const unread = await app.fetch(
    `/api/v1/conversations/${mine.conversationId}/unread`,
    agent.sender,
    { method: "POST" },
  );
  assert.equal(ApiConversation.parse(await unread.json()).unread, true);
  do update = await events.until("conversation.updated"); while (
    !update.data.changed?.includes("unread")
  );
  assert.equal(ApiEvent.parse(update.data).conversation?.unread, true);
});

Deno.test("the stream tells nothing of other inboxes, and of a conversation that moves away only its id", async () => {
  await using world = await openTestWorld();
  const { app, mine, other, agent } = world;
  await using events = await open(world, agent.sender);
  await events.next();

  await writeIn(app, other.chatId, { from: "Other-visitor", text: "Not for Mine" });
  valueOf(
    await app.core.conversations.update(app.root, mine.conversationId, { inboxId: other.id }),
  );
  await writeIn(app, mine.chatId, { from: "Mine-visitor", text: "After the move" });
  await writeIn(app, mine.chatId, { from: "New-visitor", text: "The end" });

  const seen = [];
  for (let event = await events.next(); event; event = await events.next()) {
    if (!event.event.startsWith("contact.")) seen.push(event);
    if (event.data.message?.text === "The end") break;
  }
  const gone = seen.find(({ event }) => event === "conversation.deleted");
  assert.equal(gone?.data.conversationId, mine.conversationId);
  assert.equal(gone?.data.conversation, undefined);
  const text = JSON.stringify(seen);
  assert.ok(!text.includes("Not for Mine") && !text.includes("After the move"), text);
});

Deno.test("a stream goes on from its cursor without gap or repetition, whatever is written meanwhile", async () => {
  await using world = await openTestWorld();
  const { app, mine, agent } = world;
  const total = 120;
  const got: string[] = [];
  let cursor: string | null = null;
  let streams = 0;

  const writing = (async () => {
    for (let i = 0; i < total; i += 4) {
      await Promise.all(
        [0, 1, 2, 3].map((n) =>
          writeIn(app, mine.chatId, { from: `visitor ${n}`, text: `m${i + n}` })
        ),
      );
    }
  })();
  const firstCursor = app.core.events.version;
  cursor = firstCursor;
  while (got.length < total) {
    streams++;
    await using events = await open(world, agent.sender, cursor);
    // Hangs up at any point, also in the middle of a commit.
    for (let left = 1 + (streams * 7) % 23; left > 0 && got.length < total; left--) {
      const event = await events.next();
      assert.ok(event);
      if (event.id !== null) cursor = event.id;
      if (event.event === "message.created") got.push(event.data.message.text);
    }
  }
  await writing;

  assert.ok(streams > 5, `${streams} streams`);
  assert.equal(new Set(got).size, total);
  assert.equal(got.length, total);
  await using header = await open(world, agent.sender, null, { "last-event-id": firstCursor });
  assert.equal((await header.next())?.event, "hello");
  assert.ok(await header.until("message.created"));
});

Deno.test("a cursor that is none is answered with reset", async () => {
  await using world = await openTestWorld();
  await using events = await open(world, world.agent.sender, "yesterday");

  const reset = await events.next();

  assert.equal(reset?.event, "reset");
  assert.match(reset?.data.cursor, CURSOR);
});

Deno.test("counts follow changes a moment later, for the caller's inboxes", async () => {
  await using world = await openTestWorld();
  const { app, mine, other, agent } = world;
  await using events = await open(world, agent.sender);
  await events.next();

  await writeIn(app, mine.chatId, { from: "somebody new", text: "Hi" });
  await events.until("message.created");
  app.ports.clock.advance(250);

  const counts = await events.until("counts");
  const { all, [mine.id]: ofMine, [other.id]: ofOther } = ApiCounts.parse(counts.data);
  assert.equal(counts.id, null);
  const fixed = { unassigned: 2, automatic: 0, mine: 0, open: 2, snoozed: 0, unread: 2 };
  assert.deepEqual(ofMine, fixed);
  const own = { saved: {}, mentions: 0, drafts: 0, scheduled: 0 };
  assert.deepEqual(all, { ...fixed, ...own, channels: { [mine.chatId]: 2 } });
  assert.equal(ofOther, undefined);
});

Deno.test("typing reaches colleagues of the inbox, not its own author, and nobody else", async () => {
  await using world = await openTestWorld();
  const { app, mine, agent, viewer, foreignAgent } = world;
  await using colleague = await open(world, viewer.sender);
  await using author = await open(world, agent.sender);
  await using stranger = await open(world, foreignAgent.sender);
  for (const events of [colleague, author, stranger]) await events.next();

  const path = `/api/v1/conversations/${mine.conversationId}/typing`;
  const said = await app.fetch(path, agent.sender, { json: { isTyping: true } });
  await writeIn(app, mine.chatId, { from: "Mine-visitor", text: "mine" });
  await writeIn(app, world.other.chatId, { from: "Other-visitor", text: "other" });

  assert.equal(said.status, 204);
  const typing = ApiTyping.parse((await colleague.until("typing")).data);
  assert.deepEqual(typing.who, { type: "user", id: agent.id, name: "User 4" });
  assert.equal(typing.isTyping, true);
  for (const events of [author, stranger]) {
    for (let event = await events.next(); event?.event !== "message.created";) {
      assert.notEqual(event?.event, "typing");
      event = await events.next();
    }
  }
});

Deno.test("a stream ends within a second when its session or its rights end", async (t) => {
  const endings: Record<string, (world: TestWorld) => Promise<unknown>> = {
    "sign-out": ({ app, agent }) =>
      app.fetch("/api/v1/session", agent.sender, { method: "DELETE" }),
    "deactivation": ({ app, agent }) => app.core.access.deactivateUser(app.root, agent.id),
    "lost membership": ({ app, mine }) =>
      app.core.inboxes.update(app.root, mine.id, { memberIds: [] }),
    "an inbox by a team": async ({ app, agent }) => {
      const { core, root } = app;
      const team = valueOf(await core.teams.create(root, { name: "Night", memberIds: [agent.id] }));
      await core.inboxes.create(root, { name: "Night", memberIds: [], teamIds: [team.id] });
    },
    "another role": ({ app, agent }) =>
      app.core.access.updateUser(app.root, agent.id, { role: "viewer" }),
    "a password set by an owner": ({ app, agent }) =>
      app.core.access.setPassword(app.root, agent.id, "another password"),
    "the end of the process": ({ app }) => app.core.stop(),
  };

  for (const [name, end] of Object.entries(endings)) {
    await t.step(name, async () => {
      const world = await openTestWorld();
      await using events = await open(world, world.agent.sender);
      await events.next();

      const startedAt = performance.now();
      await end(world);
      await events.rest();

      assert.ok(performance.now() - startedAt < 1_000);
      if (name !== "the end of the process") await world[Symbol.asyncDispose]();
    });
  }
});

Deno.test("a stream of a token ends when the token is revoked, and not with another's", async () => {
  await using world = await openTestWorld();
  const { app, mine } = world;
  const { access } = app.core;
  const mineToken = valueOf(await access.createToken(app.root, { name: "a", role: "agent" }));
  const other = valueOf(await access.createToken(app.root, { name: "b", role: "agent" }));
  await using events = await open(world, { bearer: mineToken.token });
  await events.next();

  valueOf(await access.revokeToken(app.root, other.record.id));
  await writeIn(app, mine.chatId, { from: "Mine-visitor", text: "still here" });
  await events.until("message.created");
  valueOf(await access.revokeToken(app.root, mineToken.record.id));

  await events.rest();
});

Deno.test("signing out elsewhere leaves a stream open", async () => {
  await using world = await openTestWorld();
  const { app, agent, mine } = world;
  const credentials = { email: agent.email, password: "correct horse battery", userAgent: "" };
  const elsewhere = valueOf(
    await app.core.access.signIn({ ...credentials, remoteAddress: "192.0.2.4" }),
  );
  await using events = await open(world, agent.sender);
  await events.next();

  await app.core.access.signOut(elsewhere.token);
  await writeIn(app, mine.chatId, { from: "Mine-visitor", text: "still here" });

  assert.equal((await events.until("message.created")).data.message.text, "still here");
});

Deno.test("streams that are closed leave nothing behind", async () => {
  await using world = await openTestWorld();
  const streams = await Promise.all(
    Array.from({ length: 20 }, () => open(world, world.agent.sender)),
  );
  await Promise.all(streams.map((events) => events.next()));

  assert.equal(world.app.core.feed.size, 20);
  await Promise.all(streams.map((events) => events[Symbol.asyncDispose]()));

  for (let i = 0; i < 100 && world.app.core.feed.size > 0; i++) await Promise.resolve();
  assert.equal(world.app.core.feed.size, 0);
  assert.equal(world.app.ports.logs.filter(({ level }) => level === "error").length, 0);
});

async function open(
  { app }: TestWorld,
  sender: Sender,
  cursor: string | null = null,
  headers: Record<string, string> = {},
): Promise<EventReader> {
  const query = cursor === null ? "" : `?cursor=${encodeURIComponent(cursor)}`;
  return new EventReader(await app.fetch(EVENTS + query, sender, { headers }));
}
