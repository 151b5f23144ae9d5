import assert from "node:assert/strict";
import fc from "fast-check";
import { addressSubject, countAttempt, uncountAttempt } from "./rate_limit.ts";

const LIMIT = { max: 3, windowMs: 1_000 };

Deno.test("countAttempt() allows max attempts in a window and says how long to wait", () => {
  const first = countAttempt(null, LIMIT, 100);
  assert(first.ok);
  const second = countAttempt(first.record, LIMIT, 200);
  assert(second.ok);
  const third = countAttempt(second.record, LIMIT, 300);
  assert(third.ok);

  assert.deepEqual(countAttempt(third.record, LIMIT, 400), { ok: false, retryAfterMs: 700 });
  assert.deepEqual(countAttempt(third.record, LIMIT, 1_099), { ok: false, retryAfterMs: 1 });
});

Deno.test("countAttempt() starts anew when the window is over", () => {
  const full = { count: 3, resetAt: 1_100 };

  const decision = countAttempt(full, LIMIT, 1_100);

  assert.deepEqual(decision, { ok: true, record: { count: 1, resetAt: 2_100 } });
});

Deno.test("countAttempt() never allows more than max within one window", () => {
  const times = fc.array(fc.nat(5_000), { maxLength: 60 }).map((list) =>
    list.sort((a, b) => a - b)
  );
  fc.assert(fc.property(times, (attempts) => {
    const allowed: number[] = [];
    let record = null;
    for (const at of attempts) {
      const decision = countAttempt(record, LIMIT, at);
      if (!decision.ok) continue;
      record = decision.record;
      allowed.push(record.resetAt);
    }

    for (const window of new Set(allowed)) {
      assert(allowed.filter((one) => one === window).length <= LIMIT.max);
    }
  }));
});

Deno.test("uncountAttempt() takes one attempt back", () => {
  assert.deepEqual(uncountAttempt({ count: 3, resetAt: 10 }, 5), { count: 2, resetAt: 10 });
  assert.equal(uncountAttempt({ count: 1, resetAt: 10 }, 5), null);
  assert.equal(uncountAttempt({ count: 3, resetAt: 10 }, 10), null);
  assert.equal(uncountAttempt(null, 5), null);
});

for (
  const [address, subject] of [
    ["203.0.113.7", "203.0.113.7"],
    ["::ffff:203.0.113.7", "203.0.113.7"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:DB8:1:2::9", "2001:db8:1:2::/64"],
    ["2001:db8::1", "2001:db8:0:0::/64"],
    ["2001:0db8:0000:0000:1::", "2001:db8:0:0::/64"],
    ["fe80::1%eth0", "fe80:0:0:0::/64"],
    ["::1", "0:0:0:0::/64"],
  ] as const
) {
  Deno.test(`addressSubject() takes ${address} as ${subject}`, () => {
    assert.equal(addressSubject(address), subject);
  });
}
