import assert from "node:assert/strict";
import fc from "fast-check";
import {
  AUTO_REPLY_LIMITS,
  AUTO_REPLY_SCOPES,
  autoReplySubjects,
  countAutoReply,
} from "./auto_reply_guard.ts";
import type { RateRecord } from "../store/mod.ts";

Deno.test("autoReplySubjects() takes the tags of a mailbox for one address", () => {
  const one = autoReplySubjects("chn_1", "Bot+17@Peer.example");

  assert.deepEqual(one, autoReplySubjects("chn_1", "bot+18@peer.example"));
  assert.notEqual(one.address, autoReplySubjects("chn_2", "bot@peer.example").address);
  assert.notEqual(one.address, autoReplySubjects("chn_1", "ana@peer.example").address);
  assert.equal(one.domain, autoReplySubjects("chn_1", "ana@peer.example").domain);
});

Deno.test("countAutoReply() never lets more through than each limit says, whoever writes and when", () => {
  const writers = fc.array(
    fc.record({
      who: fc.integer({ min: 0, max: 60 }),
      afterMs: fc.integer({ min: 0, max: 600_000 }),
    }),
    { maxLength: 400 },
  );
  fc.assert(fc.property(writers, (mails) => {
    const records = new Map<string, RateRecord>();
    const sent: { at: number; address: string; domain: string; channel: string }[] = [];
    let now = 0;
    for (const { who, afterMs } of mails) {
      now += afterMs;
      const subjects = autoReplySubjects("chn_1", `p${who}@d${who % 3}.example`);
      const get = (scope: keyof typeof subjects) => records.get(subjects[scope]) ?? null;
      const result = countAutoReply(
        { address: get("address"), domain: get("domain"), channel: get("channel") },
        now,
      );
      if (!result.ok) continue;
      for (const scope of AUTO_REPLY_SCOPES) records.set(subjects[scope], result.counts[scope]);
      sent.push({ at: now, ...subjects });
    }
    for (const scope of AUTO_REPLY_SCOPES) {
      const { max, windowMs } = AUTO_REPLY_LIMITS[scope];
      for (const first of sent) {
        const near = sent.filter((one) =>
          one[scope] === first[scope] && one.at >= first.at && one.at < first.at + windowMs
        );
        // A window begins with its first reply, so that any stretch of its length touches two.
        assert.ok(near.length <= 2 * max, scope);
      }
    }
  }));
});

Deno.test("countAutoReply() answers a person again the next day", () => {
  const day = AUTO_REPLY_LIMITS.address.windowMs;
  const first = countAutoReply({ address: null, domain: null, channel: null }, 0);
  assert.ok(first.ok);

  const soon = countAutoReply(first.counts, day - 1);
  assert.deepEqual(soon, { ok: false, reached: "address" });
  assert.equal(countAutoReply(first.counts, day).ok, true);
});
