import assert from "node:assert/strict";
import type { Principal } from "../access/mod.ts";
import type { Role, User } from "../model/user.ts";
import type { Sharing } from "../model/sharing.ts";
import { checkSharing } from "./check_sharing.ts";
import { mayChange, maySee } from "./may_see.ts";

const TEAMS = [{ id: "tem_1", memberIds: ["usr_member", "usr_viewer"] }];
const PRIVATE = { kind: "private" } as const;
const TEAM = { kind: "team", teamId: "tem_1" } as const;
const EVERYONE = { kind: "everyone" } as const;

const PEOPLE = {
  owner: person("usr_owner", "agent"),
  member: person("usr_member", "agent"),
  viewer: person("usr_viewer", "viewer"),
  stranger: person("usr_stranger", "agent"),
  admin: person("usr_admin", "admin"),
  token: { type: "token", id: "tok_1", name: "CI", role: "agent" },
} satisfies Record<string, Principal>;

Deno.test("maySee() and mayChange() say who sees and changes what somebody made", () => {
  const table: readonly [Sharing, seen: string, changed: string][] = [
    [PRIVATE, "owner", "owner"],
    [TEAM, "owner member viewer admin", "owner admin"],
    [EVERYONE, "owner member viewer stranger admin token", "owner admin"],
    [{ kind: "team", teamId: "tem_gone" }, "owner admin", "owner admin"],
  ];

  for (const [sharing, seen, changed] of table) {
    const item = { sharing, ownerId: "usr_owner" };
    const who = (may: (principal: Principal) => boolean) =>
      Object.entries(PEOPLE).filter(([, one]) => may(one)).map(([name]) => name).join(" ");

    assert.equal(who((one) => maySee(one, TEAMS, item)), seen, JSON.stringify(sharing));
    assert.equal(who((one) => mayChange(one, item)), changed, JSON.stringify(sharing));
  }
});

Deno.test("checkSharing() lets people share with their own teams, and tokens with nobody but others", () => {
  const refused = (principal: Principal, sharing: Sharing) =>
    checkSharing(principal, TEAMS, sharing) !== null;

  assert.equal(refused(PEOPLE.member, TEAM), false);
  assert.equal(refused(PEOPLE.stranger, TEAM), true);
  assert.equal(refused(PEOPLE.admin, TEAM), false);
  assert.equal(refused(PEOPLE.admin, { kind: "team", teamId: "tem_gone" }), true);
  assert.equal(refused(PEOPLE.token, PRIVATE), true);
  assert.equal(refused(PEOPLE.token, EVERYONE), false);
});

function person(id: string, role: Role): Principal {
  const user: User = {
    id,
    name: id,
    email: `${id}@parley.example`,
    role,
    active: true,
    availability: "available",
    meetingLink: null,
    avatarAttachmentId: null,
    createdAt: 0,
    updatedAt: 0,
  };
  return { type: "user", user, inboxIds: new Set(), sessionHash: "" };
}
