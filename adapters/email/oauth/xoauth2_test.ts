import assert from "node:assert/strict";
import { sendXoauth2, xoauth2 } from "./xoauth2.ts";

/** `channels/email.md`, 8. */
const VECTOR = "dXNlcj1hZ2VudEBleGFtcGxlLmNvbQFhdXRoPUJlYXJlciB5YTI5LlRFU1RUT0tFTgEB";

Deno.test("xoauth2() frames user and token as the vector has them", () => {
  assert.equal(xoauth2("agent@example.com", "ya29.TESTTOKEN"), VECTOR);
});

Deno.test("xoauth2() lets no field be slipped in", () => {
  for (const bad of ["a\x01auth=Bearer b", "a\r\nRSET", "a\0"]) {
    assert.throws(() => xoauth2(bad, "t"), RangeError);
    assert.throws(() => xoauth2("u", bad), RangeError);
  }
});

/** A server's answers, and what it was sent. */
function exchange(...statuses: readonly number[]) {
  const sent: string[] = [];
  const answers = [...statuses];
  const context: Parameters<typeof sendXoauth2>[0] = {
    auth: { credentials: { user: "agent@example.com", pass: "ya29.TESTTOKEN" } },
    sendCommand(command: string) {
      sent.push(command);
      const status = answers.shift() ?? 0;
      return Promise.resolve({ command, status, response: `${status} words`, text: "words" });
    },
  };
  return { context, sent };
}

Deno.test("sendXoauth2() answers a challenge with an empty line and hears the refusal", async () => {
  const refused = exchange(334, 535);
  await assert.rejects(sendXoauth2(refused.context));
  assert.deepEqual(refused.sent, [`AUTH XOAUTH2 ${VECTOR}`, ""]);

  const atOnce = exchange(535);
  await assert.rejects(sendXoauth2(atOnce.context));
  assert.deepEqual(atOnce.sent, [`AUTH XOAUTH2 ${VECTOR}`]);

  const accepted = exchange(235);
  await sendXoauth2(accepted.context);
  assert.deepEqual(accepted.sent, [`AUTH XOAUTH2 ${VECTOR}`]);
});
