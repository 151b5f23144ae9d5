import assert from "node:assert/strict";
import type { Channel } from "../model/channel.ts";
import { isLeftAlone } from "./stand_in.ts";

const CHANNEL: Channel = {
  id: "chn_1",
  type: "email",
  inboxId: "inb_1",
  name: "Support",
  config: {},
  secrets: {},
  autoTicket: false,
  status: "error",
  error: "The password is wrong",
  createdAt: 0,
  updatedAt: 1_000,
};
const MINUTE_MS = 60_000;

for (
  const [status, afterMs, expected] of [
    ["error", 0, true],
    ["error", 10 * MINUTE_MS - 1, true],
    ["error", 10 * MINUTE_MS, false],
    ["ready", 0, false],
    ["paused", 0, false],
  ] as const
) {
  Deno.test(`isLeftAlone() is ${expected} for "${status}" after ${afterMs} ms`, () => {
    assert.equal(isLeftAlone({ ...CHANNEL, status }, 1_000 + afterMs), expected);
  });
}
