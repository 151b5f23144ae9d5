import assert from "node:assert/strict";
import fc from "fast-check";
import { argon2id, argon2idByPlatform, argon2idByWasm, DEFAULT_COST } from "./argon2id.ts";
import { Passwords } from "./passwords.ts";

const CHEAP = { memoryKiB: 8, passes: 1 };
const random = { bytes: (length: number) => crypto.getRandomValues(new Uint8Array(length)) };

Deno.test("argon2id() makes the hash that the reference implementation makes", async () => {
  // From the reference implementation's own tests: argon2id, t=2, m=2^16, p=1.
  const salt = new TextEncoder().encode("somesalt");
  const expected = "09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7";

  const hash = await argon2id("password", salt, { memoryKiB: 65_536, passes: 2 });

  assert.equal(hash.toHex(), expected);
});

Deno.test("argon2id() gives the same by the platform and by WebAssembly", async () => {
  const cases = fc.asyncProperty(
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 }),
    fc.uint8Array({ minLength: 8, maxLength: 32 }),
    async (password, bytes) => {
      const salt = new Uint8Array(bytes);

      const platform = await argon2idByPlatform(password, salt, CHEAP);
      const wasm = await argon2idByWasm(password, salt, CHEAP);

      assert.deepEqual(platform, wasm);
    },
  );
  await fc.assert(cases, { numRuns: 20 });
});

Deno.test("Passwords verifies the password it hashed and no other", async () => {
  const passwords = new Passwords(random, argon2id, CHEAP);

  const stored = await passwords.hash("correct horse");

  assert.equal(await passwords.verify("correct horse", stored), true);
  assert.equal(await passwords.verify("correct horsf", stored), false);
  assert.equal(await passwords.verify("", stored), false);
});

Deno.test("Passwords.hash() names algorithm and cost and salts each hash", async () => {
  const passwords = new Passwords(random);

  const one = await passwords.hash("same");
  const two = await passwords.hash("same");

  assert.match(one, /^argon2id\$m=19456,t=2,p=1\$[\w+/=]{24}\$[\w+/=]{44}$/);
  assert.notEqual(one, two);
  assert.equal(DEFAULT_COST.memoryKiB, 19_456);
});

Deno.test("Passwords.verify() takes the cost from the stored hash", async () => {
  const stored = await new Passwords(random, argon2id, CHEAP).hash("old cost");

  assert.equal(await new Passwords(random).verify("old cost", stored), true);
});

Deno.test("Passwords.verify() takes both ways of composing a letter", async () => {
  const passwords = new Passwords(random, argon2id, CHEAP);

  const stored = await passwords.hash("caf\u00e9");

  assert.equal(await passwords.verify("cafe\u0301", stored), true);
});

Deno.test("Passwords.verify() derives a key also when there is no such user", async () => {
  let derived = 0;
  const counting: typeof argon2id = (...args) => (derived++, argon2id(...args));

  const isRight = await new Passwords(random, counting, CHEAP).verify("anything", null);

  assert.equal(isRight, false);
  assert.equal(derived, 1);
});

Deno.test("Passwords derives at most four keys at once, and all in the end", async () => {
  let running = 0;
  let most = 0;
  const slow: typeof argon2id = async (_password, salt) => {
    most = Math.max(most, ++running);
    await new Promise<void>((resolve) => queueMicrotask(() => queueMicrotask(resolve)));
    running--;
    return salt;
  };
  const passwords = new Passwords(random, slow, CHEAP);

  const all = await Promise.all(Array.from({ length: 20 }, (_, n) => passwords.hash(`${n}`)));

  assert.equal(all.length, 20);
  assert.equal(most, 4);
});

Deno.test("Passwords goes on after a failed derivation", async () => {
  const failing: typeof argon2id = () => Promise.reject(new Error("no memory"));
  const passwords = new Passwords(random, failing, CHEAP);

  const all = await Promise.allSettled(Array.from({ length: 9 }, () => passwords.hash("x")));

  assert.equal(all.filter((one) => one.status === "rejected").length, 9);
});
