import assert from "node:assert/strict";
import { matchesList, patchPolicy, SpamPolicyPatch } from "./spam_policy.ts";

Deno.test("matchesList() finds addresses, domains and their subdomains, in any case", () => {
  const list = ["ana@posta.example", "spam.example"];
  const table: readonly [address: string, entry: string | null][] = [
    ["Ana@Posta.example", "ana@posta.example"],
    ["bob@posta.example", null],
    ["x@spam.example", "spam.example"],
    ["x@mail.SPAM.example", "spam.example"],
    ["x@notspam.example", null],
    ["spam.example@posta.example", null],
  ];
  for (const [address, entry] of table) assert.equal(matchesList(list, [address]), entry, address);
});

Deno.test("SpamPolicyPatch takes addresses and domains and nothing else", () => {
  const parsed = SpamPolicyPatch.parse({ deny: [" @Spam.Example ", "a@b.example", "a@b.example"] });
  assert.deepEqual(parsed.deny, ["spam.example", "a@b.example"]);
  assert.deepEqual(SpamPolicyPatch.parse({ allow: ["*@x.example", "*.x.example"] }).allow, [
    "x.example",
  ]);
  for (const entry of ["", "com", "a@b", "a*@x.example", "a b@x.example", "@"]) {
    assert.equal(SpamPolicyPatch.safeParse({ deny: [entry] }).success, false, entry);
  }
  for (const keepDays of [0, 1.5, 4_000]) {
    assert.equal(SpamPolicyPatch.safeParse({ keepDays }).success, false);
  }
});

Deno.test("patchPolicy() keeps what a patch leaves out", () => {
  const before = { allow: ["a.example"], deny: ["b.example"], keepDays: 30 };

  assert.deepEqual(patchPolicy(before, { deny: [] }), { ...before, deny: [] });
  assert.deepEqual(patchPolicy(before, { keepDays: null }), { ...before, keepDays: null });
  assert.deepEqual(patchPolicy(undefined, {}), { allow: [], deny: [], keepDays: 90 });
});
