import assert from "node:assert/strict";
import { parseRoute } from "@/islands/(_client)/workspace/workspace_route.ts";
import { BASE, type TestUser } from "../../../tests/fakes/test_app.ts";
import { openTestWorld, type TestWorld } from "../../../tests/fakes/test_world.ts";
import type { State } from "../../(_shared)/define.ts";
import { loadWorkspace } from "./load_workspace.ts";

async function load({ app }: TestWorld, { principal }: TestUser, path: string) {
  const url = new URL(path, BASE);
  const route = parseRoute(url);
  assert.ok(route);
  const { core, config } = app;
  const t0 = app.ports.clock.now();
  const state: State = { core, config, principal, remoteAddress: "192.0.2.9", t0 };
  return await loadWorkspace(state, { route, url, req: new Request(url), failed: null });
}

Deno.test("loadWorkspace() reads list, thread, contact and counts of the reader's inboxes", async () => {
  await using world = await openTestWorld();
  const { mine, agent } = world;

  const data = await load(world, agent, `/inbox/all/open/${mine.conversationId}`);

  assert.deepEqual(data.inboxes.map(({ id }) => id), [mine.id]);
  assert.deepEqual(data.list.items.map(({ id }) => id), [mine.conversationId]);
  assert.equal(data.thread?.conversation.id, mine.conversationId);
  assert.equal(data.thread?.messages.items.at(-1)?.conversationId, mine.conversationId);
  assert.equal(data.thread?.contact?.id, mine.contactId);
  assert.equal(data.counts.all?.open, 1);
  assert.equal(data.canWrite, true);
  assert.equal(data.traits.email?.isMail, true);
  assert.match(data.cursor ?? "", /^[0-9a-f]{20}$/);
});

Deno.test("loadWorkspace() shows nothing of a foreign inbox, not even that it is there", async () => {
  await using world = await openTestWorld();
  const { mine, other, agent } = world;

  const data = await load(world, agent, `/inbox/all/open/${other.conversationId}`);

  assert.equal(data.thread, null);
  assert.equal(data.isThreadMissing, true);
  const shown = JSON.stringify({ ...data, route: null });
  for (const id of [other.id, other.chatId, other.mailId, other.conversationId, other.contactId]) {
    assert.ok(!shown.includes(id), id);
  }
  await assert.rejects(() => load(world, agent, `/inbox/${other.id}/open`), { status: 404 });
  assert.equal((await load(world, agent, `/inbox/${mine.id}/open`)).list.items.length, 1);
});

Deno.test("loadWorkspace() lets viewers read only, and never tells a channel's settings", async () => {
  await using world = await openTestWorld();
  const { mine, viewer } = world;

  const data = await load(world, viewer, `/inbox/${mine.id}/open/${mine.conversationId}`);

  assert.equal(data.canWrite, false);
  for (const channel of data.channels) {
    assert.deepEqual(Object.keys(channel).sort(), [
      "beginning",
      "id",
      "inboxId",
      "name",
      "status",
      "type",
    ]);
  }
});

Deno.test("loadWorkspace() refuses a cursor that is none", async () => {
  await using world = await openTestWorld();

  await assert.rejects(() => load(world, world.agent, "/inbox/all/open?cursor=nonsense!"), {
    status: 400,
  });
});
