import assert from "node:assert/strict";
import { initialsOf } from "./initials.ts";

const cases: readonly (readonly [name: string, expected: string])[] = [
  ["Giulia Ferrari", "GF"],
  ["Pieter van Dam", "PD"],
  ["Tom O’Brien", "TO"],
  ["élodie", "É"],
  ["nora.visser@veloce.example", "NV"],
  ["Влад Иванов", "ВИ"],
  ["山田 太郎", "山太"],
  ["Visitor (42)", "V4"],
  ["🚲 Club", "C"],
  ["  ", ""],
  ["", ""],
  ["@", ""],
];

for (const [name, expected] of cases) {
  Deno.test(`initialsOf(${JSON.stringify(name)}) is ${JSON.stringify(expected)}`, () => {
    assert.equal(initialsOf(name), expected);
  });
}
