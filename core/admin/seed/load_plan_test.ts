import assert from "node:assert/strict";
import { adapters } from "../../../adapters/mod.ts";
import { fakePorts } from "../../../tests/fakes/ports.ts";
import { openTestStore } from "../../../tests/fakes/store.ts";
import { createCore, type Principal, readConfig } from "../../mod.ts";
import { Contact } from "../../model/contact.ts";
import { Conversation, isLive } from "../../model/conversation.ts";
import { Message } from "../../model/message.ts";
import { keys, type Store } from "../../store/mod.ts";
import { loadPlan } from "./load_plan.ts";
import { makePlan } from "./make_plan.ts";
import { markAsDemo } from "./mark_as_demo.ts";
import { seedWorkspace } from "./seed_workspace.ts";

const SEED = 11;
const SMTP = { host: "127.0.0.1", port: 9 };
const ROOT: Principal = { type: "token", id: "tok_root", name: "Root", role: "owner" };

Deno.test("loadPlan() writes what the models say, with every order and reference right", async () => {
  await using seeded = await openSeeded(120);
  const { store, loaded } = seeded;
  const conversations = await valuesOf(store, keys.conversations());

  assert.equal(conversations.length, 120);
  assert.deepEqual(
    new Set(conversations.map(({ id }) => id)),
    new Set(loaded.conversationIds),
  );
  let messages = 0;
  for (const conversation of conversations) {
    assert.ok(Conversation.safeParse(conversation).success);
    const live = await store.get(keys.liveConversation(conversation.id));
    assert.deepEqual(live, isLive(conversation.status) ? conversation : null);
    if (!isLive(conversation.status)) {
      const { status, inboxId, statusAt, id } = conversation;
      assert.equal(await store.get(keys.done(status, inboxId, statusAt, id)), true);
    }
    const thread = await valuesOf(store, keys.messages(conversation.id));
    messages += thread.length;
    assert.deepEqual(thread.map(({ seq }) => seq), thread.map((_, i) => i + 1));
    assert.equal(thread.length, conversation.lastSeq);
    for (const message of thread) {
      const parsed = Message.safeParse(message);
      assert.ok(parsed.success, JSON.stringify(parsed.error));
      assert.equal((await store.get(keys.messageRef(message.id)))?.seq, message.seq);
      if (message.externalId === undefined) continue;
      const known = await store.get(keys.dedupe(conversation.channelId, message.externalId));
      assert.ok(known !== null && "messageId" in known);
      assert.equal(known.messageId, message.id);
    }
    const contact = await store.get(keys.contact(conversation.contactId));
    assert.ok(Contact.safeParse(contact).success);
    const { contactId, createdAt, id } = conversation;
    assert.equal(await store.get(keys.conversationOfContact(contactId, createdAt, id)), true);
  }
  assert.equal(messages, loaded.messages);
});

Deno.test("what loadPlan() wrote goes on like anything else: a customer answers, files open, sleepers wake", async () => {
  await using seeded = await openSeeded(120);
  const { core, store, ports, workspace } = seeded;
  await core.start();
  const conversations = await valuesOf(store, keys.conversations());
  const mail = conversations.find(({ channelId, status }) =>
    channelId === workspace.channelIds.support && status === "closed"
  );
  assert.ok(mail);
  const thread = await valuesOf(store, keys.messages(mail.id));
  const reply = thread.findLast(({ kind, status }) => kind === "reply" && status === "sent");
  assert.ok(reply?.externalId);

  const answered = await core.inbound.ingest(mail.channelId, {
    type: "message",
    externalId: "answer@mail.example",
    occurredAt: ports.clock.now(),
    direction: "in",
    sender: { identities: [{ kind: "email", value: "x@mail.example", verified: true }] },
    hints: [{ by: "message", externalId: reply.externalId, how: "In-Reply-To" }],
    parts: [{ kind: "text", text: "One more question" }],
  });
  assert.ok(answered?.kind === "stored");
  assert.equal(answered.conversationId, mail.id);
  assert.equal((await store.get(keys.conversation(mail.id)))?.status, "open");

  const everything = (await Promise.all(
    conversations.map(({ id }) => valuesOf(store, keys.messages(id))),
  )).flat();
  const [file] = everything.flatMap(({ attachments }) => attachments)
    .filter(({ type }) => type === "image/png");
  assert.ok(file);
  const opened = await core.attachments.open(ROOT, file.id);
  assert.ok(opened.ok);
  const bytes = new Uint8Array(await new Response(opened.value.stream()).arrayBuffer());
  assert.equal(bytes.length, file.size);
  assert.deepEqual([...bytes.slice(1, 4)], [..."PNG"].map((letter) => letter.charCodeAt(0)));

  const asleep = conversations.find(({ status }) => status === "snoozed");
  assert.ok(asleep?.snoozedUntil);
  ports.clock.set(asleep.snoozedUntil + 1);
  while (await core.jobs.drain(100) > 0);
  assert.equal((await store.get(keys.conversation(asleep.id)))?.status, "open");
});

Deno.test("seedWorkspace() refuses a database that is set up, and lets each member see their inboxes", async () => {
  await using seeded = await openSeeded(30);
  const { core, workspace } = seeded;

  await assert.rejects(seedWorkspace(core, { smtp: SMTP }), /set up already/);

  const luca = workspace.members.get("luca");
  assert.ok(luca);
  const { workshop, rentals } = workspace.inboxIds;
  const link = await core.access.createSignInLink(ROOT, luca.id);
  assert.ok(link.ok);
  const signedIn = await core.access.signInByLink(link.value.split("/").at(-1) ?? "", "test");
  assert.ok(signedIn.ok && signedIn.value.principal.type === "user");
  assert.deepEqual(signedIn.value.principal.inboxIds, new Set([workshop, rentals]));
  const [snippets, macros] = await Promise.all([
    core.snippets.list(signedIn.value.principal),
    core.macros.list(signedIn.value.principal),
  ]);
  assert.ok(snippets.ok && macros.ok && snippets.value.length > 0 && macros.value.length > 0);
});

Deno.test("markAsDemo() turns the shop page on, which is off everywhere else", async () => {
  await using seeded = await openSeeded(1);
  const { core, store, workspace } = seeded;
  assert.equal((await core.access.workspace()).demoChannelId, null);

  await markAsDemo(store, { demoChannelId: workspace.channelIds.chat });

  assert.equal((await core.access.workspace()).demoChannelId, workspace.channelIds.chat);
});

async function openSeeded(conversations: number) {
  const ports = fakePorts();
  const { store } = await openTestStore({ ports });
  const config = readConfig({ PARLEY_KV: ":memory:", PARLEY_ALLOW_PRIVATE_HOSTS: "1" });
  if (!config.ok) throw new Error(config.error.message);
  const core = createCore({ store, ports, config: config.value, adapters });
  const workspace = await seedWorkspace(core, { smtp: SMTP });
  const now = ports.clock.now();
  const plan = makePlan({ seed: SEED, now, conversations, mix: "believable" });
  const loaded = await loadPlan(store, workspace, plan, SEED);
  return {
    ports,
    store,
    core,
    workspace,
    loaded,
    [Symbol.asyncDispose]: () => core.stop(),
  };
}

async function valuesOf<T>(store: Store, range: Parameters<typeof store.list<T>>[0]): Promise<T[]> {
  return (await Array.fromAsync(store.list(range))).map(({ value }) => value);
}
