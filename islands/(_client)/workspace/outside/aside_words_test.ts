import assert from "node:assert/strict";
import { FORWARDED_LINE } from "../../../../core/outbox/forwarded_words.ts";
import { asideWords, splitForwarded } from "./aside_words.ts";

const people = (...addresses: string[]) => ({
  aside: { to: addresses.map((address) => ({ name: "", address })) },
});

Deno.test("asideWords() names whoever sees it, the first of many", () => {
  const table = [
    [["b@x"], "Only your team and b@x see this"],
    [["b@x", "c@x"], "Only your team and b@x and c@x see this"],
    [["b@x", "c@x", "d@x"], "Only your team and b@x and 2 others see this"],
  ] as const;
  for (const [addresses, words] of table) assert.equal(asideWords(people(...addresses)), words);
});

Deno.test("splitForwarded() finds where the server's line begins, and nothing in the middle of one", () => {
  const passedOn = `${FORWARDED_LINE}\nFrom: Ada\n\nHello`;

  assert.deepEqual(splitForwarded(`See\n\n${passedOn}`), { note: "See", forwarded: passedOn });
  assert.deepEqual(splitForwarded(passedOn), { note: "", forwarded: passedOn });
  assert.deepEqual(splitForwarded(`I say ${FORWARDED_LINE}`).forwarded, "");
  assert.deepEqual(splitForwarded("Yes"), { note: "Yes", forwarded: "" });
});
