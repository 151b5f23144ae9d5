import assert from "node:assert/strict";
import { openMessengerWorld, ROOT } from "./messenger_world.ts";

function shown(
  messages: readonly { author: { type: string; name: string }; text: string; status: string }[],
) {
  return messages.map(({ author, text, status }) => [author.type, text, status].join(" | "));
}

Deno.test("a Page is subscribed when it is connected, and its customers get a name", async () => {
  await using world = await openMessengerWorld();
  const { page, inbox } = world;
  const ana = page.addPerson({ firstName: "Ana", lastName: "Moreau" });

  ana.writes("Hello äöü 🚲");
  await world.deliver();

  assert.ok(page.fields?.has("messages") && page.fields.has("standby"));
  const [conversation] = await world.conversations();
  assert.equal(conversation?.contactName, "Ana Moreau");
  assert.deepEqual(shown(await world.thread()), ["contact | Hello äöü 🚲 | received"]);
  assert.equal((await inbox.core.channels.get(ROOT, world.channelId)).ok, true);
});

Deno.test("an agent's answer reaches the customer, is echoed once, delivered and read (row 96)", async () => {
  await using world = await openMessengerWorld();
  const { page, inbox } = world;
  const ana = page.addPerson({ firstName: "Ana" });
  ana.writes("Hello");
  await world.deliver();
  const [conversation] = await world.conversations();
  assert.ok(conversation);

  const reply = await inbox.reply(conversation.id, "We are on it");
  await inbox.runJobs();
  await world.deliver();
  const sent = await world.thread();
  ana.gets();
  await world.deliver();
  const delivered = await world.thread();
  inbox.ports.clock.advance(60_000);
  ana.reads();
  await world.deliver();

  const [, out] = page.messages;
  assert.equal(out?.text, "We are on it");
  assert.equal(out?.metadata, reply.id);
  assert.equal(out?.messagingType, "RESPONSE");
  assert.deepEqual(shown(sent), ["contact | Hello | received", "user | We are on it | sent"]);
  assert.equal(delivered.at(-1)?.status, "delivered");
  assert.deepEqual(shown(await world.thread()), [
    "contact | Hello | received",
    "user | We are on it | read",
  ]);
});

Deno.test("an answer in Meta's own inbox appears, and nobody is waited for any more (row 96)", async () => {
  await using world = await openMessengerWorld();
  const ana = world.page.addPerson({ firstName: "Ana" });
  ana.writes("Hello");
  await world.deliver();

  world.page.answersElsewhere(ana.psid, "Good morning from the shop");
  await world.deliver({ times: 2 });

  const [conversation] = await world.conversations();
  assert.equal(conversation?.waitingSince, null);
  const [, echo, ...more] = await world.thread();
  assert.equal(echo?.text, "Good morning from the shop");
  assert.notEqual(echo?.author.type, "contact");
  assert.equal(more.length, 0);
});

Deno.test("an answer that got lost on its way back counts as sent once its echo comes", async () => {
  await using world = await openMessengerWorld();
  const { graph, inbox, page } = world;
  page.addPerson({ firstName: "Ana" }).writes("Hello");
  await world.deliver();
  const [conversation] = await world.conversations();
  assert.ok(conversation);

  await inbox.reply(conversation.id, "We are on it");
  graph.failNext("lost_answer");
  await inbox.runJobs();
  const doubtful = (await world.thread()).at(-1)?.status;
  await world.deliver();

  assert.equal(doubtful, "ambiguous");
  assert.deepEqual(shown(await world.thread()), [
    "contact | Hello | received",
    "user | We are on it | sent",
  ]);
  assert.equal(page.messages.length, 2);
});

for (
  const [name, options] of [
    ["in order", { batch: 1 }],
    ["in batches", { batch: 100 }],
    ["twice", { batch: 3, times: 2 }],
    ["from the last", { order: "reversed" }],
    ["shuffled and twice", { order: "shuffled", times: 2, batch: 2 }],
  ] as const
) {
  Deno.test(`nothing is lost or doubled when deliveries come ${name}`, async () => {
    await using world = await openMessengerWorld();
    const { page, inbox } = world;
    const ana = page.addPerson({ firstName: "Ana" });
    const ben = page.addPerson({ firstName: "Ben" });
    const { clock } = inbox.ports;
    const mids: string[] = [];
    for (const [person, text] of [[ana, "One"], [ben, "Two"], [ana, "Three"]] as const) {
      clock.advance(1_000);
      mids.push(person.writes(text));
    }
    const [first = "", second = "", third = ""] = mids;
    clock.advance(1_000);
    ana.edits(first, "One, corrected");
    ana.reacts(third, "❤️");
    ben.takesBack(second);
    page.answersElsewhere(ana.psid, "From the shop");

    await world.deliver(options);

    const threads = await Promise.all(
      (await world.conversations()).map(({ id }) => inbox.thread(id)),
    );
    const texts = threads.map((thread) =>
      thread.filter(({ kind }) => kind !== "event").map(({ text }) => text).sort()
    ).sort((a, b) => b.length - a.length);
    assert.deepEqual(texts[0], ["From the shop", "One, corrected", "Three"]);
    assert.equal(texts.length, 2);
    assert.equal(texts[1]?.length, 1);
    assert.notEqual(texts[1]?.[0], "Two");
  });
}

Deno.test("one app serves several Pages; an unknown one is taken and kept", async () => {
  await using world = await openMessengerWorld();
  const second = world.graph.addPage("Veloce Ghent");
  const secondId = await world.connect(second);
  const third = world.graph.addPage("Nobody's");
  third.subscribe();
  world.page.addPerson({ firstName: "Ana" }).writes("To the first");
  second.addPerson({ firstName: "Ben" }).writes("To the second");
  third.addPerson({ firstName: "Cleo" }).writes("To nobody");

  const delivered = await world.deliver({ batch: 10 });

  assert.deepEqual(delivered.map(({ status }) => status), [200]);
  const of = async (id: string) => (await world.conversations(id)).map(({ preview }) => preview);
  assert.deepEqual(await of(world.channelId), ["To the first"]);
  assert.deepEqual(await of(secondId), ["To the second"]);
});

Deno.test("what another signs changes nothing", async () => {
  await using world = await openMessengerWorld();
  world.page.addPerson({ firstName: "Ana" }).writes("Hello");

  const [answer] = await world.deliver({ secret: "another secret" });

  assert.equal(answer?.status, 401);
  assert.equal((await world.conversations()).length, 0);
});

Deno.test("the app's webhook proves itself, and not to a wrong token", async () => {
  await using world = await openMessengerWorld();

  const right = await world.graph.verifyHook(world.hook);
  const wrong = await world.graph.verifyHook(world.hook, "another token");

  assert.deepEqual([right.status, right.text], [200, right.challenge]);
  assert.equal(wrong.status, 403);
  assert.equal(wrong.text.includes(wrong.challenge), false);
});

Deno.test("a tapped quick reply and a button are the customer's words", async () => {
  await using world = await openMessengerWorld();
  const ana = world.page.addPerson({ firstName: "Ana" });

  ana.taps("Get started", "GET_STARTED");
  ana.writes("Yes", { quickReply: "YES" });
  await world.deliver({ times: 2 });

  assert.deepEqual((await world.thread()).map(({ text }) => text), ["Get started", "Yes"]);
});
