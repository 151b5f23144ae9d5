import assert from "node:assert/strict";
import type { EventContext } from "./event_context.ts";
import { readControl } from "./read_control.ts";

const CONTEXT: EventContext = {
  envelope: { externalId: "place", occurredAt: 5, accountKey: "10" },
  pageId: "10",
  isStandby: false,
  ownAppId: "77",
  senderId: "ana",
  recipientId: "10",
};

Deno.test("readControl() tells in the customer's thread which app has it in hand", () => {
  const cases = [
    ["pass_thread_control", { new_owner_app_id: 55 }, /^Another app answers .*\(app 55\)\.$/],
    ["pass_thread_control", { new_owner_app_id: "77" }, /^Parley answers .* again\.$/],
    ["take_thread_control", { previous_owner_app_id: 77, new_owner_app_id: null }, /^No app/],
    ["request_thread_control", { requested_owner_app_id: 55 }, /^Another app asks .*55/],
    ["take_thread_control", { new_owner_app_id: { odd: 1 } }, /^No app/],
  ] as const;
  for (const [name, given, words] of cases) {
    const [event] = readControl(name)(given, CONTEXT) ?? [];
    assert.ok(event?.type === "control");
    assert.match(event.payload, words);
    assert.equal(event.threadKey, "ana");
    assert.equal(event.externalId, `${name}#ana#5`);
  }
  assert.equal(readControl("take_thread_control")("junk", CONTEXT), null);
});
