import assert from "node:assert/strict";
import type { ApiProblem } from "../../core/model/api.ts";
import type { TestRequest } from "../fakes/test_app.ts";
import { openTestWorld, type TestWorld } from "../fakes/test_world.ts";

const BASE = "/api/v1";

interface Bad extends TestRequest {
  readonly name: string;
  readonly path: string | ((world: TestWorld) => string);
  readonly status: number;
  /** The field the answer names. */
  readonly field?: string;
  readonly code?: string;
}

const JSON_TYPE = { "content-type": "application/json" };
const thread = ({ mine }: TestWorld) => `/conversations/${mine.conversationId}/messages`;
const conversation = ({ mine }: TestWorld) => `/conversations/${mine.conversationId}`;

const TABLE: readonly Bad[] = [
  { name: "no such address", path: "/nothing", status: 404, code: "no_such_address" },
  { name: "a slash too many", path: "/me/", status: 404, code: "no_such_address" },
  { name: "another version", path: "/../v2/me", status: 404, code: "no_such_address" },
  { name: "another method", path: "/me", method: "PUT", status: 405, code: "method_not_allowed" },
  { name: "OPTIONS", path: "/inboxes", method: "OPTIONS", status: 405 },
  {
    name: "broken JSON",
    path: "/inboxes",
    body: '{"name": ',
    headers: JSON_TYPE,
    status: 400,
    code: "malformed_body",
  },
  { name: "JSON that is no object", path: "/inboxes", json: [1], status: 400, code: "invalid" },
  { name: "null", path: "/inboxes", json: null, status: 400, code: "invalid" },
  {
    name: "a form",
    path: "/inboxes",
    body: new URLSearchParams({ name: "x" }),
    status: 415,
    code: "unsupported_media_type",
  },
  {
    name: "text/plain",
    path: "/inboxes",
    body: '{"name": "x"}',
    headers: { "content-type": "text/plain" },
    status: 415,
  },
  { name: "no body", path: "/inboxes", method: "POST", status: 400, field: "name" },
  {
    name: "1 MiB and a byte",
    path: "/inboxes",
    json: { name: "x".repeat(1024 * 1024 - 10) },
    status: 413,
    code: "too_large",
  },
  {
    name: "a million brackets",
    path: "/inboxes",
    body: "[".repeat(1_000_000),
    headers: JSON_TYPE,
    status: 400,
    code: "malformed_body",
  },
  {
    name: "__proto__",
    path: "/inboxes",
    body: '{"name": "x", "__proto__": {"a": 1}}',
    headers: JSON_TYPE,
    status: 400,
    field: "__proto__",
  },
  {
    name: "a blank name",
    path: "/inboxes",
    json: { name: "  \u0000" },
    status: 400,
    field: "name",
  },
  { name: "a name of 101", path: "/inboxes", json: { name: "x".repeat(101) }, status: 400 },
  {
    name: "a member who does not exist",
    path: "/inboxes",
    json: { name: "x", memberIds: ["usr_none"] },
    status: 400,
    field: "memberIds.0",
  },
  {
    name: "a team that does not exist",
    path: "/inboxes",
    json: { name: "x", teamIds: ["tem_none"] },
    status: 400,
    field: "teamIds.0",
  },
  {
    name: "a member of a team who does not exist",
    path: "/teams",
    json: { name: "x", memberIds: ["usr_none"] },
    status: 400,
    field: "memberIds.0",
  },
  {
    name: "a team that does not exist, for a conversation",
    path: (w) => `/conversations/${w.mine.conversationId}`,
    method: "PATCH",
    json: { teamId: "tem_none" },
    status: 400,
    field: "teamId",
  },
  {
    name: "a mention of nobody",
    path: thread,
    json: { kind: "comment", text: "x", mentions: [{ type: "user", id: "usr_none" }] },
    status: 400,
    field: "mentions.0",
  },
  {
    name: "a mention in a reply",
    path: thread,
    json: { kind: "reply", text: "x", mentions: [{ type: "user", id: "usr_none" }] },
    status: 400,
    field: "mentions",
  },
  { name: "no such team", path: "/teams/tem_none", status: 404 },
  {
    name: "a field that is none",
    path: "/snippets",
    json: { name: "x", shortcut: "x", text: "Hi {{contact.nam}}" },
    status: 400,
    field: "text",
  },
  {
    name: "a shortcut with a space",
    path: "/snippets",
    json: { name: "x", shortcut: "a b", text: "Hi" },
    status: 400,
    field: "shortcut",
  },
  {
    name: "a snippet for a team of nobody",
    path: "/snippets",
    json: { name: "x", shortcut: "x", text: "Hi", sharing: { kind: "team", teamId: "tem_none" } },
    status: 400,
    field: "sharing.teamId",
  },
  {
    name: "a macro that does nothing",
    path: "/macros",
    json: { name: "x", actions: [] },
    status: 400,
    field: "actions",
  },
  {
    name: "a macro of an unknown kind",
    path: "/macros",
    json: { name: "x", actions: [{ type: "explode" }] },
    status: 400,
  },
  {
    name: "a macro that snoozes for two years",
    path: "/macros",
    json: { name: "x", actions: [{ type: "snooze", minutes: 1_051_200 }] },
    status: 400,
    field: "actions.0.minutes",
  },
  {
    name: "a contact without a name and an address",
    path: "/contacts",
    json: {},
    status: 400,
    field: "name",
  },
  {
    name: "a contact's address that is none",
    path: (w) => `/contacts/${w.mine.contactId}`,
    method: "PATCH",
    json: { emails: ["nobody"] },
    status: 400,
    field: "emails.0",
  },
  {
    name: "a contact merged into nobody",
    path: (w) => `/contacts/${w.mine.contactId}/merge`,
    json: { intoId: "con_none" },
    status: 400,
    field: "intoId",
  },
  {
    name: "an empty note",
    path: (w) => `/contacts/${w.mine.contactId}/notes`,
    json: { text: " " },
    status: 400,
    field: "text",
  },
  { name: "no such snippet", path: "/snippets/snp_none", status: 404 },
  { name: "no such macro", path: "/macros/mac_none", status: 404 },
  {
    name: "a macro of nobody on a conversation",
    path: (w) => `${conversation(w)}/macros/mac_none`,
    status: 404,
  },
  { name: "limit 0", path: "/conversations?limit=0", status: 400, field: "limit" },
  { name: "limit 101", path: "/conversations?limit=101", status: 400, field: "limit" },
  { name: "limit x", path: "/conversations?limit=x", status: 400, field: "limit" },
  { name: "a limit twice", path: "/conversations?limit=1&limit=2", status: 400, field: "limit" },
  { name: "a cursor of nobody", path: "/conversations?cursor=x", status: 400, field: "cursor" },
  { name: "a contact cursor", path: "/contacts?cursor=x", status: 400, field: "cursor" },
  { name: "a message cursor", path: (w) => `${thread(w)}?cursor=-1`, status: 400, field: "cursor" },
  {
    name: "two places",
    path: (w) => `${thread(w)}?before=3&after=1`,
    status: 400,
    field: "cursor",
  },
  { name: "a view of nobody", path: "/conversations?view=all", status: 400, field: "view" },
  { name: "no such conversation", path: "/conversations/cnv_none", status: 404, code: "not_found" },
  { name: "an id with a slash", path: "/conversations/a%2Fb", status: 404 },
  { name: "an id of 9,000 characters", path: `/messages/${"x".repeat(9_000)}`, status: 404 },
  { name: "no such inbox", path: "/inboxes/inb_none", status: 404 },
  { name: "no such channel", path: "/channels/chn_none", status: 404 },
  { name: "no such contact", path: "/contacts/con_none", status: 404 },
  { name: "no such contact's notes", path: "/contacts/con_none/notes", status: 404 },
  { name: "no such contact's timeline", path: "/contacts/con_none/timeline", status: 404 },
  { name: "no such user", path: "/users/usr_none", status: 404 },
  { name: "no such file", path: "/attachments/att_none", status: 404 },
  {
    name: "a message of nothing",
    path: thread,
    json: { kind: "reply", text: "   " },
    status: 400,
  },
  { name: "a message of no kind", path: thread, json: { text: "x" }, status: 400, field: "kind" },
  {
    name: "an event as a message",
    path: thread,
    json: { kind: "event", text: "x" },
    status: 400,
    field: "kind",
  },
  {
    name: "a file of nobody",
    path: thread,
    json: { kind: "reply", text: "x", attachmentIds: ["att_none"] },
    status: 400,
    field: "attachmentIds.0",
  },
  {
    name: "undo for a minute",
    path: thread,
    json: { kind: "reply", text: "x", undoSeconds: 60 },
    status: 400,
    field: "undoSeconds",
  },
  {
    name: "a time that is none",
    path: thread,
    json: { kind: "reply", text: "x", sendAt: "tomorrow" },
    status: 400,
    field: "sendAt",
  },
  {
    name: "an id with a space",
    path: thread,
    json: { kind: "reply", text: "x", id: "my message" },
    status: 400,
    field: "id",
  },
  {
    name: "a text of 500,001 characters",
    path: thread,
    json: { kind: "reply", text: "x".repeat(500_001) },
    status: 400,
    field: "text",
  },
  {
    name: "a status of nobody",
    path: conversation,
    method: "PATCH",
    json: { status: "done" },
    status: 400,
    field: "status",
  },
  {
    name: "an assignee of nobody",
    path: conversation,
    method: "PATCH",
    json: { assigneeId: "usr_none" },
    status: 400,
    field: "assigneeId",
  },
  {
    name: "an inbox of nobody",
    path: conversation,
    method: "PATCH",
    json: { inboxId: "inb_none" },
    status: 400,
    field: "inboxId",
  },
  { name: "31 tags", path: conversation, method: "PATCH", json: { tags: tags(31) }, status: 400 },
  { name: "101 ids", path: "/conversations/bulk", json: { ids: tags(101) }, status: 400 },
  { name: "bulk of nothing", path: "/conversations/bulk", json: { ids: ["a"] }, status: 400 },
  {
    name: "a channel of no type",
    path: "/channels",
    json: { type: "fax", inboxId: "x", name: "x", config: {} },
    status: 400,
    field: "type",
  },
  { name: "a wrong Idempotency-Key", ...idempotent("a b"), status: 400, field: "Idempotency-Key" },
  { name: "a long Idempotency-Key", ...idempotent("x".repeat(256)), status: 400 },
  { name: "a file as JSON", path: "/attachments", json: { file: "x" }, status: 415 },
  {
    name: "multipart that is none",
    path: "/attachments",
    body: "hello",
    headers: { "content-type": "multipart/form-data; boundary=x" },
    status: 400,
    code: "malformed_body",
  },
  { name: "a form without file", path: "/attachments", body: form(), status: 400, field: "file" },
  {
    name: "two files",
    path: "/attachments",
    body: form("file", "file"),
    status: 400,
    field: "file",
  },
  { name: "another field", path: "/attachments", body: form("file", "x"), status: 400, field: "x" },
];

Deno.test("bad input gets its clear answer", async (t) => {
  await using world = await openTestWorld();

  for (const { name, path, status, field, code, ...request } of TABLE) {
    await t.step(name, async () => {
      const address = BASE + (typeof path === "string" ? path : path(world));

      const response = await world.app.fetch(address, world.owner.sender, request);

      const text = await response.text();
      assert.equal(response.status, status, text);
      assert.equal(response.headers.get("content-type"), "application/problem+json");
      const problem: ApiProblem = JSON.parse(text);
      assert.equal(problem.status, status);
      if (code !== undefined) assert.equal(problem.type, `urn:parley:problem:${code}`);
      if (field !== undefined) {
        assert.ok(problem.errors?.some((error) => error.path === field), text);
      }
      if (status === 405) assert.match(response.headers.get("allow") ?? "", /GET/);
    });
  }
  assert.deepEqual(world.app.ports.logs.filter(({ level }) => level === "error"), []);
});

Deno.test("an upload of 25 MiB is taken, one byte more is not", async () => {
  await using world = await openTestWorld();
  const size = 25 * 1024 * 1024;
  const upload = (bytes: number) => {
    const body = new FormData();
    body.append("file", new File([new Uint8Array(bytes)], "big.bin"));
    return world.app.fetch(`${BASE}/attachments`, world.agent.sender, { body });
  };

  const fits = await upload(size);
  const large = await upload(size + 1);

  assert.equal(fits.status, 201, await fits.clone().text());
  assert.equal((await fits.json()).size, size);
  assert.equal(large.status, 413);
  assert.equal((await large.json()).type, "urn:parley:problem:too_large");
});

function tags(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `t${i}`);
}

function idempotent(key: string) {
  return { path: "/inboxes", json: { name: "x" }, headers: { "idempotency-key": key } };
}

function form(...names: readonly string[]): FormData {
  const data = new FormData();
  for (const name of names) data.append(name, new File(["x"], "x.txt"));
  return data;
}
