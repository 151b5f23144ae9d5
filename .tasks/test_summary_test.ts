import assert from "node:assert/strict";
import { addSummaries, ignoredNames, readSummary } from "./test_summary.ts";

Deno.test("readSummary() reads the last line that sums up a run", () => {
  const cases: [string, ReturnType<typeof readSummary>][] = [
    ["ok | 3 passed | 0 failed (5ms)", { passed: 3, failed: 0, skipped: 0 }],
    ["FAILED | 1 passed (1 step) | 2 failed (1 step) | 4 ignored (7ms)", {
      passed: 1,
      failed: 2,
      skipped: 4,
    }],
    ["ok | 9 passed | 0 failed\nok | 1 passed | 0 failed (1ms)\n\nerror: x", {
      passed: 1,
      failed: 0,
      skipped: 0,
    }],
    ["error: SyntaxError: Expression expected", null],
    ["a test says: ok | 3 passed", null],
  ];

  for (const [output, expected] of cases) assert.deepEqual(readSummary(output), expected, output);
});

Deno.test("ignoredNames() names tests of serial and parallel runs with their files", () => {
  const output = [
    "running 2 tests from ./tests/e2e/mail_test.ts",
    "needs Dovecot ... ignored (0ms)",
    "sends ... ok (3ms)",
    "./core/a_test.ts => later ... ignored (0ms)",
  ].join("\n");

  assert.deepEqual(ignoredNames(output), [
    "needs Dovecot (./tests/e2e/mail_test.ts)",
    "later (./core/a_test.ts)",
  ]);
});

Deno.test("addSummaries() adds each number", () => {
  const sum = addSummaries({ passed: 1, failed: 2, skipped: 3 }, {
    passed: 10,
    failed: 20,
    skipped: 30,
  });

  assert.deepEqual(sum, { passed: 11, failed: 22, skipped: 33 });
});
