import assert from "node:assert/strict";
import type { Principal } from "../access/mod.ts";
import { keys, transact } from "../store/mod.ts";
import { openTestStore } from "../../tests/fakes/store.ts";
import { fakePorts } from "../../tests/fakes/ports.ts";
import { valueOf } from "../../tests/fakes/access.ts";
import { createContactNotes, MAX_NOTES } from "./contact_notes.ts";
import { createContacts } from "./contacts.ts";

const ROOT: Principal = { type: "token", id: "tok_1", name: "Root", role: "owner" };
const AGENT: Principal = { type: "token", id: "tok_2", name: "Shop", role: "agent" };
const VIEWER: Principal = { type: "token", id: "tok_3", name: "Screen", role: "viewer" };

async function open() {
  const ports = fakePorts();
  const { store } = await openTestStore({ ports });
  const contacts = createContacts({ store, ports });
  const notes = createContactNotes({ store, ports });
  return { store, contacts, notes, [Symbol.dispose]: () => store[Symbol.dispose]() };
}

Deno.test("contacts.create() makes somebody whose addresses lead to them", async () => {
  using world = await open();
  const { store, contacts } = world;

  const made = valueOf(
    await contacts.create(AGENT, { emails: [" Ada@Posta.Example "], phones: ["+31 (6) 555-01"] }),
  );

  assert.deepEqual([made.emails, made.phones], [["ada@posta.example"], ["+31655501"]]);
  assert.equal(await store.get(keys.identity("email", "ada@posta.example")), made.id);
  assert.equal(await store.get(keys.identity("phone", "+31655501")), made.id);
  assert.ok(made.identities.every(({ verified }) => !verified), "nobody proved them");
});

Deno.test("contacts.create() refuses nobody at all, and who may only read", async () => {
  using world = await open();

  const nobody = await world.contacts.create(AGENT, { name: "  " });
  const viewer = await world.contacts.create(VIEWER, { name: "Ada" });

  assert.equal(nobody.ok || nobody.error.code, "invalid");
  assert.equal(viewer.ok || viewer.error.code, "forbidden");
});

Deno.test("contacts.update() gives nobody another's address, and says whose it is", async () => {
  using world = await open();
  const { store, contacts } = world;
  const ada = valueOf(await contacts.create(AGENT, { name: "Ada", emails: ["ada@x.example"] }));
  const ben = valueOf(await contacts.create(AGENT, { name: "Ben", emails: ["ben@x.example"] }));

  const answer = await contacts.update(AGENT, ben.id, {
    emails: ["new@x.example", "ada@x.example"],
  });

  assert.deepEqual(answer, {
    ok: false,
    error: { code: "conflict", message: "ada@x.example belongs to Ada" },
  });
  assert.equal(await store.get(keys.identity("email", "ada@x.example")), ada.id);
  assert.equal(await store.get(keys.identity("email", "new@x.example")), null, "all or nothing");
});

Deno.test("contacts.update() lets an address go that another contact takes then", async () => {
  using world = await open();
  const { contacts } = world;
  const ada = valueOf(
    await contacts.create(AGENT, { name: "Ada", emails: ["a@x.example", "b@x.example"] }),
  );

  const kept = valueOf(await contacts.update(AGENT, ada.id, { emails: ["b@x.example"] }));
  const other = valueOf(await contacts.create(AGENT, { emails: ["a@x.example"] }));

  assert.deepEqual(kept.identities.map(({ value }) => value), ["b@x.example"]);
  assert.deepEqual(other.emails, ["a@x.example"]);
});

Deno.test("of two who take an address at once one gets it", async () => {
  using world = await open();
  const { store, contacts } = world;
  const [a, b] = await Promise.all(
    ["Ada", "Ben"].map((name) => contacts.create(AGENT, { name, emails: ["one@x.example"] })),
  );

  const made = [a, b].filter((one) => one?.ok === true);
  assert.equal(made.length, 1);
  const [first] = made;
  assert.equal(
    await store.get(keys.identity("email", "one@x.example")),
    first?.ok === true && first.value.id,
  );
});

Deno.test("contacts.update() keeps, sets and takes away words; wrong ones are named", async () => {
  using world = await open();
  const { contacts } = world;
  const { id } = valueOf(await contacts.create(AGENT, { name: "Ada", company: "Navigli" }));

  const set = valueOf(
    await contacts.update(AGENT, id, { locale: "it", timeZone: "Europe/Rome", name: "Ada B" }),
  );
  const gone = valueOf(await contacts.update(AGENT, id, { company: null, locale: "" }));
  const wrong = await contacts.update(AGENT, id, {
    locale: "not a language",
    timeZone: "Moon/Sea",
    emails: ["x"],
    phones: ["abc"],
  });
  const owner = await contacts.update(AGENT, id, { ownerId: "usr_none" });

  assert.deepEqual([set.company, set.locale, set.isNamedByTeam], ["Navigli", "it", true]);
  assert.deepEqual([gone.company, gone.locale, gone.timeZone], [
    undefined,
    undefined,
    "Europe/Rome",
  ]);
  assert.deepEqual(
    !wrong.ok && wrong.error.code === "invalid" && wrong.error.errors.map(({ path }) => path),
    ["emails.0", "phones.0", "locale", "timeZone"],
  );
  assert.equal(
    !owner.ok && owner.error.code === "invalid" && owner.error.errors[0]?.path,
    "ownerId",
  );
});

Deno.test("notes are newest first, counted on their contact, and another's are left alone", async () => {
  using world = await open();
  const { contacts, notes } = world;
  const { id } = valueOf(await contacts.create(AGENT, { name: "Ada" }));
  const first = valueOf(await notes.add(ROOT, id, { text: " Rides a Corsa\r\n" }));
  const second = valueOf(await notes.add(ROOT, id, { text: "Calls on Mondays" }));

  const page = valueOf(await notes.list(VIEWER, id, { limit: 1 }));
  const rest = valueOf(await notes.list(VIEWER, id, { cursor: page.next ?? "" }));
  const foreign = await notes.update(AGENT, id, first.id, { text: "Mine now" });
  const viewer = await notes.add(VIEWER, id, { text: "x" });
  const removed = await notes.remove(ROOT, id, second.id);

  assert.deepEqual(page.items.map(({ id }) => id), [second.id]);
  assert.deepEqual(rest.items.map(({ text }) => text), ["Rides a Corsa"]);
  assert.equal(foreign.ok || foreign.error.code, "forbidden");
  assert.equal(viewer.ok || viewer.error.code, "forbidden");
  assert.ok(removed.ok);
  assert.equal(valueOf(await contacts.get(ROOT, id)).noteCount, 1);
});

Deno.test("notes end: by size, by number, and where there is no contact", async () => {
  using world = await open();
  const { store, contacts, notes } = world;
  const contact = valueOf(await contacts.create(AGENT, { name: "Ada" }));

  const long = await notes.add(AGENT, contact.id, { text: "é".repeat(5_121) });
  const empty = await notes.add(AGENT, contact.id, { text: " \n" });
  const nobody = await notes.add(AGENT, "con_none", { text: "x" });
  await transact(store, (tx) => {
    tx.set(keys.contact(contact.id), { ...contact, noteCount: MAX_NOTES });
    return Promise.resolve();
  });
  const many = await notes.add(AGENT, contact.id, { text: "one more" });

  assert.deepEqual(
    [long, empty, nobody, many].map((one) => one.ok || one.error.code),
    ["invalid", "invalid", "not_found", "conflict"],
  );
});
