import assert from "node:assert/strict";
import { email } from "../../adapters/email/mod.ts";
import { form } from "../../adapters/form/mod.ts";
import type { Principal, StartInput } from "../mod.ts";
import { keys, transact } from "../store/mod.ts";
import { openTestInbox } from "../../tests/fakes/test_inbox.ts";

const ROOT: Principal = { type: "token", id: "tok_root", name: "Root", role: "owner" };
const DAY_MS = 24 * 60 * 60 * 1_000;

async function openWorld() {
  const inbox = await openTestInbox({ adapters: [email, form] });
  const made = await inbox.core.channels.create(ROOT, {
    type: "email",
    inboxId: inbox.inboxId,
    name: "Support",
    config: {
      address: "support@veloce.example",
      inbound: { kind: "push", provider: "raw", secret: "push-secret" },
      outbound: { kind: "smtp", host: "127.0.0.1", port: 25, security: "none" },
    },
  });
  assert.ok(made.ok);
  const mailId = made.value.id;
  const start = (input: Partial<StartInput>, principal: Principal = inbox.agent) =>
    inbox.core.messages.start(principal, {
      channelId: mailId,
      text: "Hello",
      ...input,
    });
  return { inbox, mailId, start, [Symbol.asyncDispose]: () => inbox[Symbol.asyncDispose]() };
}

Deno.test("startConversation() makes contact, conversation and letter in one go, which is its author's", async () => {
  await using world = await openWorld();
  const { inbox, start } = world;

  const started = await start({ to: ["Leo@x.example", "mia@x.example"], subject: " Your bike " });

  assert.ok(started.ok, JSON.stringify(started));
  const { message, conversation } = started.value;
  assert.deepEqual(conversation, await inbox.conversation(conversation.id));
  assert.deepEqual(
    [conversation.subject, conversation.assigneeId, conversation.status, conversation.waitingSince],
    ["Your bike", inbox.agent.user.id, "open", null],
  );
  const contact = await inbox.store.get(keys.contact(conversation.contactId));
  assert.deepEqual(contact?.emails, ["leo@x.example"]);
  assert.deepEqual(message.email?.to.map(({ address }) => address), [
    "Leo@x.example",
    "mia@x.example",
  ]);
  assert.equal(message.status, "queued");

  const again = await start({ contactId: contact?.id, subject: "And now" });
  assert.ok(again.ok);
  assert.notEqual(again.value.conversation.id, conversation.id);
  assert.equal(again.value.conversation.contactId, contact?.id);
  assert.deepEqual(again.value.message.email?.to.map(({ address }) => address), ["leo@x.example"]);
});

Deno.test("startConversation() of twenty at once to one new address makes one contact", async () => {
  await using world = await openWorld();

  const all = await Promise.all(
    Array.from({ length: 20 }, () => world.start({ to: ["leo@x.example"] })),
  );

  const ids = all.map((one) => one.ok ? one.value.conversation.contactId : "");
  assert.equal(new Set(ids).size, 1);
  assert.ok(!ids.includes(""));
});

Deno.test("startConversation() of twenty at once under one key begins one conversation", async () => {
  await using world = await openWorld();
  const { inbox } = world;
  const once = { idempotency: { scope: "start", key: "k", bodyHash: "h" } };
  const input = { channelId: world.mailId, to: ["leo@x.example"], text: "Hello" };

  const all = await Promise.all(
    Array.from({ length: 20 }, () => inbox.core.messages.start(inbox.agent, input, once)),
  );

  assert.equal(new Set(all.map((one) => one.ok && one.value.message.id)).size, 1);
  const conversations = await Array.fromAsync(inbox.store.list(keys.conversations()));
  assert.equal(conversations.length, 1);
  assert.equal((await inbox.thread(conversations[0]!.value.id)).length, 1);
});

Deno.test("startConversation() says in words whom it does not write to", async () => {
  await using world = await openWorld();
  const { inbox, mailId, start } = world;
  const { conversationId } = await inbox.write("Hi", { from: "ana@x.example" });
  const { contactId } = await inbox.conversation(conversationId);
  const table: readonly (readonly [Partial<StartInput>, string, RegExp])[] = [
    [{}, "to", /names nobody/],
    [{ to: [] }, "to", /names nobody/],
    [{ to: ["not an address"] }, "to", /not a mail address/],
    [{ to: ["leo@x.example"], text: " " }, "text", /empty/],
    [{ to: ["SUPPORT@veloce.example"] }, "to", /mailbox of yours/],
    [{ to: ["leo@x.example"], cc: ["support@veloce.example"] }, "cc", /mailbox of yours/],
    [{ contactId: "con_none" }, "contactId", /no contact/],
    [{ contactId, to: ["leo@x.example"] }, "to", /not this contact's/],
    [{ to: ["leo@x.example"], subject: "x".repeat(201) }, "subject", /200/],
    [{ to: ["leo@x.example"], sendAt: 1 }, "sendAt", /future/],
    [{ channelId: inbox.channelId, to: ["leo@x.example"] }, "to", /e-mail channels/],
    [{ channelId: inbox.channelId }, "contactId", /needed/],
  ];
  for (const [input, path, words] of table) {
    const started = await start(input);
    assert.ok(!started.ok && started.error.code === "invalid", JSON.stringify([input, started]));
    const [error] = started.error.errors;
    assert.equal(error?.path.split(".")[0], path);
    assert.match(error?.message ?? "", words);
  }

  await inbox.core.contacts.update(ROOT, contactId, { blocked: true });
  const blocked = await start({ to: ["ana@x.example"] });
  assert.ok(!blocked.ok && blocked.error.code === "invalid");
  assert.match(blocked.error.errors[0]?.message ?? "", /blocked/);
  const byChat = await start({ channelId: inbox.channelId, contactId });
  assert.ok(!byChat.ok && byChat.error.code === "invalid");
  assert.match(byChat.error.errors[0]?.message ?? "", /blocked/);
  await inbox.core.contacts.update(ROOT, contactId, { blocked: false });
  const contact = await inbox.store.get(keys.contact(contactId));
  assert.ok(contact);
  const put = async (more: Partial<typeof contact>) => {
    await transact(inbox.store, (tx) => {
      tx.set(keys.contact(contactId), { ...contact, ...more });
      return Promise.resolve();
    });
  };
  await put({ badEmails: [{ address: "ana@x.example", reason: "550 unknown", at: 1 }] });
  const bounced = await start({ to: ["ana@x.example"] });
  assert.ok(!bounced.ok && bounced.error.code === "invalid");
  assert.match(bounced.error.errors[0]?.message ?? "", /came back \(550 unknown\)/);
  await put({ consents: [{ channelId: mailId, outAt: 1, inAt: null }] });
  const out = await start({ to: ["ana@x.example"] });
  assert.ok(!out.ok && out.error.code === "opted_out");

  const conversations = await Array.fromAsync(inbox.store.list(keys.conversations()));
  assert.equal(conversations.length, 1, "nothing was begun");
});

Deno.test("startConversation() goes on where a channel has one thread with each, and opens it", async () => {
  await using world = await openWorld();
  const { inbox, start } = world;
  const { conversationId } = await inbox.write("Hi", { from: "ana@x.example" });
  const { contactId } = await inbox.conversation(conversationId);
  await inbox.core.conversations.update(inbox.agent, conversationId, { status: "closed" });

  const started = await start({ channelId: inbox.channelId, contactId, undoSeconds: 0 });

  assert.ok(started.ok, JSON.stringify(started));
  assert.equal(started.value.conversation.id, conversationId);
  const row = await inbox.conversation(conversationId);
  assert.deepEqual([row.status, row.assigneeId], ["open", inbox.agent.user.id]);
  await inbox.runJobs();
  assert.deepEqual(inbox.sent.map(({ text }) => text), ["Hello"]);

  const other = await inbox.core.inboxes.create(ROOT, { name: "Other", memberIds: [] });
  assert.ok(other.ok);
  const forms = await inbox.core.channels.create(ROOT, {
    type: "form",
    inboxId: inbox.inboxId,
    name: "Form",
    config: {},
  });
  assert.ok(forms.ok, JSON.stringify(forms));
  const byForm = await start({ channelId: forms.value.id, contactId });
  assert.ok(!byForm.ok && byForm.error.code === "unsupported");
  await inbox.core.channels.update(ROOT, inbox.channelId, { inboxId: other.value.id });
  const foreign = await start({ channelId: inbox.channelId, contactId });
  assert.ok(!foreign.ok && foreign.error.code === "not_found");
});

Deno.test("a conversation whose only message is taken back is in the trash; a scheduled one answers nobody yet", async () => {
  await using world = await openWorld();
  const { inbox, start } = world;
  const { core, agent } = inbox;
  const started = await start({ to: ["leo@x.example"], undoSeconds: 10 });
  assert.ok(started.ok);
  const { message, conversation } = started.value;

  assert.ok((await core.messages.cancel(agent, message.id)).ok);

  assert.equal((await inbox.conversation(conversation.id)).status, "trash");
  const later = await start({
    to: ["leo@x.example"],
    sendAt: inbox.ports.clock.now() + DAY_MS,
  });
  assert.ok(later.ok);
  assert.equal(later.value.message.status, "scheduled");
  assert.equal(later.value.conversation.contactId, conversation.contactId);
});
