import assert from "node:assert/strict";
import { matchContact, normalizeIdentity } from "./match.ts";

const email = { kind: "email", value: "ana@example.com", verified: false };
const visitor = { kind: "visitor", value: "v1", verified: true };

Deno.test("matchContact() takes the first known identity and names the others, merging nobody", () => {
  assert.deepEqual(matchContact([visitor, email], [null, null]), { kind: "new" });
  assert.deepEqual(matchContact([visitor, email], [null, "con_2"]), {
    kind: "known",
    contactId: "con_2",
    by: email,
    others: [],
  });
  assert.deepEqual(matchContact([visitor, email], ["con_1", "con_2"]), {
    kind: "known",
    contactId: "con_1",
    by: visitor,
    others: ["con_2"],
  });
});

Deno.test("normalizeIdentity() makes equal addresses equal", () => {
  assert.equal(
    normalizeIdentity({ ...email, value: " Ana@Example.COM " }).value,
    "ana@example.com",
  );
  assert.equal(
    normalizeIdentity({ kind: "phone", value: "+31 (6) 555-01.42", verified: true }).value,
    "+3165550142",
  );
  assert.equal(normalizeIdentity({ kind: "visitor", value: "AbC", verified: true }).value, "AbC");
});
