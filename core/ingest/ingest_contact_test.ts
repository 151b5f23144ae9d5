import assert from "node:assert/strict";
import fc from "fast-check";
import type { InboundEvent } from "../channel/mod.ts";
import { openTestInbox, type TestInbox } from "../../tests/fakes/test_inbox.ts";
import type { Contact } from "../model/contact.ts";
import { keys } from "../store/mod.ts";

const ANA = { kind: "psid", value: "ana", verified: true } as const;
const NEW = { kind: "psid", value: "ana-2", verified: true } as const;

let count = 0;
const envelope = () => ({ externalId: `event-${++count}` });

async function take(inbox: TestInbox, event: InboundEvent) {
  const result = await inbox.core.inbound.ingest(inbox.channelId, event);
  assert.ok(result);
  return result;
}

async function holderOf(inbox: TestInbox, value: string): Promise<Contact> {
  const id = await inbox.store.get(keys.identity("psid", value));
  const contact = id === null ? null : await inbox.store.get(keys.contact(id));
  assert.ok(contact, value);
  return contact;
}

function writeAs(inbox: TestInbox, value: string, name?: string) {
  const sender = { identities: [{ ...ANA, value }], ...name === undefined ? {} : { name } };
  return inbox.write("Hi", { event: { sender } });
}

Deno.test("opt_out holds replies before any provider is asked, and opt_in lets them go again", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await writeAs(inbox, "ana");
  const now = inbox.ports.clock.now();
  const post = () =>
    inbox.core.messages.post(inbox.agent, conversationId, { kind: "reply", text: "Hello" });
  const waiting = await inbox.reply(conversationId, "Queued", { undoSeconds: 10 });

  await take(inbox, { type: "opt_out", ...envelope(), occurredAt: now, identities: [ANA] });
  inbox.ports.clock.advance(10_000);
  await inbox.runJobs();
  const refused = await post();

  assert.equal(!refused.ok && refused.error.code, "opted_out");
  const queued = await inbox.core.messages.get(inbox.agent, waiting.id);
  assert.deepEqual(queued.ok && [queued.value.status, queued.value.error?.code], [
    "failed",
    "opted_out",
  ]);
  assert.equal(inbox.sent.length, 0);

  await take(inbox, { type: "opt_in", ...envelope(), occurredAt: now + 1, identities: [ANA] });
  const posted = await post();
  await inbox.runJobs();

  assert.ok(posted.ok);
  assert.equal(inbox.sent.length, 1);
});

Deno.test("an opt_out of somebody who never wrote is remembered", async () => {
  await using inbox = await openTestInbox();
  await take(inbox, { type: "opt_out", ...envelope(), occurredAt: 5, identities: [ANA] });

  const { conversationId } = await writeAs(inbox, "ana");
  const posted = await inbox.core.messages.post(inbox.agent, conversationId, {
    kind: "reply",
    text: "Hello",
  });

  assert.equal(!posted.ok && posted.error.code, "opted_out");
});

Deno.test("an opt_out counts for its channel only", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await writeAs(inbox, "ana");
  const root = { type: "token", id: "tok_root", name: "Root", role: "owner" } as const;
  const other = await inbox.core.channels.create(root, {
    type: "scripted",
    inboxId: inbox.inboxId,
    name: "Other",
    config: {},
  });
  assert.ok(other.ok);
  await inbox.core.inbound.ingest(other.value.id, {
    type: "opt_out",
    ...envelope(),
    occurredAt: 5,
    identities: [ANA],
  });

  const posted = await inbox.core.messages.post(inbox.agent, conversationId, {
    kind: "reply",
    text: "Hello",
  });

  assert.ok(posted.ok);
});

Deno.test("contact_updated brings a name and leaves the team's alone", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await writeAs(inbox, "ana", "ana_98");
  const updated = (name: string, occurredAt: number) =>
    take(inbox, {
      type: "contact_updated",
      ...envelope(),
      occurredAt,
      identities: [ANA],
      name,
    });

  await updated("Ana Lima", 10);
  await inbox.runJobs();

  assert.equal((await inbox.conversation(conversationId)).contactName, "Ana Lima");

  const { id } = await holderOf(inbox, "ana");
  await inbox.core.contacts.update(inbox.agent, id, { name: "Ana, the plumber" });
  await updated("Ana L.", 20);

  assert.equal((await holderOf(inbox, "ana")).name, "Ana, the plumber");

  await inbox.core.contacts.update(inbox.agent, id, { name: "" });
  await updated("Ana L.", 30);

  assert.equal((await holderOf(inbox, "ana")).name, "Ana L.");
});

Deno.test("news of a customer leave the same in whatever order they come, and twice", async () => {
  const news: readonly InboundEvent[] = [
    { type: "contact_updated", externalId: "n1", occurredAt: 1, identities: [ANA], name: "Old" },
    { type: "contact_updated", externalId: "n2", occurredAt: 9, identities: [ANA], name: "Latest" },
    {
      type: "contact_updated",
      externalId: "n3",
      occurredAt: 9,
      identities: [ANA],
      name: "Also latest",
    },
    { type: "opt_out", externalId: "n4", occurredAt: 3, identities: [ANA] },
    { type: "opt_in", externalId: "n5", occurredAt: 4, identities: [ANA] },
    { type: "opt_out", externalId: "n6", occurredAt: 5, identities: [NEW] },
    { type: "identities_changed", externalId: "n7", occurredAt: 2, from: ANA, to: NEW },
  ];
  async function stateAfter(order: readonly number[]): Promise<unknown> {
    await using inbox = await openTestInbox();
    // They are known already: who they are is not what is asked here.
    await take(inbox, {
      type: "identities_changed",
      externalId: "first",
      occurredAt: 0,
      from: ANA,
      to: NEW,
    });
    for (const index of order) {
      const one = news[index];
      if (one) await take(inbox, one);
    }
    const { name, identities, consents } = await holderOf(inbox, "ana");
    return { name, identities, consents };
  }
  const all = news.map((_, index) => index);
  const expected = await stateAfter(all);

  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray([...all, ...all], { minLength: 2 * all.length }),
      async (order) => assert.deepEqual(await stateAfter(order), expected),
    ),
    { numRuns: 8 },
  );
});

Deno.test("identities_changed leads both to the same contact, and replies to the new one", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await writeAs(inbox, "ana", "Ana");

  await take(inbox, {
    type: "identities_changed",
    ...envelope(),
    occurredAt: 5,
    from: ANA,
    to: NEW,
  });
  await writeAs(inbox, "ana-2");
  await inbox.reply(conversationId, "Hello");
  await inbox.runJobs();

  assert.equal((await holderOf(inbox, "ana")).id, (await holderOf(inbox, "ana-2")).id);
  assert.deepEqual(inbox.sent[0]?.recipient.identities.map(({ value }) => value), [
    "ana-2",
    "ana",
  ]);
});

Deno.test("identities_changed to somebody else merges nobody, and the thread says so once", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await writeAs(inbox, "ana", "Ana");
  await writeAs(inbox, "ana-2", "Bea");
  const event = {
    type: "identities_changed",
    ...envelope(),
    occurredAt: 5,
    from: ANA,
    to: NEW,
  } as const;

  const first = await take(inbox, event);
  const second = await take(inbox, event);

  assert.deepEqual([first.kind, second.kind], ["stored", "duplicate"]);
  assert.notEqual((await holderOf(inbox, "ana")).id, (await holderOf(inbox, "ana-2")).id);
  const lines = (await inbox.thread(conversationId)).filter(({ kind }) => kind === "event");
  assert.deepEqual(lines.map(({ event }) => event), [
    { type: "identity_conflict", from: "ana", to: "ana-2" },
  ]);
});

Deno.test("two deliveries at once of the same news make one contact", async () => {
  await using inbox = await openTestInbox();

  await Promise.all(
    Array.from({ length: 20 }, (_, i) =>
      take(inbox, {
        type: i % 2 ? "opt_out" : "opt_in",
        externalId: `race-${i}`,
        occurredAt: i,
        identities: [ANA],
      })),
  );

  const { consents } = await holderOf(inbox, "ana");
  assert.deepEqual(consents, [{ channelId: inbox.channelId, outAt: 19, inAt: 18 }]);
});

Deno.test("identities_changed without end keeps the contact, and the latest identity first", async () => {
  await using inbox = await openTestInbox();
  await writeAs(inbox, "ana");
  const nameOf = (i: number) => i === 0 ? "ana" : `${"n".repeat(900)}${i}`;

  for (let i = 1; i <= 100; i++) {
    const [from, to] = [nameOf(i - 1), nameOf(i)].map((value) => ({ ...ANA, value }));
    assert.ok(from && to);
    await take(inbox, { type: "identities_changed", ...envelope(), occurredAt: i, from, to });
  }

  const contact = await holderOf(inbox, nameOf(100));
  assert.equal(contact.identities[0]?.value, nameOf(100));
  assert.equal((await holderOf(inbox, "ana")).id, contact.id);
  assert.equal((await holderOf(inbox, nameOf(99))).id, contact.id);
});
