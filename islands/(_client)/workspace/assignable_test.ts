import assert from "node:assert/strict";
import { assignablePeople } from "./assignable.ts";
import type { Teammate } from "./workspace_data.ts";

const person = (id: string, changes: Partial<Teammate> = {}): Teammate => ({
  id,
  name: id,
  avatarUrl: null,
  availability: "available",
  role: "agent",
  active: true,
  ...changes,
});

Deno.test("assignablePeople() lists members and those who see everything, the reader first", () => {
  const people = [
    person("zoe", { role: "owner" }),
    person("adam"),
    person("luca"),
    person("me"),
    person("gone", { active: false }),
    person("viewer", { role: "viewer" }),
  ];

  const found = assignablePeople(people, { memberIds: ["luca", "me", "gone", "viewer"] }, "me");

  assert.deepEqual(found.map(({ id }) => id), ["me", "luca", "zoe"]);
});
