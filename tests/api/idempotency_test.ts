import assert from "node:assert/strict";
import type { Sender, TestRequest } from "../fakes/test_app.ts";
import { openTestWorld, type TestWorld } from "../fakes/test_world.ts";

const BASE = "/api/v1";
const DAY_MS = 24 * 60 * 60 * 1_000;

interface Creating {
  readonly path: (world: TestWorld) => string;
  request(world: TestWorld): TestRequest;
  other(world: TestWorld): TestRequest;
}

const URGENT = { all: [{ field: "priority", is: "any", value: ["urgent"] }] };

const CREATING: Readonly<Record<string, Creating>> = {
  inbox: json(() => "/inboxes", { name: "Sales" }, { name: "Support" }),
  team: json(() => "/teams", { name: "Night" }, { name: "Day" }),
  channel: {
    path: () => "/channels",
    request: () => ({ json: { type: "chat", inboxId: "inb_00000001", name: "a", config: {} } }),
    other: () => ({ json: { type: "chat", inboxId: "inb_00000001", name: "b", config: {} } }),
  },
  user: json(
    () => "/users",
    { name: "New", email: "new@x.example", role: "agent", password: "a good password" },
    { name: "New", email: "new@x.example", role: "admin", password: "a good password" },
  ),
  invitation: json(
    () => "/invitations",
    { email: "guest@x.example", role: "agent" },
    { email: "other@x.example", role: "agent" },
  ),
  token: json(() => "/tokens", { name: "CI", role: "agent" }, { name: "CI", role: "viewer" }),
  snippet: json(
    () => "/snippets",
    { name: "Hi", shortcut: "hi", text: "Hi" },
    { name: "Hi", shortcut: "hi", text: "Hello" },
  ),
  macro: json(
    () => "/macros",
    { name: "Close", actions: [{ type: "status", status: "closed" }] },
    { name: "Close", actions: [{ type: "status", status: "open" }] },
  ),
  view: json(
    () => "/views",
    { name: "Urgent", filter: URGENT, sharing: { kind: "everyone" } },
    { name: "Other", filter: URGENT, sharing: { kind: "everyone" } },
  ),
  tag: json(() => "/tags", { name: "once" }, { name: "twice" }),
  conversation: {
    path: () => "/conversations",
    request: (world) => ({ json: { ...letter(world), text: "once" } }),
    other: (world) => ({ json: { ...letter(world), text: "twice" } }),
  },
  forward: json(
    ({ mine }) => `/conversations/${mine.conversationId}/forward`,
    { to: ["bob@supplier.example"], text: "once" },
    { to: ["bob@supplier.example"], text: "twice" },
  ),
  message: json(
    ({ mine }) => `/conversations/${mine.conversationId}/messages`,
    { kind: "comment", text: "once" },
    { kind: "comment", text: "twice" },
  ),
  attachment: {
    path: () => "/attachments",
    request: () => ({ body: form("one") }),
    other: () => ({ body: form("two") }),
  },
};

Deno.test("the same key and body gives the first result, another body 422", async (t) => {
  await using world = await openTestWorld();

  for (const [name, creating] of Object.entries(CREATING)) {
    await t.step(name, async () => {
      const send = (request: TestRequest, key = `key-${name}`) =>
        post(world, creating, request, key);

      const first = await send(creating.request(world));
      const again = await send(creating.request(world));
      const other = await send(creating.other(world));

      assert.equal(first.status, 201);
      assert.equal(again.status, 201);
      assert.deepEqual(await again.json(), await first.json());
      assert.equal(other.status, 422);
      assert.equal((await other.json()).type, "urn:parley:problem:idempotency_mismatch");
    });
  }
});

Deno.test("of 20 twins at once one has the effect; the others get its result or are told to wait", async (t) => {
  await using world = await openTestWorld();

  for (const [name, creating] of Object.entries(CREATING)) {
    await t.step(name, async () => {
      const responses = await Promise.all(
        Array.from({ length: 20 }, () => post(world, creating, creating.request(world), "twins")),
      );

      const ids = new Set<string>();
      for (const response of responses) {
        const body = await response.json();
        if (response.status === 201) ids.add(body.id);
        else {
          assert.equal(response.status, 409, JSON.stringify(body));
          assert.equal(body.type, "urn:parley:problem:idempotency_in_flight");
          assert.ok(Number(response.headers.get("retry-after")) > 0);
        }
      }
      assert.equal(ids.size, 1);
    });
  }
  const { items } = await (await world.app.fetch(`${BASE}/inboxes`, world.token)).json();
  assert.equal(items.filter(({ name }: { name: string }) => name === "Sales").length, 1);
});

Deno.test("a key is one caller's, on one path, for a day, and of what succeeded", async () => {
  await using world = await openTestWorld();
  const { inbox, token } = CREATING;
  assert.ok(inbox && token);
  const bad = { json: { name: "Sales", memberIds: ["usr_none"] } };

  const failed = await post(world, inbox, bad, "k");
  const first = await post(world, inbox, inbox.request(world), "k");
  const otherPath = await post(world, token, token.request(world), "k");
  const otherCaller = await post(world, inbox, inbox.request(world), "k", world.owner.sender);
  world.app.ports.clock.advance(DAY_MS + 1);
  const nextDay = await post(world, inbox, inbox.request(world), "k");

  assert.equal(failed.status, 400);
  for (const response of [first, otherPath, otherCaller, nextDay]) {
    assert.equal(response.status, 201);
  }
  const ids = await Promise.all(
    [first, otherCaller, nextDay].map(async (r) => (await r.json()).id),
  );
  assert.equal(new Set(ids).size, 3);
  await Promise.all([failed, otherPath].map((response) => response.body?.cancel()));
});

function post(
  { app, token, ...world }: TestWorld,
  { path }: Creating,
  request: TestRequest,
  key: string,
  sender: Sender = token,
): Promise<Response> {
  const headers = { ...request.headers, "idempotency-key": key };
  return app.fetch(BASE + path({ app, token, ...world }), sender, { ...request, headers });
}

function json(path: Creating["path"], request: unknown, other: unknown): Creating {
  return { path, request: () => ({ json: request }), other: () => ({ json: other }) };
}

/** To somebody new: answers hold what came of it. */
function letter({ mine }: TestWorld) {
  return { channelId: mine.mailId, to: "leo@customer.example", subject: "Your order" };
}

/** A new form each time, so its boundary differs. */
function form(text: string): FormData {
  const data = new FormData();
  data.append("file", new File([text], "note.txt", { type: "text/plain" }));
  return data;
}
