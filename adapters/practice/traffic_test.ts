import assert from "node:assert/strict";
import fc from "fast-check";
import { BUSY_MORNING } from "./busy_morning.ts";
import { PracticeConfig } from "./config.ts";
import { parseTraffic } from "./traffic.ts";

Deno.test("parseTraffic() gives back what was written as JSON lines", () => {
  const line = fc.record({
    afterMs: fc.integer({ min: 0, max: 86_400_000 }),
    from: fc.constantFrom("Giulia", "Tom O’Brien", "ليلى"),
    text: fc.string({ minLength: 1, unit: "grapheme" }),
  }, { noNullPrototype: true });
  fc.assert(fc.property(fc.array(line), (lines) => {
    const text = lines.map((one) => JSON.stringify(one)).join("\r\n");
    assert.deepEqual(parseTraffic(`\n${text}\n\n`), { ok: true, value: lines });
  }));
});

Deno.test("parseTraffic() names the line that is wrong", () => {
  const good = '{"afterMs":0,"from":"A","text":"x"}';
  const cases: readonly [text: string, error: RegExp][] = [
    ["hello", /^has no message in line 1$/],
    [`${good}\n\n{"from":"A"`, /^has no message in line 3$/],
    [`${good}\n{"afterMs":-1,"from":"A","text":"x"}`, /^has a wrong "afterMs" in line 2$/],
    [`{"afterMs":0,"from":"  ","text":"x"}`, /^has a wrong "from" in line 1$/],
    [`{"afterMs":0,"from":"A"}`, /^has a wrong "text" in line 1$/],
    [`{"afterMs":1e12,"from":"A","text":"x"}`, /^has a wrong "afterMs" in line 1$/],
    [`${good}\n`.repeat(2_001), /^has over 2000 messages$/],
  ];
  for (const [text, error] of cases) {
    const parsed = parseTraffic(text);
    assert.match(parsed.ok ? "ok" : parsed.error, error);
  }
});

Deno.test("BUSY_MORNING is traffic as one would record it", () => {
  const text = BUSY_MORNING.map((line) => JSON.stringify(line)).join("\n");

  assert.deepEqual(parseTraffic(text), { ok: true, value: BUSY_MORNING });
});

Deno.test("PracticeConfig refuses traffic that cannot be played", () => {
  const issueOf = (config: object) =>
    PracticeConfig.safeParse(config).error?.issues.map(({ path, message }) =>
      `${path.join(".")}: ${message}`
    );

  assert.equal(issueOf({}), undefined);
  assert.deepEqual(issueOf({ replay: "own" }), ["traffic: is empty"]);
  assert.match(String(issueOf({ traffic: "x" })), /^traffic: has no message in line 1/);
  assert.match(String(issueOf({ speed: 0 })), /^speed: /);
});
