/** What a provider never sends, and one day somebody does. */

const WRONG_VALUES = [
  "null",
  '""',
  "[]",
  "{}",
  "-1",
  "1e308",
  "0",
  '"12"',
  "true",
  '"\\u0000"',
  '"\\ud800"',
  "[[]]",
  '{"a":null}',
  "99999999999999999999",
  '"' + "x".repeat(2_000) + '"',
];

/**
 * Junk: known shapes of it first, then recorded bodies in which a value, a stretch or a character is another. The same
 * for each run.
 */
export function* junkBodies(seeds: readonly string[], count: number): Generator<string> {
  const fixed = [
    "",
    " ",
    "null",
    "[]",
    "{}",
    "0",
    '""',
    "\0",
    "\ufeff{}",
    "<!doctype html><h1>502 Bad Gateway</h1>",
    "a=1&b=2",
    "[".repeat(20_000),
    "[".repeat(5_000) + "]".repeat(5_000),
    '{"a":'.repeat(5_000) + "1" + "}".repeat(5_000),
    ...seeds.flatMap((seed) => [seed.slice(0, seed.length >> 1), seed.slice(1), seed + seed]),
    // Each value of each recorded body, as something else.
    ...seeds.flatMap((seed) => wrongTypes(seed)),
  ];
  yield* fixed;
  let state = 2_463_534_242;
  const next = (below: number) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % Math.max(below, 1);
  };
  for (let i = fixed.length; i < count; i++) {
    let text = seeds[next(seeds.length)] ?? "{}";
    for (let changes = next(3); changes >= 0; changes--) {
      const at = next(text.length);
      const length = next(8);
      const given = next(2) === 0
        ? String.fromCharCode(next(256))
        : WRONG_VALUES[next(WRONG_VALUES.length)] ?? "";
      text = text.slice(0, at) + given + text.slice(at + length);
    }
    yield text;
  }
}

/** Copies in which one value is of another type, numbers as texts among them. */
function wrongTypes(seed: string): readonly string[] {
  const values = [
    ...seed.matchAll(/(?<=[:[,]\s*)(?:"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?)(?=\s*[,}\]])/g),
  ];
  return values.slice(0, 60).flatMap(({ 0: value, index }) =>
    [...WRONG_VALUES, value.startsWith('"') ? value.slice(1, -1) : `"${value}"`].map((wrong) =>
      seed.slice(0, index) + wrong + seed.slice(index + value.length)
    )
  );
}
