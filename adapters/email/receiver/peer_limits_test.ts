import assert from "node:assert/strict";
import { PeerCounts, peerOf } from "./peer_limits.ts";

const LIMITS = { connections: 2, connectionsPerMinute: 3, mailsPerMinute: 2 };

Deno.test("PeerCounts counts what is open and what began in a minute, for each address", () => {
  let now = 0;
  const counts = new PeerCounts(LIMITS, () => now);

  assert.ok(counts.enter("a") && counts.enter("a"));
  assert.ok(!counts.enter("a"), "two at once");
  assert.ok(counts.enter("b"));
  counts.leave("a");
  assert.ok(counts.enter("a"));
  counts.leave("a");
  assert.ok(!counts.enter("a"), "three in a minute");
  now = 60_000;
  assert.ok(counts.enter("a"));
  assert.ok(counts.beginMail("a") && counts.beginMail("a") && !counts.beginMail("a"));
  assert.ok(counts.beginMail("b"));
});

Deno.test("PeerCounts forgets windows that are over rather than to grow for ever", () => {
  let now = 0;
  const counts = new PeerCounts(LIMITS, () => now);

  for (let i = 0; i < 50_000; i++) counts.beginMail(`peer ${i}`);
  counts.beginMail("last");
  assert.ok(counts.beginMail("last") && !counts.beginMail("last"), "the latest are kept");
  now = 60_000;
  assert.ok(counts.beginMail("last"));
});

for (
  const [address, peer] of [
    ["192.0.2.7", "192.0.2.7"],
    ["::ffff:192.0.2.7", "192.0.2.7"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2"],
    ["2001:DB8:0001:0002::9", "2001:db8:1:2"],
    ["2001:db8::9", "2001:db8:0:0"],
    ["::1", "0:0:0:0"],
    ["", ""],
  ] as const
) {
  Deno.test(`peerOf("${address}") is ${peer}`, () => assert.equal(peerOf(address), peer));
}
