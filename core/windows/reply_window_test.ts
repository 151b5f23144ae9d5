import assert from "node:assert/strict";
import fc from "fast-check";
import { passage, replyWindow } from "./reply_window.ts";

const HOUR = 60 * 60 * 1_000;
const DAY = 24 * HOUR;
const MESSENGER = { openMs: DAY, humanMs: 7 * DAY };
const HEARD = 1_000 * DAY;

Deno.test("replyWindow() changes at its limits, to the millisecond", () => {
  const at = (age: number) => replyWindow(MESSENGER, HEARD, HEARD + age);

  assert.deepEqual([at(0), at(DAY - 1)].map(({ state, closesAt }) => [state, closesAt]), [
    ["open", HEARD + DAY],
    ["open", HEARD + DAY],
  ]);
  assert.deepEqual([at(DAY), at(7 * DAY - 1)].map(({ state, closesAt }) => [state, closesAt]), [
    ["human", HEARD + 7 * DAY],
    ["human", HEARD + 7 * DAY],
  ]);
  assert.deepEqual([at(7 * DAY).state, at(7 * DAY).closesAt], ["closed", null]);
  assert.match(at(7 * DAY).reason, /over 7 days ago/);
  assert.match(at(DAY).reason, /over 24 hours ago: only a person/);
});

Deno.test("replyWindow() leaves templates where the channel has them, also to who never wrote", () => {
  const limits = { openMs: DAY, templateAfter: true };

  assert.equal(replyWindow(limits, HEARD, HEARD + DAY).state, "template");
  assert.equal(replyWindow(limits, null, HEARD).state, "template");
  assert.equal(replyWindow(MESSENGER, null, HEARD).state, "closed");
  assert.match(replyWindow(MESSENGER, null, HEARD).reason, /not written here yet/);
});

Deno.test("replyWindow() never says open without the end it has", () => {
  fc.assert(fc.property(fc.nat(10 * DAY), fc.nat(9 * DAY), fc.nat(9 * DAY), (age, open, more) => {
    const limits = { openMs: open + 1, humanMs: open + 1 + more };
    const { state, closesAt } = replyWindow(limits, HEARD, HEARD + age);
    if (closesAt === null) assert.equal(state, "closed");
    else {
      assert.ok(closesAt > HEARD + age);
      // It holds until then, and not a millisecond longer.
      assert.equal(replyWindow(limits, HEARD, closesAt - 1).state, state);
      assert.notEqual(replyWindow(limits, HEARD, closesAt).state, state);
    }
  }));
});

Deno.test("passage() keeps the window for people from machines", () => {
  const human = replyWindow(MESSENGER, HEARD, HEARD + DAY);
  const closed = replyWindow(MESSENGER, HEARD, HEARD + 7 * DAY);
  const person = { isByPerson: true, isTemplate: false };
  const machine = { isByPerson: false, isTemplate: false };

  assert.deepEqual(passage(human, person), { isOpen: true, window: "human" });
  assert.deepEqual(passage(human, machine), { isOpen: false, reason: human.reason });
  assert.deepEqual(passage(closed, person), { isOpen: false, reason: closed.reason });
  assert.deepEqual(passage(null, machine), { isOpen: true });
  assert.deepEqual(passage(closed, { ...machine, isTemplate: true }), { isOpen: true });
});
