import assert from "node:assert/strict";
import { MessageStatus } from "../model/message.ts";
import { advanceStatus, hasLeft } from "./advance_status.ts";

const LEADS_TO: Record<MessageStatus, readonly string[]> = {
  received: [],
  scheduled: [],
  queued: ["sent", "delivered", "read"],
  sending: ["sent", "delivered", "read", "failed"],
  sent: ["delivered", "read", "failed"],
  delivered: ["read"],
  read: [],
  failed: [],
  ambiguous: ["sent", "delivered", "read", "failed"],
  canceled: [],
};

for (const status of MessageStatus.options) {
  Deno.test(`advanceStatus() moves "${status}" forward only`, () => {
    const reports = ["sent", "delivered", "read", "failed"] as const;

    const moved = reports.filter((reported) => advanceStatus(status, reported) === reported);

    assert.deepEqual(moved, LEADS_TO[status]);
  });
}

Deno.test("hasLeft() says what must not be sent again", () => {
  assert.deepEqual(MessageStatus.options.filter(hasLeft), ["sent", "delivered", "read"]);
});
