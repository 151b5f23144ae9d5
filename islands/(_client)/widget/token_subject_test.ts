import assert from "node:assert/strict";
import { subjectOf } from "./token_subject.ts";

Deno.test("subjectOf() reads the subject, and nothing of what is no token", () => {
  const body = new TextEncoder().encode(JSON.stringify({ sub: "Zoë 👋" }));
  const encoded = body.toBase64({ alphabet: "base64url", omitPadding: true });

  assert.equal(subjectOf(`x.${encoded}.x`), "Zoë 👋");
  for (const token of ["", "x", "a.b.c", "x.e30.x", "x.bnVsbA.x", "x.eyJzdWIiOjd9.x"]) {
    assert.equal(subjectOf(token), null, token);
  }
});
