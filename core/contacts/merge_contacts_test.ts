import assert from "node:assert/strict";
import type { Principal } from "../access/mod.ts";
import { keys, transact } from "../store/mod.ts";
import { valueOf } from "../../tests/fakes/access.ts";
import { openTestInbox, type TestInbox } from "../../tests/fakes/test_inbox.ts";
import { ambiguousKind, mergedContact } from "./merged_contact.ts";
import type { Contact } from "../model/contact.ts";

const ROOT: Principal = { type: "token", id: "tok_1", name: "Root", role: "owner" };
const VIEWER: Principal = { type: "token", id: "tok_2", name: "Screen", role: "viewer" };

const NOBODY: Contact = {
  id: "con_1",
  name: "",
  emails: [],
  phones: [],
  identities: [],
  blocked: false,
  createdAt: 5,
  updatedAt: 5,
};

/** Somebody who wrote, with their conversation. */
async function writer(inbox: TestInbox, from: string) {
  const { conversationId } = await inbox.write("Hello", { from });
  const { contactId } = await inbox.conversation(conversationId);
  return { conversationId, contactId };
}

/** Those an agent made, with an address each. */
async function made({ core }: TestInbox, name: string) {
  const email = `${name.toLowerCase()}@x.example`;
  return valueOf(await core.contacts.create(ROOT, { name, emails: [email] }));
}

Deno.test("mergedContact() keeps what one has, fills in the rest, and takes the chosen fields", () => {
  const into: Contact = { ...NOBODY, name: "Ada", isNamedByTeam: true, company: "Navigli" };
  const other: Contact = { ...NOBODY, id: "con_2", name: "A. Berg", company: "VL", locale: "it" };

  const plain = mergedContact(into, other, new Set());
  const chosen = mergedContact(into, other, new Set(["name", "company"]));

  assert.deepEqual([plain.id, plain.name, plain.company, plain.locale, plain.isNamedByTeam], [
    "con_1",
    "Ada",
    "Navigli",
    "it",
    true,
  ]);
  assert.deepEqual([chosen.name, chosen.company, chosen.isNamedByTeam], [
    "A. Berg",
    "VL",
    undefined,
  ]);
});

Deno.test("mergedContact() stays strict: blocked, bad addresses and opting out win on either side", () => {
  const strict: Contact = {
    ...NOBODY,
    blocked: true,
    badEmails: [{ address: "a@x.example", reason: "full", at: 1 }],
    consents: [{ channelId: "chn_1", outAt: 5, inAt: null }],
    createdAt: 3,
  };
  const open: Contact = {
    ...NOBODY,
    consents: [{ channelId: "chn_1", outAt: 2, inAt: 9 }],
    firstAnsweredAt: 7,
  };

  for (const [into, other] of [[strict, open], [open, strict]] as const) {
    const merged = mergedContact(into, other, new Set());
    assert.equal(merged.blocked, true);
    assert.deepEqual(merged.badEmails, strict.badEmails);
    assert.deepEqual(merged.consents, strict.consents);
    assert.deepEqual([merged.createdAt, merged.firstAnsweredAt], [3, 7]);
  }
});

Deno.test("ambiguousKind() names a provider's kind that both have, and no mail address", () => {
  const known = (kind: string, value: string): Contact => ({
    ...NOBODY,
    identities: [{ kind, value, verified: true }],
  });

  assert.equal(ambiguousKind(known("psid", "1"), known("psid", "2")), "psid");
  assert.equal(ambiguousKind(known("psid", "1"), known("igsid", "2")), null);
  assert.equal(ambiguousKind(known("email", "a"), known("email", "b")), null);
});

Deno.test("a merge leads addresses over at once; conversations, notes and reply windows follow", async () => {
  await using inbox = await openTestInbox();
  const { core, store, channelId } = inbox;
  const { contactId, conversationId } = await writer(inbox, "Ada");
  const into = await made(inbox, "Bea");
  valueOf(await core.contactNotes.add(ROOT, contactId, { text: "Rides a Corsa" }));
  await transact(store, (tx) => Promise.resolve(tx.set(keys.heard(channelId, contactId), 77)));
  const before = valueOf(await core.contacts.get(ROOT, contactId));

  const merged = valueOf(await core.contacts.merge(ROOT, contactId, { intoId: into.id }));

  assert.deepEqual(merged.identities.slice(into.identities.length), before.identities);
  for (const one of before.identities) {
    assert.equal(await store.get(keys.identity(one.kind, one.value)), into.id);
  }
  await inbox.runJobs();
  const conversation = await inbox.conversation(conversationId);
  assert.deepEqual([conversation.contactId, conversation.contactName], [into.id, "Bea"]);
  assert.equal(await store.get(keys.heard(channelId, into.id)), 77);
  const notes = valueOf(await core.contactNotes.list(ROOT, into.id));
  assert.deepEqual(notes.items.map(({ text }) => text), ["Rides a Corsa"]);
  assert.equal(valueOf(await core.contacts.get(ROOT, contactId)).id, into.id, "old ids lead on");
  const memory = await store.get(keys.contactMerge(into.id, contactId));
  assert.deepEqual(
    [memory?.other.identities, memory?.into.id],
    [before.identities, into.id],
  );

  inbox.ports.clock.advance(61_000);
  await inbox.runJobs();
  assert.equal(await store.get(keys.contact(contactId)), null);
});

Deno.test("whoever writes while they are merged ends with the one who is left, whichever comes first", async () => {
  for (let round = 0; round < 10; round++) {
    await using inbox = await openTestInbox();
    const { core } = inbox;
    const ada = await writer(inbox, "Ada");
    const into = await made(inbox, "Bea");
    const writing = Array.from({ length: 4 }, (_, n) => inbox.write(`More ${n}`, { from: "Ada" }));
    const [merged, ...written] = await Promise.all([
      core.contacts.merge(ROOT, ada.contactId, { intoId: into.id }),
      ...writing,
    ]);
    assert.ok(merged.ok);

    await inbox.runJobs();

    for (const { conversationId } of [ada, ...written]) {
      assert.equal((await inbox.conversation(conversationId)).contactId, into.id);
    }
    const next = await writer(inbox, "Ada");
    assert.equal(next.contactId, into.id);
  }
});

Deno.test("merged twice is merged once; into itself, into nobody and by a viewer is refused", async () => {
  await using inbox = await openTestInbox();
  const { contacts } = inbox.core;
  const [ada, bea] = [await made(inbox, "Ada"), await made(inbox, "Bea")];
  const merge = async (id: string, intoId: string, who = ROOT) => {
    const answer = await contacts.merge(who, id, { intoId });
    return answer.ok ? answer.value.id : answer.error.code;
  };

  assert.equal(await merge(ada.id, ada.id), "invalid");
  assert.equal(await merge(ada.id, "con_none"), "invalid");
  assert.equal(await merge("con_none", ada.id), "not_found");
  assert.equal(await merge(ada.id, bea.id, VIEWER), "forbidden");
  assert.equal(await merge(ada.id, bea.id), bea.id);
  assert.equal(await merge(ada.id, bea.id), bea.id);
  assert.equal(await merge(bea.id, ada.id), "invalid", "they are one already");
});

Deno.test("of two merged into each other at once one is left, and everything is with them", async () => {
  await using inbox = await openTestInbox();
  const { core, store } = inbox;
  const [ada, bea] = [await made(inbox, "Ada"), await made(inbox, "Bea")];

  const answers = await Promise.all([
    core.contacts.merge(ROOT, ada.id, { intoId: bea.id }),
    core.contacts.merge(ROOT, bea.id, { intoId: ada.id }),
  ]);

  assert.equal(answers.filter(({ ok }) => ok).length, 1);
  const holders = await store.getMany(
    ["ada@x.example", "bea@x.example"].map((email) => keys.identity("email", email)),
  );
  assert.equal(new Set(holders).size, 1);
});

Deno.test("a chain of merges ends with the last, though nothing was moved in between", async () => {
  await using inbox = await openTestInbox();
  const { core, store } = inbox;
  const ada = await writer(inbox, "Ada");
  const [bea, cleo] = [await made(inbox, "Bea"), await made(inbox, "Cleo")];

  valueOf(await core.contacts.merge(ROOT, ada.contactId, { intoId: bea.id }));
  valueOf(await core.contacts.merge(ROOT, bea.id, { intoId: cleo.id }));
  await inbox.runJobs();

  assert.equal((await inbox.conversation(ada.conversationId)).contactId, cleo.id);
  assert.equal(await store.get(keys.identity("email", "bea@x.example")), cleo.id);
  assert.equal(valueOf(await core.contacts.get(ROOT, ada.contactId)).id, cleo.id);
});

Deno.test("two whom a provider both knows are not merged", async () => {
  await using inbox = await openTestInbox();
  const { core, store } = inbox;
  const [ada, bea] = [await made(inbox, "Ada"), await made(inbox, "Bea")];
  await transact(store, (tx) => {
    for (const one of [ada, bea]) {
      const identities = [{ kind: "psid", value: one.id, verified: true }];
      tx.set(keys.contact(one.id), { ...one, identities });
    }
    return Promise.resolve();
  });

  const answer = await core.contacts.merge(ROOT, ada.id, { intoId: bea.id });

  assert.equal(answer.ok || answer.error.code, "conflict");
});
