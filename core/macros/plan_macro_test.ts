import assert from "node:assert/strict";
import type { MacroAction } from "../model/macro.ts";
import { planMacro } from "./plan_macro.ts";

const BEFORE = { tags: ["vip", "parts"] };
const RUN = { userId: "usr_1", now: 1_000_000 };

Deno.test("planMacro() takes actions one after the other: the later stands", () => {
  const table: readonly [readonly MacroAction[], object][] = [
    [[], {}],
    [[{ type: "status", status: "closed" }], { status: "closed", snoozedUntil: undefined }],
    [
      [{ type: "status", status: "closed" }, { type: "snooze", minutes: 2 }],
      { status: "snoozed", snoozedUntil: 1_120_000 },
    ],
    [
      [{ type: "snooze", minutes: 2 }, { type: "status", status: "open" }],
      { status: "open", snoozedUntil: undefined },
    ],
    [[{ type: "assign", to: "me" }], { assigneeId: "usr_1" }],
    [[{ type: "assign", to: "nobody" }], { assigneeId: null }],
    [[{ type: "assign", to: "usr_2" }], { assigneeId: "usr_2" }],
    [[{ type: "tags", add: ["new", "vip"], remove: ["parts"] }], { tags: ["vip", "new"] }],
    [
      [
        { type: "tags", add: ["a"], remove: [] },
        { type: "tags", add: ["b"], remove: ["a", "vip"] },
      ],
      { tags: ["parts", "b"] },
    ],
    [[{ type: "team", teamId: "tem_1" }], { teamId: "tem_1" }],
    [
      [{ type: "priority", priority: null }, { type: "move", inboxId: "inb_2" }],
      { priority: null, inboxId: "inb_2" },
    ],
  ];

  for (const [actions, patch] of table) {
    assert.deepEqual(planMacro({ actions }, BEFORE, RUN).patch, patch, JSON.stringify(actions));
  }
});

Deno.test("planMacro() lets a token take nothing for itself", () => {
  const actions = [{ type: "assign", to: "me" }] as const;

  assert.deepEqual(planMacro({ actions }, BEFORE, { ...RUN, userId: null }).patch, {});
});
