import assert from "node:assert/strict";
import { valueOf } from "../../tests/fakes/access.ts";
import { pageDelivery, pageMessage } from "../../tests/fakes/paged_adapter.ts";
import { openPagedWorld, type PagedWorld, ROOT } from "../../tests/fakes/paged_world.ts";
import { instantReply } from "../channel/mod.ts";
import { transact } from "../store/mod.ts";
import { AUTO_REPLY_JOB } from "./mod.ts";

type About = Parameters<typeof pageMessage>[1];

async function write(world: PagedWorld, id: string, about?: About): Promise<void> {
  const delivery = await pageDelivery({ "page-1": [pageMessage(id, about)] });
  assert.equal((await world.fetch({ method: "POST", ...delivery })).status, 200);
  await world.inbox.runJobs();
}

/** What customers of page-1 were sent. */
async function greetings(world: PagedWorld) {
  const messages = await world.messages(world.channelIds[0]);
  return messages.filter(({ author }) => author.type === "bot");
}

async function configure(world: PagedWorld, config: Record<string, unknown>): Promise<void> {
  valueOf(await world.inbox.core.channels.update(ROOT, world.channelIds[0], { config }));
}

Deno.test("a channel that was just connected greets whoever begins a conversation, once, and keeps them waiting", async () => {
  await using world = await openPagedWorld();

  await write(world, "m1");
  await write(world, "m1");
  await write(world, "m2");

  const [greeting, ...more] = await greetings(world);
  assert.deepEqual(more, []);
  assert.equal(greeting?.status, "sent");
  assert.match(greeting?.text ?? "", /^Hello, and thank you/);
  const conversation = await world.inbox.conversation(greeting?.conversationId ?? "");
  assert.notEqual(conversation.waitingSince, null);
  assert.equal(conversation.preview, "Hello", "the list shows the customer's words");

  valueOf(
    await world.inbox.core.conversations.update(ROOT, conversation.id, { status: "closed" }),
  );
  await write(world, "m3");
  assert.equal((await greetings(world)).length, 1, "the same conversation goes on");
  await write(world, "m4", { from: "201" });
  assert.equal((await greetings(world)).length, 2);
});

Deno.test("the greeting is that of the channel's settings, and none where it is off or empty", async () => {
  await using world = await openPagedWorld();

  await configure(world, { instantReply: "Grüezi!" });
  await write(world, "m1");
  await configure(world, { isInstantReplyOn: false });
  await write(world, "m2", { from: "201" });
  await configure(world, { isInstantReplyOn: true, instantReply: "" });
  await write(world, "m3", { from: "202" });

  assert.deepEqual((await greetings(world)).map(({ text }) => text), ["Grüezi!"]);
});

Deno.test("who comes by a direct link is greeted with its text, also where the usual one is off", async () => {
  await using world = await openPagedWorld();
  const instantReplies = [
    { ref: "sale", text: "About our sale." },
    { ref: "repair", text: "About your bike." },
  ];
  await configure(world, { instantReply: "Hi.", instantReplies });

  await write(world, "m1", { referral: "repair" });
  await write(world, "m2", { from: "201", referral: "unknown" });
  await configure(world, { isInstantReplyOn: false });
  await write(world, "m3", { from: "202", referral: "sale" });
  await write(world, "m4", { from: "203", referral: "unknown" });

  assert.deepEqual((await greetings(world)).map(({ text }) => text), [
    "About your bike.",
    "Hi.",
    "About our sale.",
  ]);
  const { directLinks } = valueOf(await world.inbox.core.channels.get(ROOT, world.channelIds[0]));
  assert.deepEqual(directLinks, [
    { ref: null, url: "https://pages.example/page-1" },
    { ref: "sale", url: "https://pages.example/page-1?ref=sale" },
    { ref: "repair", url: "https://pages.example/page-1?ref=repair" },
  ]);
});

Deno.test("nobody is greeted behind an answer, nor where another app answers", async () => {
  await using world = await openPagedWorld();

  await write(world, "m1", { from: "201", isAnsweredElsewhere: true });
  assert.deepEqual(await greetings(world), []);

  await configure(world, { isInstantReplyOn: false });
  await write(world, "m2");
  const messages = await world.messages(world.channelIds[0]);
  const { conversationId = "", seq = 0, id = "" } =
    messages.find(({ externalId }) => externalId === "m2") ?? {};
  const plan = () =>
    transact(world.inbox.store, (tx) => {
      const payload = { conversationId, seq, messageId: id, occasion: "begun" };
      tx.job({ kind: AUTO_REPLY_JOB, payload, dueAt: tx.now });
      return Promise.resolve();
    });
  await world.inbox.reply(conversationId, "I am here.");
  await configure(world, { isInstantReplyOn: true });
  await plan();
  await world.inbox.runJobs();
  assert.deepEqual(await greetings(world), []);
});

Deno.test("nobody is greeted whom somebody wrote to elsewhere first", async () => {
  await using world = await openPagedWorld();
  const { core, ports } = world.inbox;

  await core.inbound.ingest(world.channelIds[0], {
    type: "message",
    externalId: "out-1",
    occurredAt: ports.clock.now(),
    direction: "echo_other",
    sender: { identities: [{ kind: "psid", value: "200", verified: true }] },
    hints: [{ by: "thread", threadKey: "200", how: "test" }],
    parts: [{ kind: "text", text: "Your bicycle is ready" }],
  });
  await world.inbox.runJobs();

  assert.equal((await world.messages(world.channelIds[0])).length, 1);
  assert.deepEqual(await greetings(world), []);
});

Deno.test("instantReply() answers nothing but the beginning of a conversation", () => {
  const config = { isInstantReplyOn: true, instantReply: "Hi." };

  assert.equal(instantReply(config, "begun", 0, { referral: null }), "Hi.");
  assert.equal(instantReply(config, "too_large", 0, { referral: null }), null);
  assert.equal(instantReply({}, "begun", 0, { referral: null }), null);
});
