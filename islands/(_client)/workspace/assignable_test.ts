import assert from "node:assert/strict";
import { assignablePeople, assignableTeams } from "./assignable.ts";
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

  const inbox = { memberIds: ["luca", "me", "gone", "viewer"], teamIds: [] };

  const found = assignablePeople({ people, teams: [] }, inbox, "me");

  assert.deepEqual(found.map(({ id }) => id), ["me", "luca", "zoe"]);
});

const teams = [
  { id: "workshop", name: "Workshop", memberIds: ["luca", "gone"] },
  { id: "night", name: "Night", memberIds: ["adam", "gone"] },
];

Deno.test("assignablePeople() lists the members of the inbox's teams", () => {
  const people = [person("adam"), person("luca"), person("gone", { active: false })];
  const inbox = { memberIds: [], teamIds: ["workshop", "tem_removed"] };

  const found = assignablePeople({ people, teams }, inbox, "me");

  assert.deepEqual(found.map(({ id }) => id), ["luca"]);
});

Deno.test("assignableTeams() lists those of which somebody works in the inbox", () => {
  const people = [person("adam"), person("luca"), person("gone", { active: false })];

  const byTeam = assignableTeams({ people, teams }, { memberIds: [], teamIds: ["workshop"] });
  const byMember = assignableTeams({ people, teams }, { memberIds: ["adam"], teamIds: [] });
  const byNobody = assignableTeams({ people, teams }, { memberIds: ["gone"], teamIds: [] });

  assert.deepEqual([byTeam, byMember, byNobody].map((found) => found.map(({ id }) => id)), [
    ["workshop"],
    ["night"],
    [],
  ]);
});
