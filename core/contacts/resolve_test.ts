import assert from "node:assert/strict";
import { openTestStore, type TestStore } from "../../tests/fakes/store.ts";
import type { Contact, Identity } from "../model/contact.ts";
import { keys, transact } from "../store/mod.ts";
import { displayName, resolveContact } from "./resolve.ts";

const email = (value: string, verified = true): Identity => ({ kind: "email", value, verified });
const phone = (value: string): Identity => ({ kind: "phone", value, verified: true });
const visitor = (value: string): Identity => ({ kind: "visitor", value, verified: true });

async function resolve(test: TestStore, identities: readonly Identity[], name?: string) {
  return await transact(
    test.store,
    (tx) => resolveContact(tx, { identities, name }, test.ports.ids),
  );
}

async function holderOf(test: TestStore, { kind, value }: Identity) {
  return await test.store.get(keys.identity(kind, value));
}

Deno.test("resolveContact() makes a contact of somebody nobody knew, with all they are known by", async () => {
  using test = await openTestStore();

  const { contact, isNew, trace } = await resolve(
    test,
    [email(" Ana@Example.com "), phone("+39 02 (123) 456")],
    "  Ana Souza ",
  );

  assert.equal(isNew, true);
  assert.equal(contact.name, "Ana Souza");
  assert.deepEqual([contact.emails, contact.phones], [["ana@example.com"], ["+3902123456"]]);
  assert.equal(trace.step, "contact_created");
  assert.equal(await holderOf(test, email("ana@example.com")), contact.id);
  assert.equal(await holderOf(test, phone("+3902123456")), contact.id);
  assert.deepEqual(await test.store.get(keys.contact(contact.id)), contact);
});

Deno.test("resolveContact() finds who is known and writes nothing when there is nothing new", async () => {
  using test = await openTestStore();
  const { contact } = await resolve(test, [email("ana@example.com")], "Ana");
  let commits = 0;
  test.store.onCommit(() => void commits++);

  const again = await resolve(test, [email("ANA@example.com", false)], "Somebody else");

  assert.equal(again.isNew, false);
  assert.deepEqual(again.contact, contact);
  assert.equal(again.trace.step, "contact_matched");
  assert.equal(commits, 0);
});

Deno.test("resolveContact() gives a known contact the name it lacked and what was proven, not what was claimed", async () => {
  using test = await openTestStore();
  const { contact } = await resolve(test, [visitor("vis_1")]);

  const proven = await resolve(test, [visitor("vis_1"), email("ana@example.com")], "Ana");
  const claimed = await resolve(test, [visitor("vis_1"), email("boss@example.com", false)], "Boss");

  assert.equal(proven.contact.id, contact.id);
  assert.equal(proven.contact.name, "Ana");
  assert.deepEqual(proven.contact.emails, ["ana@example.com"]);
  assert.deepEqual(claimed.contact, proven.contact);
  assert.equal(await holderOf(test, email("boss@example.com")), null);
});

Deno.test("resolveContact() merges no two contacts: the strongest identity decides", async () => {
  using test = await openTestStore();
  const ana = await resolve(test, [email("ana@example.com")], "Ana");
  const bea = await resolve(test, [phone("+1555000")], "Bea");

  const both = await resolve(test, [phone("+1555000"), email("ana@example.com")]);

  assert.equal(both.contact.id, bea.contact.id);
  assert.equal(await holderOf(test, email("ana@example.com")), ana.contact.id);
  assert.deepEqual(both.contact.emails, []);
});

Deno.test("resolveContact() makes one contact of somebody who writes five times at once", async () => {
  using test = await openTestStore();

  const results = await Promise.all(
    Array.from({ length: 5 }, () => resolve(test, [email("ana@example.com")], "Ana")),
  );

  assert.equal(new Set(results.map(({ contact }) => contact.id)).size, 1);
  assert.equal((await Array.fromAsync(test.store.list(keys.contacts()))).length, 1);
});

Deno.test("resolveContact() bounds a contact: a long name is cut, a full one takes no more but is still found", async () => {
  using test = await openTestStore();
  const first = await resolve(test, [email("ana@example.com")], "長".repeat(10_000));
  assert.equal(first.contact.name.length, 200);
  const full: Contact = {
    ...first.contact,
    identities: Array.from({ length: 900 }, (_, i) => visitor(`vis_${i}_${"x".repeat(10)}`)),
  };
  await transact(test.store, (tx) => {
    tx.set(keys.contact(full.id), full);
    return Promise.resolve();
  });

  const again = await resolve(test, [email("ana@example.com"), visitor("vis_new")]);

  assert.equal(again.contact.identities.length, 900);
  assert.equal((await resolve(test, [visitor("vis_new")])).contact.id, full.id);
});

Deno.test("resolveContact() says so when an identity leads to nobody", async () => {
  using test = await openTestStore();
  await transact(test.store, (tx) => {
    tx.set(keys.identity("email", "ana@example.com"), "con_gone");
    return Promise.resolve();
  });

  await assert.rejects(resolve(test, [email("ana@example.com")]), /an identity points to nothing/);
});

Deno.test("displayName() takes the name, else an address, else says visitor", () => {
  const none = { name: "", emails: [], phones: [] };

  assert.equal(displayName({ ...none, name: "Ana", emails: ["a@x"] }), "Ana");
  assert.equal(displayName({ ...none, emails: ["a@x"], phones: ["1"] }), "a@x");
  assert.equal(displayName({ ...none, phones: ["1"] }), "1");
  assert.equal(displayName(none), "Visitor");
});
