import assert from "node:assert/strict";
import { standstillOf, windowWords } from "./window_words.ts";

const NOW = Date.UTC(2026, 4, 5, 12);
const HOUR = 60 * 60 * 1_000;

const open = (left: number, state: "open" | "human" = "open") => ({
  state,
  closesAt: new Date(NOW + left).toISOString(),
  reason: "The last message came over 24 hours ago: only a person may answer",
});

Deno.test("windowWords() never says that there is more time than there is", () => {
  for (
    const [left, text, near] of [
      [6 * 24 * HOUR + HOUR, "Reply within 6 days", false],
      [47 * HOUR, "Reply within 47 h", false],
      [4 * HOUR, "Reply within 4 h", false],
      [4 * HOUR - 1, "Reply within 3 h", true],
      [HOUR, "Reply within 1 h", true],
      [HOUR - 1, "Reply within 59 min", true],
      [59_000, "Reply within a minute", true],
      [-5, "Reply within a minute", true],
    ] as const
  ) assert.deepEqual(windowWords(open(left), NOW), { text, near }, `${left}`);
});

Deno.test("windowWords() says that it is the window for people, and nothing where none closes", () => {
  assert.deepEqual(windowWords(open(50 * HOUR, "human"), NOW), {
    text: "Reply within 2 days. The last message came over 24 hours ago: only a person may answer",
    near: true,
  });
  assert.equal(windowWords(null, NOW), null);
  assert.equal(windowWords({ state: "closed", closesAt: null, reason: "" }, NOW), null);
});

Deno.test("standstillOf() tells why nothing can be sent, the customer's own wish first", () => {
  const closed = { state: "closed", closesAt: null, reason: "Too long ago" } as const;
  const at = "2026-05-05T12:00:00.000Z";
  const channelId = "chn_1";

  assert.equal(standstillOf({ window: null, channelId }, null, "Ana"), null);
  assert.equal(standstillOf({ window: open(HOUR), channelId }, { optOuts: [] }, "Ana"), null);
  assert.match(
    standstillOf({ window: closed, channelId }, null, "Ana")?.text ?? "",
    /^Too long ago\. .*comment for your team/,
  );
  assert.equal(
    standstillOf({ window: { ...closed, state: "template" }, channelId }, null, "Ana")
      ?.hasTemplates,
    true,
  );
  const out = { optOuts: [{ channelId, at }] };
  assert.equal(
    standstillOf({ window: closed, channelId }, out, "Ana")?.title,
    "Ana wants no messages here",
  );
  assert.equal(standstillOf({ window: null, channelId: "chn_2" }, out, "Ana"), null);
});
