import assert from "node:assert/strict";
import { addPatch, type Overlay, removePatch, withOverlay } from "./overlay.ts";
import { sampleConversation } from "./sample_records.ts";

const NONE: Overlay = new Map();

Deno.test("withOverlay() lays pending changes over any later word of the server", () => {
  const overlay = addPatch(
    addPatch(NONE, "a", { key: 1, patch: { assigneeId: "usr_me" } }),
    "a",
    { key: 2, patch: { status: "closed" } },
  );

  const shown = withOverlay(overlay, sampleConversation("a", { preview: "newer" }));

  assert.equal(shown.assigneeId, "usr_me");
  assert.equal(shown.status, "closed");
  assert.equal(shown.preview, "newer");
});

Deno.test("removePatch() takes one change away and leaves the others", () => {
  const overlay = addPatch(
    addPatch(NONE, "a", { key: 1, patch: { assigneeId: "usr_me" } }),
    "a",
    { key: 2, patch: { status: "closed" } },
  );

  const rest = removePatch(overlay, "a", 2);

  assert.equal(withOverlay(rest, sampleConversation("a")).status, "open");
  assert.equal(withOverlay(rest, sampleConversation("a")).assigneeId, "usr_me");
  assert.equal(removePatch(rest, "a", 1).size, 0);
});

Deno.test("withOverlay() leaves others as they are, the very same object", () => {
  const conversation = sampleConversation("b");

  assert.equal(
    withOverlay(addPatch(NONE, "a", { key: 1, patch: {} }), conversation),
    conversation,
  );
});
