import assert from "node:assert/strict";
import type { NotificationEvent, User } from "../model/user.ts";
import { type TellableConversation, whoIsTold } from "./who_is_told.ts";

const NORA: User = {
  id: "usr_nora",
  name: "Nora",
  email: "nora@parley.example",
  role: "agent",
  active: true,
  availability: "available",
  meetingLink: null,
  avatarAttachmentId: null,
  createdAt: 0,
  updatedAt: 0,
};
const OPEN: TellableConversation = {
  inboxId: "inb_1",
  assigneeId: "usr_nora",
  teamId: null,
  status: "open",
};
const ALL: readonly NotificationEvent[] = ["assigned", "followed", "unassigned", "others"];

function tells(
  { user = {}, conversation = {}, memberIds = ["usr_nora"], followers = [] }: {
    readonly user?: Partial<User>;
    readonly conversation?: Partial<TellableConversation>;
    readonly memberIds?: readonly string[];
    readonly followers?: readonly string[];
  },
): NotificationEvent | null {
  const team = {
    users: [{ ...NORA, ...user }],
    inboxes: [{ id: "inb_1", memberIds: new Set(memberIds) }, {
      id: "inb_2",
      memberIds: new Set<string>(),
    }],
    teams: [{ id: "tem_mine", memberIds: ["usr_nora"] }, { id: "tem_other", memberIds: [] }],
  };
  return whoIsTold({ ...OPEN, ...conversation }, team, followers).get("usr_nora") ?? null;
}

Deno.test("whoIsTold() tells of what is assigned unless somebody chose otherwise", () => {
  assert.equal(tells({}), "assigned");
  assert.equal(tells({ user: { notifications: { mail: [] } } }), null);
  assert.equal(tells({ conversation: { assigneeId: null } }), null);
  assert.equal(tells({ conversation: { assigneeId: "usr_tom" } }), null);
});

Deno.test("whoIsTold() tells of the rest of one's inboxes to who asks for it", () => {
  const user = { notifications: { mail: [...ALL] } };
  assert.equal(tells({ user, conversation: { assigneeId: null } }), "unassigned");
  assert.equal(tells({ user, conversation: { assigneeId: "usr_tom" } }), "others");
  const owner = { ...user, role: "owner" } as const;
  assert.equal(tells({ user: owner, conversation: { assigneeId: null }, memberIds: [] }), null);
  assert.equal(tells({ user: owner, memberIds: [] }), "assigned", "in any inbox");
});

Deno.test("whoIsTold() tells nobody who may not answer, nor of what is no work", () => {
  const user = { notifications: { mail: [...ALL] } };
  assert.equal(tells({ user, memberIds: [] }), null);
  assert.equal(tells({ user: { ...user, role: "viewer" } }), null);
  assert.equal(tells({ user: { ...user, active: false } }), null);
  for (const status of ["closed", "spam", "trash"] as const) {
    assert.equal(tells({ user, conversation: { status } }), null, status);
  }
  assert.equal(tells({ user, conversation: { lane: "newsletter" } }), null);
  assert.equal(tells({ user, conversation: { status: "snoozed" } }), "assigned");
});

Deno.test("whoIsTold() tells followers that asked for it, of what is theirs as theirs", () => {
  const followers = ["usr_nora"];
  const conversation = { assigneeId: "usr_tom" };
  const mail = ["assigned", "followed"] as const;
  assert.equal(tells({ followers, conversation }), null, "nobody asked");
  assert.equal(tells({ followers, conversation, user: { notifications: { mail } } }), "followed");
  assert.equal(tells({ followers, user: { notifications: { mail } } }), "assigned");
  assert.equal(tells({ followers, user: { notifications: { mail: ["followed"] } } }), "followed");
  const gone = { followers, conversation, user: { notifications: { mail } }, memberIds: [] };
  assert.equal(tells(gone), null, "not of an inbox they lost");
});

Deno.test("whoIsTold() takes what a team has for its members' to take", () => {
  const user = { notifications: { mail: [...ALL] } };
  const table = [["tem_mine", "unassigned"], ["tem_other", "others"], ["tem_gone", "unassigned"]];
  for (const [teamId = "", reason] of table) {
    assert.equal(tells({ user, conversation: { assigneeId: null, teamId } }), reason, teamId);
  }
});
