import assert from "node:assert/strict";
import type { ApiContact } from "../../../../core/model/api.ts";
import { changeBack, withChange } from "./update_contact.ts";

const ADA: ApiContact = {
  id: "con_1",
  name: "Ada",
  emails: ["ada@x.example"],
  phones: [],
  identities: [],
  blocked: false,
  company: "Navigli",
  createdAt: "2026-01-01T00:00:00.000Z",
  updatedAt: "2026-01-01T00:00:00.000Z",
};

Deno.test("withChange() sets, keeps and takes away what is known", () => {
  const changed = withChange(ADA, { company: null, locale: "it", phones: ["+31655501"] });

  assert.deepEqual(changed, {
    id: ADA.id,
    name: "Ada",
    emails: ADA.emails,
    phones: ["+31655501"],
    identities: [],
    blocked: false,
    locale: "it",
    createdAt: ADA.createdAt,
    updatedAt: ADA.updatedAt,
  });
});

Deno.test("changeBack() leads back over everything a change named, and over nothing else", () => {
  const change = { company: "", locale: "it", emails: [], blocked: true, ownerId: "usr_1" };

  const back = changeBack(ADA, change);

  assert.deepEqual(withChange(withChange(ADA, change), back), ADA);
  assert.deepEqual(Object.keys(back).sort(), Object.keys(change).sort());
});

Deno.test("changeBack() asks for no empty name", () => {
  assert.deepEqual(changeBack({ ...ADA, name: "" }, { name: "Ada" }), {});
});
