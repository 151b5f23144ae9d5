import assert from "node:assert/strict";
import { openMessengerWorld } from "./messenger_world.ts";

function shown(
  messages: readonly { author: { type: string; name: string }; text: string; status: string }[],
) {
  return messages.map(({ author, text, status }) => [author.type, text, status].join(" | "));
}

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

Deno.test("a tapped quick reply and a button are the customer's words", async () => {
  await using world = await openMessengerWorld();
  const ana = world.page.addPerson({ firstName: "Ana" });

  ana.taps("Get started", "GET_STARTED");
  ana.writes("Yes", { quickReply: "YES" });
  await world.deliver({ times: 2 });

  assert.deepEqual((await world.thread()).map(({ text }) => text), ["Get started", "Yes"]);
});
