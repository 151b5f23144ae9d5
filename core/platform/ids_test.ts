import assert from "node:assert/strict";
import { createIds } from "./ids.ts";

function fixedRandom(byte: number) {
  return { bytes: (length: number) => new Uint8Array(length).fill(byte) };
}

Deno.test("createIds() makes ids that sort in the order they were made, also when the clock stands or goes back", () => {
  let now = 1_700_000_000_000;
  const ids = createIds({ now: () => now }, fixedRandom(255));

  const made = [ids.next("msg"), ids.next("msg"), ids.next("msg")];
  now += 1;
  made.push(ids.next("msg"));
  now -= 500;
  made.push(ids.next("msg"));

  assert.deepEqual(made, [...made].sort());
  assert.equal(new Set(made).size, made.length);
  for (const id of made) assert.match(id, /^msg_[0-9a-hjkmnp-tv-z]{26}$/);
});

Deno.test("createIds() draws a new random part each millisecond", () => {
  let now = 1;
  const ids = createIds({ now: () => now }, {
    bytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
  });

  const first = ids.next("x").slice(-16);
  now = 2;

  assert.notEqual(ids.next("x").slice(-16), first);
});

Deno.test("createIds() writes the random part's bits from the highest to the lowest", () => {
  const random = Uint8Array.from([0x7f, 0xee, 1, 2, 3, 0xff, 0, 0x80, 9, 10]);
  const ids = createIds({ now: () => 0 }, { bytes: () => random.slice() });
  const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

  const value = [...random].reduce((all, byte) => (all << 8n) | BigInt(byte), 0n);
  const expected = Array.from({ length: 16 }, (_, i) => {
    return alphabet[Number((value >> BigInt(75 - 5 * i)) & 31n)];
  }).join("");

  assert.equal(ids.next("x"), `x_0000000000${expected}`);
});
