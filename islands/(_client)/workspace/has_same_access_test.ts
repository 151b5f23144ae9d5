import assert from "node:assert/strict";
import type { ApiInbox, ApiUser } from "../../../core/model/api.ts";
import { hasSameAccess } from "./has_same_access.ts";

const me: ApiUser = {
  id: "usr_1",
  name: "Nora",
  email: "nora@veloce.example",
  role: "agent",
  active: true,
  teamIds: [],
  availability: "available",
  meetingLink: null,
  avatarUrl: null,
  createdAt: "2026-03-10T09:00:00.000Z",
};
const inbox = (id: string, memberIds: string[]): ApiInbox => ({
  id,
  name: id,
  memberIds,
  teamIds: [],
  spamPolicy: { allow: [], deny: [], keepDays: null },
  fallbackAddress: null,
  createdAt: me.createdAt,
});

Deno.test("hasSameAccess() notices another role, a lost inbox and a new one", () => {
  const page = { me, teams: [], inboxes: [inbox("a", ["usr_1"]), inbox("b", ["usr_2", "usr_1"])] };

  assert.equal(hasSameAccess(page, { role: "agent", inboxIds: ["b", "a"] }), true);
  assert.equal(hasSameAccess(page, { role: "viewer", inboxIds: ["a", "b"] }), false);
  assert.equal(hasSameAccess(page, { role: "agent", inboxIds: ["a"] }), false);
  assert.equal(hasSameAccess(page, { role: "agent", inboxIds: ["a", "b", "c"] }), false);
  assert.equal(hasSameAccess(page, { role: "agent", inboxIds: ["a", "c"] }), false);
});

Deno.test("hasSameAccess() leaves out inboxes that are seen without membership", () => {
  const inboxes = [inbox("a", ["usr_2"])];
  const page = { me: { ...me, role: "owner" as const }, teams: [], inboxes };

  assert.equal(hasSameAccess(page, { role: "owner", inboxIds: [] }), true);
});

Deno.test("hasSameAccess() counts an inbox of the reader's team as theirs", () => {
  const teams = [{ id: "tem_1", name: "Workshop", memberIds: ["usr_1"] }];
  const inboxes = [{ ...inbox("a", []), teamIds: ["tem_1"] }];

  assert.equal(hasSameAccess({ me, teams, inboxes }, { role: "agent", inboxIds: ["a"] }), true);
  assert.equal(hasSameAccess({ me, teams, inboxes }, { role: "agent", inboxIds: [] }), false);
});
