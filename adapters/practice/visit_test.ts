import assert from "node:assert/strict";
import { PracticeConfig } from "./config.ts";
import { HOSTILE_TEXTS } from "./hostile_texts.ts";
import { visitOf } from "./visit.ts";

const NOW = Date.UTC(2026, 2, 2, 12);
const VISITS = 40;

/** The deliveries of each of many visits, in the order they come. */
function visits(misbehaviour: object): readonly (readonly string[])[] {
  const config = PracticeConfig.parse({ misbehaviour });
  return Array.from({ length: VISITS }, (_, n) => visitOf(config, n).map(({ body }) => body(NOW)));
}

const ODD: Readonly<Record<string, (bodies: readonly string[]) => boolean>> = {
  repeats: (bodies) => new Set(bodies.map((body) => body.trim())).size < bodies.length,
  shuffles: (bodies) => {
    const numbers = bodies.map((body) => Number(/"externalId":"[^"]* (\d+)"/.exec(body)?.[1]));
    return numbers.some((number, i) => number < (numbers[i - 1] ?? 0));
  },
  hostileText: (bodies) =>
    bodies.some((body) => HOSTILE_TEXTS.some((text) => body.includes(JSON.stringify(text)))),
  files: (bodies) => bodies.some((body) => body.includes('"kind":"media"')),
  edits: (bodies) => bodies.some((body) => /"message_(?:updated|deleted)"/.test(body)),
};

for (const [name, isOdd] of Object.entries(ODD)) {
  Deno.test(`visitOf() is odd by "${name}" now and then where that is switched on, and never else`, () => {
    const odd = visits({ [name]: true }).filter(isOdd).length;
    const well = visits({}).filter(isOdd).length;

    assert.ok(odd > 0 && odd < VISITS, `${odd} of ${VISITS}`);
    assert.equal(well, 0);
  });
}

Deno.test("visitOf() is the same for the same number, and its steps come one after the other", () => {
  const config = PracticeConfig.parse({ misbehaviour: { repeats: true, shuffles: true } });
  for (let n = 0; n < VISITS; n++) {
    const [one, again] = [visitOf(config, n), visitOf(config, n)];

    assert.deepEqual(again.map(({ body }) => body(NOW)), one.map(({ body }) => body(NOW)));
    const times = one.map(({ afterMs }) => afterMs);
    assert.deepEqual(times, times.toSorted((a, b) => a - b));
  }
});
