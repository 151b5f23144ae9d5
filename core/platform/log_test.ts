import assert from "node:assert/strict";
import { createLog } from "./log.ts";

const clock = { now: () => Date.UTC(2026, 0, 2, 3, 4, 5) };

Deno.test("createLog() writes JSON lines and leaves out what is below its level", () => {
  const lines: string[] = [];
  const log = createLog({
    level: "info",
    clock,
    isTerminal: false,
    write: (line) => lines.push(line),
  });

  log("debug", "hidden");
  log("warn", "send failed", { channelId: "chn_1" });

  assert.deepEqual(lines.map((line) => JSON.parse(line)), [
    { at: "2026-01-02T03:04:05.000Z", level: "warn", event: "send failed", channelId: "chn_1" },
  ]);
});

Deno.test("createLog() is short at a terminal", () => {
  const lines: string[] = [];
  const log = createLog({
    level: "debug",
    clock,
    isTerminal: true,
    write: (line) => lines.push(line),
  });

  log("info", "started", { port: 8000, note: "two words" });

  assert.deepEqual(lines, ['03:04:05 info started port=8000 note="two words"']);
});
