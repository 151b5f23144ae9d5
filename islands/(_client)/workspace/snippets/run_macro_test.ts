import assert from "node:assert/strict";
import { minute, sampleConversation, sampleMessage } from "../sample_records.ts";
import { stepBack } from "./run_macro.ts";

Deno.test("stepBack() brings back what a macro changed, and only that", () => {
  const before = sampleConversation("cnv_1", { tags: ["vip"], priority: "low" });
  const after = { ...before, status: "snoozed" as const, snoozedUntil: minute(9), tags: [] };
  const reply = sampleMessage(2, { kind: "reply", status: "queued" });
  const comment = sampleMessage(3, { kind: "comment", status: "sent" });
  const run = { conversation: after, messages: [reply, comment], compose: null, failed: null };

  assert.deepEqual(stepBack(before, run), {
    id: "cnv_1",
    patch: { status: "open", tags: ["vip"] },
    messageIds: [reply.id],
  });
});

Deno.test("stepBack() snoozes again until when it was", () => {
  const before = sampleConversation("cnv_1", { status: "snoozed", snoozedUntil: minute(9) });
  const after = { ...before, status: "closed" as const, snoozedUntil: null, assigneeId: "usr_1" };
  const run = { conversation: after, messages: [], compose: null, failed: null };

  assert.deepEqual(stepBack(before, run).patch, {
    status: "snoozed",
    snoozedUntil: minute(9),
    assigneeId: null,
  });
});
