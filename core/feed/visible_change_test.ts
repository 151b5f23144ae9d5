import assert from "node:assert/strict";
import type { Principal } from "../access/mod.ts";
import type { Change } from "../model/change.ts";
import type { Contact } from "../model/contact.ts";
import type { Conversation } from "../model/conversation.ts";
import type { Message } from "../model/message.ts";
import type { FilledChange } from "./filler.ts";
import { visibleChange } from "./visible_change.ts";

const MINE = "inb_mine";
const OTHER = "inb_other";

Deno.test("visibleChange() shows an agent the conversations and messages of their inboxes only", () => {
  const table: readonly [Change["type"], string, string | null][] = [
    ["conversation.created", MINE, "whole"],
    ["conversation.updated", MINE, "whole"],
    ["message.created", MINE, "whole"],
    ["message.updated", MINE, "whole"],
    ["message.deleted", MINE, "whole"],
    ["conversation.created", OTHER, null],
    ["conversation.updated", OTHER, null],
    ["message.created", OTHER, null],
    ["message.updated", OTHER, null],
    ["message.deleted", OTHER, null],
    ["contact.created", MINE, "whole"],
    ["contact.deleted", MINE, "whole"],
    ["access.changed", MINE, null],
    ["settings.changed", MINE, null],
    ["job.progress", MINE, null],
  ];

  for (const [type, inboxId, kind] of table) {
    const seen = visibleChange(user("agent"), filled({ type, inboxId }, inboxId));

    assert.equal(seen?.kind ?? null, kind, `${type} in ${inboxId}`);
  }
});

Deno.test("visibleChange() judges by the inbox a conversation is in now, not by the one of the change", () => {
  const seen = visibleChange(
    user("agent"),
    filled({ type: "message.created", inboxId: MINE }, OTHER),
  );

  assert.equal(seen, null);
});

Deno.test("visibleChange() tells of a conversation that moved away no more than its id", () => {
  const moved = { type: "conversation.updated", inboxId: OTHER, previousInboxId: MINE } as const;

  const seen = visibleChange(user("agent"), filled(moved, OTHER));
  const seenByOwner = visibleChange(user("owner"), filled(moved, OTHER));
  const seenByStranger = visibleChange(user("agent", ["inb_third"]), filled(moved, OTHER));

  assert.equal(seen?.kind, "gone");
  assert.equal(seenByOwner?.kind, "whole");
  assert.equal(seenByStranger, null);
});

Deno.test("visibleChange() tells how far a job is to whoever may manage the channel's inbox", () => {
  const progress = filled({ type: "job.progress", inboxId: MINE }, null);

  assert.equal(visibleChange(user("owner"), progress)?.kind, "whole");
  assert.equal(visibleChange(user("agent"), progress), null);
});

Deno.test("visibleChange() tells of a deleted conversation whoever could see it", () => {
  const deleted = filled({ type: "conversation.deleted", inboxId: MINE }, null);

  assert.equal(visibleChange(user("agent"), deleted)?.kind, "gone");
  assert.equal(visibleChange(user("agent", [OTHER]), deleted), null);
});

Deno.test("visibleChange() tells only the reader that they read", () => {
  const read = filled({ type: "conversation.read", inboxId: MINE, userId: "usr_1" }, MINE);
  const byOther = filled({ type: "conversation.read", inboxId: MINE, userId: "usr_2" }, MINE);

  assert.equal(visibleChange(user("agent"), read)?.kind, "read");
  assert.equal(visibleChange(user("agent"), byOther), null);
  assert.equal(visibleChange(user("owner"), byOther), null);
});

Deno.test("visibleChange() shows nothing to a deactivated user", () => {
  const principal = user("owner");
  assert.ok(principal.type === "user");
  const inactive: Principal = { ...principal, user: { ...principal.user, active: false } };

  for (const type of ["conversation.updated", "message.created", "contact.updated"] as const) {
    assert.equal(visibleChange(inactive, filled({ type, inboxId: MINE }, MINE)), null, type);
  }
});

function user(role: "owner" | "agent", inboxIds: readonly string[] = [MINE]): Principal {
  return {
    type: "user",
    user: {
      id: "usr_1",
      name: "Ines",
      email: "ines@example.com",
      role,
      active: true,
      availability: "available",
      meetingLink: null,
      avatarAttachmentId: null,
      createdAt: 0,
      updatedAt: 0,
    },
    inboxIds: new Set(inboxIds),
    sessionHash: "hash",
  };
}

/** @param inboxId where the conversation is now; null when it is gone. */
function filled(change: Omit<Change, "actor">, inboxId: string | null): FilledChange {
  // Only what visibleChange() reads of the records is there.
  return {
    at: 0,
    n: 0,
    change: {
      actor: { type: "system", id: null, name: "Parley" },
      conversationId: "cnv_1",
      ...change,
    },
    conversation: inboxId === null ? null : { id: "cnv_1", inboxId } as Conversation,
    message: { id: "msg_1" } as Message,
    contact: { id: "con_1" } as Contact,
    window: null,
  };
}
