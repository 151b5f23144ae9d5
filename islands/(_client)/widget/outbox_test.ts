import assert from "node:assert/strict";
import { keptFor } from "./kept.ts";
import { dropOutgoing, keepOutgoing, readOutgoing } from "./outbox.ts";
import type { Outgoing } from "./state.ts";

const message: Outgoing = {
  id: "m1",
  thread: "new:m1",
  text: "Hello",
  files: [],
  state: "waiting",
  reason: "",
  at: 2,
};

Deno.test("readOutgoing() gives what was kept, oldest first, and drops what is no message", () => {
  const kept = keptFor("chn_1", () => {
    throw new Error("no storage");
  });
  keepOutgoing(kept, message);
  keepOutgoing(kept, { ...message, id: "m0", at: 1 });
  keepOutgoing(kept, { ...message, id: "m2" });
  dropOutgoing(kept, "m2");
  kept.set("out.x", "{");
  kept.set("out.y", "{}");
  kept.set("out.z", "null");

  assert.deepEqual(readOutgoing(kept).map(({ id }) => id), ["m0", "m1"]);
  assert.deepEqual(kept.names("out.").toSorted(), ["out.m0", "out.m1"]);
});
