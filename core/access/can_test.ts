import assert from "node:assert/strict";
import type { Role, User } from "../model/user.ts";
import { type Action, can, mayChangeRole } from "./can.ts";
import type { Principal } from "./principal.ts";

type Place = "mine" | "other" | "none";
const PLACES: readonly Place[] = ["mine", "other", "none"];

/** For each action: where each role may do it. "everywhere" includes no place at all. */
const TABLE: Record<Action, Record<"agent" | "viewer", "everywhere" | "mine" | "nowhere">> = {
  "workspace.manage": { agent: "nowhere", viewer: "nowhere" },
  "inbox.manage": { agent: "nowhere", viewer: "nowhere" },
  "channel.manage": { agent: "nowhere", viewer: "nowhere" },
  "inbox.read": { agent: "mine", viewer: "mine" },
  "conversation.read": { agent: "mine", viewer: "mine" },
  "conversation.write": { agent: "mine", viewer: "nowhere" },
  "tag.create": { agent: "everywhere", viewer: "nowhere" },
  "contact.read": { agent: "everywhere", viewer: "everywhere" },
  "contact.write": { agent: "everywhere", viewer: "nowhere" },
  "snippet.write": { agent: "everywhere", viewer: "nowhere" },
  "journal.read": { agent: "nowhere", viewer: "nowhere" },
  "audit.read": { agent: "nowhere", viewer: "nowhere" },
  "metrics.read": { agent: "nowhere", viewer: "nowhere" },
};
// Object.keys() does not know that these are all the actions.
const ACTIONS = Object.keys(TABLE) as Action[];

Deno.test("can() lets agents and viewers do what the table says, in their inboxes only", () => {
  for (const action of ACTIONS) {
    for (const role of ["agent", "viewer"] as const) {
      for (const place of PLACES) {
        const where = TABLE[action][role];
        const expected = where === "everywhere" || (where === "mine" && place === "mine");

        assert.equal(can(user(role), action, scope(place)), expected, `${role} ${action} ${place}`);
      }
    }
  }
});

Deno.test("can() lets owners and admins do everything, with or without membership", () => {
  for (const action of ACTIONS) {
    for (const role of ["owner", "admin"] as const) {
      for (const place of PLACES) {
        assert.equal(can(user(role), action, scope(place)), true, `${role} ${action} ${place}`);
      }
    }
  }
});

Deno.test("can() gives a token its role's rights in every inbox", () => {
  for (const action of ACTIONS) {
    for (const role of ["agent", "viewer"] as const) {
      const expected = TABLE[action][role] !== "nowhere";

      assert.equal(can(token(role), action, scope("other")), expected, `${role} ${action}`);
    }
  }
});

Deno.test("can() refuses a deactivated user everything", () => {
  for (const action of ACTIONS) {
    const gone = user("owner", { active: false });

    assert.equal(can(gone, action, scope("mine")), false, action);
  }
});

Deno.test("mayChangeRole() leaves owners to owners and everything else to admins", () => {
  const allowed: Record<Role, readonly Role[]> = {
    owner: ["owner", "admin", "agent", "viewer"],
    admin: ["admin", "agent", "viewer"],
    agent: [],
    viewer: [],
  };
  for (const role of ["owner", "admin", "agent", "viewer"] as const) {
    for (const target of ["owner", "admin", "agent", "viewer"] as const) {
      const expected = allowed[role].includes(target);

      assert.equal(mayChangeRole(role, target), expected, `${role} → ${target}`);
    }
  }
});

function scope(place: Place): { inboxId?: string } {
  return place === "none" ? {} : { inboxId: place === "mine" ? "inb_mine" : "inb_other" };
}

function user(role: Role, { active = true } = {}): Principal {
  const record: User = {
    id: "usr_1",
    name: "Ada",
    email: "ada@parley.example",
    role,
    active,
    availability: "available",
    meetingLink: null,
    avatarAttachmentId: null,
    createdAt: 0,
    updatedAt: 0,
  };
  return { type: "user", user: record, inboxIds: new Set(["inb_mine"]), sessionHash: "hash" };
}

function token(role: Role): Principal {
  return { type: "token", id: "tok_1", name: "CI", role };
}
