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
const OPEN: TellableConversation = { inboxId: "inb_1", assigneeId: "usr_nora", status: "open" };
const ALL: readonly NotificationEvent[] = ["assigned", "unassigned", "others"];

function tells(
  { user = {}, conversation = {}, memberIds = ["usr_nora"] }: {
    readonly user?: Partial<User>;
    readonly conversation?: Partial<TellableConversation>;
    readonly memberIds?: readonly string[];
  },
): NotificationEvent | null {
  const team = {
    users: [{ ...NORA, ...user }],
    inboxes: [{ id: "inb_1", memberIds: new Set(memberIds) }, {
      id: "inb_2",
      memberIds: new Set<string>(),
    }],
  };
  return whoIsTold({ ...OPEN, ...conversation }, team).get("usr_nora") ?? null;
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
