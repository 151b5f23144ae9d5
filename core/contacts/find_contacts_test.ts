import assert from "node:assert/strict";
import type { Contact } from "../model/contact.ts";
import { keys, transact } from "../store/mod.ts";
import { openTestStore } from "../../tests/fakes/store.ts";
import { fakePorts } from "../../tests/fakes/ports.ts";
import { findContacts } from "./find_contacts.ts";

async function storeWith(people: readonly { readonly name: string; readonly email: string }[]) {
  const { store } = await openTestStore({ ports: fakePorts() });
  await transact(store, (tx) => {
    people.forEach(({ name, email }, i) => {
      const contact: Contact = {
        id: `con_${i}`,
        name,
        emails: [email],
        phones: [],
        identities: [{ kind: "email", value: email, verified: false }],
        blocked: false,
        createdAt: 0,
        updatedAt: 0,
      };
      tx.set(keys.contact(contact.id), contact);
      tx.set(keys.identity("email", email), contact.id);
    });
    return Promise.resolve();
  });
  return store;
}

Deno.test("findContacts() finds people by the beginning of an address or of one of their names", async () => {
  using store = await storeWith([
    { name: "Élodie Martin", email: "em@posta.example" },
    { name: "Mario Rossi", email: "elo@posta.example" },
    { name: "Pamela Elo", email: "pam@posta.example" },
    { name: "Gabelo", email: "gab@posta.example" },
  ]);
  const names = async (query: string, limit = 10) =>
    (await findContacts(store, query, limit)).map(({ name }) => name);

  assert.deepEqual(await names("elo"), ["Mario Rossi", "Pamela Elo", "Élodie Martin"]);
  assert.deepEqual(await names(" ELO@posta"), ["Mario Rossi"]);
  assert.deepEqual(await names("élodie m"), ["Élodie Martin"]);
  assert.deepEqual(await names("elo", 1), ["Mario Rossi"]);
  assert.deepEqual(await names("posta.example"), []);
  assert.deepEqual(await names("  "), []);
});
