import assert from "node:assert/strict";
import { isOnlySender, onlySender, parseTyped, withoutPerson, withPeople } from "./recipients.ts";

const ana = { name: "Ana", address: "ana@example.com" };
const bo = { name: "", address: "bo@example.com" };
const DEFAULTS = {
  to: [ana],
  cc: [bo],
  sender: [ana],
  subject: "Re: Help",
  from: null,
  signature: "",
  history: false,
};

Deno.test("withPeople() moves somebody from one line to another and keeps nobody twice", () => {
  const all = { to: [ana], cc: [bo], bcc: [] };
  const moved = withPeople(all, "bcc", [{ name: "", address: "BO@example.com" }, ana, ana]);

  assert.deepEqual(moved, { to: [], cc: [], bcc: [{ name: "", address: "BO@example.com" }, ana] });
  assert.deepEqual(withPeople(all, "cc", [bo]), all);
  assert.deepEqual(withoutPerson(all, "cc", bo), { to: [ana], cc: [], bcc: [] });
});

Deno.test("isOnlySender() knows a reply to one from a reply to all", () => {
  assert.equal(isOnlySender(onlySender(DEFAULTS), DEFAULTS), true);
  assert.equal(isOnlySender({ to: [ana], cc: [bo], bcc: [] }, DEFAULTS), false);
  assert.equal(isOnlySender({ to: [bo], cc: [], bcc: [] }, DEFAULTS), false);
});

Deno.test("parseTyped() reads what mail programs copy and keeps what is no address", () => {
  assert.deepEqual(parseTyped('"Rossi, Mario" <mario@x.example>; bo@example.com,\nann'), {
    people: [{ name: "Rossi, Mario", address: "mario@x.example" }, bo],
    rest: "ann",
  });
  for (const wrong of ["ana", "ana@", "@x.example", "a b@x.example", "ana@x", "ana@x..example"]) {
    assert.deepEqual(parseTyped(wrong), { people: [], rest: wrong }, wrong);
  }
  assert.deepEqual(parseTyped(" ,; "), { people: [], rest: "" });
});
