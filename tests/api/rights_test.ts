import assert from "node:assert/strict";
import type { ApiConversation, ApiMessage } from "../../core/model/api.ts";
import { createApi } from "../../routes/(_api)/mod.ts";
import { describe } from "../../routes/(_api)/openapi.ts";
import { valueOf } from "../fakes/access.ts";
import type { Sender } from "../fakes/test_app.ts";
import { openTestWorld, type TestWorld, writeIn } from "../fakes/test_world.ts";
import { OPERATIONS, type Rights } from "./operations.ts";

const BASE = "/api/v1";

/** Everybody there is, seen from the inbox `mine`. */
const WHO = [
  "nobody",
  "deactivated",
  "owner",
  "admin",
  "agent",
  "viewer",
  "foreign agent",
  "foreign viewer",
  "token",
] as const;
type Who = (typeof WHO)[number];

Deno.test("every operation is for those with the right only", async (t) => {
  await using world = await openTestWorld();
  const documented = await documentedStatuses();

  for (const operation of OPERATIONS) {
    await t.step(operation.id, async () => {
      for (const who of WHO) {
        const { path, ...request } = await operation.call(world);
        const expected = expectedStatus(operation.rights, who, operation.status);

        const response = await world.app.fetch(BASE + path, senderOf(world, who), request);

        const text = response.headers.get("content-type")?.includes("json")
          ? await response.text()
          : (await response.body?.cancel(), "");
        assert.equal(response.status, expected, `${who}: ${text}`);
        assert.ok(
          documented.get(operation.id)?.includes(String(expected)),
          `undocumented ${expected}`,
        );
        if (expected >= 400) {
          assert.ok(!text.includes("Hello Mine"), `${who} was told a message`);
          assert.equal(JSON.parse(text).status, expected);
        }
      }
    });
  }
});

Deno.test("lists and counts hold what is in the caller's inboxes only", async () => {
  await using world = await openTestWorld();
  const { mine, other } = world;
  const both = [mine.id, other.id];
  const table: readonly [Who, readonly string[]][] = [
    ["owner", both],
    ["admin", both],
    ["token", both],
    ["agent", [mine.id]],
    ["viewer", [mine.id]],
    ["foreign agent", [other.id]],
    ["foreign viewer", [other.id]],
  ];

  for (const [who, inboxIds] of table) {
    const get = async (path: string) =>
      await (await world.app.fetch(BASE + path, senderOf(world, who))).json();
    const inboxesOf = async (path: string) => {
      const { items } = await get(path);
      return [...new Set(items.map((item: { inboxId: string }) => item.inboxId))].toSorted();
    };

    assert.deepEqual(await inboxesOf("/conversations"), inboxIds, who);
    assert.deepEqual(await inboxesOf("/channels"), inboxIds, who);
    const inboxes = await get("/inboxes");
    assert.deepEqual(inboxes.items.map(({ id }: { id: string }) => id), inboxIds, who);
    const counts = await get("/conversations/counts");
    assert.deepEqual(Object.keys(counts).toSorted(), ["all", ...inboxIds].toSorted(), who);
    assert.equal(counts.all.open, inboxIds.length, who);
    for (const { id, contactId } of [mine, other]) {
      const ofContact = await inboxesOf(`/conversations?contactId=${contactId}`);
      assert.deepEqual(ofContact, inboxIds.includes(id) ? [id] : [], who);
      const { items, next, hidden, ...more } = await get(`/contacts/${contactId}/timeline`);
      assert.deepEqual([items.length, hidden], inboxIds.includes(id) ? [1, 0] : [0, 1], who);
      assert.deepEqual([next, more], [null, {}], "nothing else is told");
      const ofInbox = await inboxesOf(`/conversations?inboxId=${id}`);
      assert.deepEqual(ofInbox, inboxIds.includes(id) ? [id] : [], who);
    }
  }
});

Deno.test("a bulk change reaches the caller's conversations only, and says so of each", async () => {
  await using world = await openTestWorld();
  const { mine, other, agent, viewer } = world;
  const json = { ids: [mine.conversationId, other.conversationId], set: { priority: "urgent" } };

  const byAgent = await world.app.fetch(`${BASE}/conversations/bulk`, agent.sender, { json });
  const byViewer = await world.app.fetch(`${BASE}/conversations/bulk`, viewer.sender, { json });

  const codes = async (response: Response) =>
    (await response.json()).results.map(({ ok, error }: {
      ok: boolean;
      error?: { code: string };
    }) => ok ? "ok" : error?.code);
  assert.deepEqual(await codes(byAgent), ["ok", "not_found"]);
  assert.deepEqual(await codes(byViewer), ["forbidden", "not_found"]);
  const untouched = await world.app.core.conversations.get(world.app.root, other.conversationId);
  assert.equal(valueOf(untouched).priority, null);
});

Deno.test("two agents' bulk changes of the same conversations leave each conversation as one of them wished", async () => {
  await using world = await openTestWorld();
  const ids = await Promise.all(
    Array.from({ length: 12 }, async (_, n) => {
      const from = `customer-${n}`;
      return (await writeIn(world.app, world.mine.chatId, { from, text: "Hello" })).conversationId;
    }),
  );
  const change = (set: Record<string, unknown>) =>
    world.app.fetch(`${BASE}/conversations/bulk`, senderOf(world, "agent"), { json: { ids, set } });

  const answers = await Promise.all([
    change({ status: "closed", addTags: ["left"] }),
    change({ status: "spam", addTags: ["right"] }),
  ]);

  for (const answer of answers) {
    assert.equal(answer.status, 200);
    const { results } = await answer.json();
    assert.deepEqual(results.map(({ ok }: { ok: boolean }) => ok), ids.map(() => true));
    assert.equal(results[0].conversation.id, ids[0]);
  }
  for (const id of ids) {
    const answer = await world.app.fetch(`${BASE}/conversations/${id}`, senderOf(world, "agent"));
    const { status, tags }: ApiConversation = await answer.json();
    assert.ok(status === "closed" || status === "spam");
    assert.deepEqual([...tags].sort(), ["left", "right"]);
  }
});

Deno.test("an agent's own upload is not another's, and a signed address needs no sign-in", async () => {
  await using world = await openTestWorld();
  const { app, agent, viewer, mine, foreignAgent } = world;
  const body = new FormData();
  body.append("file", new File(["secret"], "plan.txt"));

  const upload = await app.fetch(`${BASE}/attachments`, agent.sender, { body });
  const file = await upload.json();

  const status = async (path: string, sender: Sender) => {
    const response = await app.fetch(path, sender);
    await response.body?.cancel();
    return response.status;
  };
  assert.equal(await status(`${BASE}/attachments/${file.id}`, agent.sender), 200);
  assert.equal(await status(`${BASE}/attachments/${file.id}`, viewer.sender), 404);
  assert.equal(await status(file.url, null), 200);
  assert.equal(await status(file.url.replace("signature=", "signature=A"), null), 404);
  const thread = `${BASE}/conversations/${mine.conversationId}/messages`;
  const page: { items: ApiMessage[] } = await (await app.fetch(thread, agent.sender)).json();
  const url = page.items[0]!.attachments[0]!.url;
  assert.equal(await status(url, null), 200);
  assert.equal(await status(url.replace(mine.attachmentId, file.id), null), 404);
  assert.equal(await status(url.split("?")[0]!, foreignAgent.sender), 404);
  assert.equal(await status(url.split("?")[0]!, null), 401);
});

Deno.test("a member who was taken out of an inbox is refused at once", async () => {
  await using world = await openTestWorld();
  const { app, agent, mine, owner } = world;
  const path = `${BASE}/conversations/${mine.conversationId}`;
  const before: ApiConversation = await (await app.fetch(path, agent.sender)).json();

  const patched = await app.fetch(`${BASE}/inboxes/${mine.id}`, owner.sender, {
    method: "PATCH",
    json: { memberIds: [] },
  });

  assert.equal(before.inboxId, mine.id);
  assert.equal(patched.status, 200);
  await patched.body?.cancel();
  const after = await app.fetch(path, agent.sender);
  assert.equal(after.status, 404);
  await after.body?.cancel();
});

/** By operation, from the document. */
async function documentedStatuses(): Promise<ReadonlyMap<string, readonly string[]>> {
  const { paths } = await describe(createApi());
  const operations = Object.values(paths).flatMap((item) =>
    [item.get, item.post, item.put, item.patch, item.delete].filter((one) => one !== undefined)
  );
  return new Map(
    operations.map(({ operationId = "", responses = {} }) => [operationId, Object.keys(responses)]),
  );
}

function senderOf(world: TestWorld, who: Who): Sender {
  switch (who) {
    case "nobody":
      return null;
    case "token":
      return world.token;
    case "foreign agent":
      return world.foreignAgent.sender;
    case "foreign viewer":
      return world.foreignViewer.sender;
    case "deactivated":
    case "owner":
    case "admin":
    case "agent":
    case "viewer":
      return world[who].sender;
  }
}

/** The rule, written down once more and independently of `can()`. */
function expectedStatus(rights: Rights, who: Who, ok: number): number {
  if (rights === "public") return ok;
  if (who === "nobody" || who === "deactivated") return 401;
  const isManager = who === "owner" || who === "admin" || who === "token";
  const isForeign = who.startsWith("foreign");
  const isViewer = who.endsWith("viewer");
  switch (rights) {
    case "caller":
      return ok;
    case "user":
      return who === "token" ? 403 : ok;
    case "manage":
      return isManager ? ok : 403;
    case "manage_inbox":
      return isManager ? ok : isForeign ? 404 : 403;
    case "manage_hidden":
      return isManager ? ok : 404;
    case "read":
      return isForeign ? 404 : ok;
    case "read_user":
      return isForeign ? 404 : who === "token" ? 403 : ok;
    case "write":
      return isForeign ? 404 : isViewer ? 403 : ok;
    case "write_user":
      return isForeign ? 404 : isViewer || who === "token" ? 403 : ok;
    case "contact_write":
      return isViewer ? 403 : ok;
  }
  return rights satisfies never;
}
