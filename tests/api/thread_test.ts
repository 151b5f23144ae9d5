import assert from "node:assert/strict";
import type { ApiMessage } from "../../core/model/api.ts";
import { openTestWorld, type TestWorld, writeIn } from "../fakes/test_world.ts";

const BASE = "/api/v1";
const thread = ({ mine }: TestWorld) => `/conversations/${mine.conversationId}/messages`;
const conversation = ({ mine }: TestWorld) => `/conversations/${mine.conversationId}`;

Deno.test("with ifVersion and newer messages nothing is sent, and the answer holds them", async () => {
  await using world = await openTestWorld();
  const { app, mine, agent } = world;
  const seen = await (await app.fetch(BASE + conversation(world), agent.sender)).json();
  await writeIn(app, mine.chatId, { from: "Mine-visitor", text: "Wait!" });

  const json = { kind: "reply", text: "Done", ifVersion: seen.version };
  const refused = await app.fetch(BASE + thread(world), agent.sender, { json });
  const sent = await app.fetch(BASE + thread(world), agent.sender, {
    json: { ...json, ifVersion: seen.version + 1 },
  });

  assert.equal(refused.status, 409);
  const problem: { version: number; messages: ApiMessage[] } = await refused.json();
  assert.equal(problem.version, seen.version + 1);
  assert.deepEqual(problem.messages.map(({ text }) => text), ["Wait!"]);
  assert.equal(sent.status, 201);
  await sent.body?.cancel();
});

Deno.test("pages of a thread lead to its beginning, and on from a place", async () => {
  await using world = await openTestWorld();
  const { app, mine, agent } = world;
  for (let i = 2; i <= 7; i++) {
    await writeIn(app, mine.chatId, { from: "Mine-visitor", text: `m${i}` });
  }
  const seqs = async (query: string) => {
    const response = await app.fetch(`${BASE}${thread(world)}?limit=3${query}`, agent.sender);
    const page: { items: ApiMessage[]; next: string | null } = await response.json();
    return { seqs: page.items.map(({ seq }) => seq), next: page.next };
  };

  const last = await seqs("");
  const middle = await seqs(`&cursor=${last.next}`);
  const first = await seqs(`&cursor=${middle.next}`);
  const after = await seqs("&after=1");
  const afterThat = await seqs(`&cursor=${after.next}`);

  assert.deepEqual(last.seqs, [5, 6, 7]);
  assert.deepEqual(middle.seqs, [2, 3, 4]);
  assert.deepEqual(first, { seqs: [1], next: null });
  assert.deepEqual(after.seqs, [2, 3, 4]);
  assert.deepEqual(afterThat, { seqs: [5, 6, 7], next: null });
});
