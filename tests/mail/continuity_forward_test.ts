/** A chat that is forwarded: its visitor sees nothing of it in the widget, and none of the mails that carry answers on has it. */
import assert from "node:assert/strict";
import { HOUR_MS, LEA, openContinuityWorld } from "../fakes/continuity_world.ts";

const BOB = "bob@supplier.example";

Deno.test("a forwarded chat stays between its visitor and the team, in the widget and by mail", async () => {
  await using world = await openContinuityWorld();
  const { inbox } = world;
  const raw = () => new TextDecoder().decode(world.mails().at(-1)?.raw).replaceAll("=\r\n", "");
  const { visitor, id } = await world.begin();
  const posted = await inbox.core.messages.forward(inbox.agent, id, {
    to: [BOB],
    text: "Forwarded words",
    undoSeconds: 0,
  });
  assert.ok(posted.ok, JSON.stringify(posted));
  await inbox.runJobs();
  assert.deepEqual(world.mails().at(-1)?.to, [BOB]);
  assert.match(raw(), /Forwarded words[^]*Corsa in 56/);
  const messageId = world.header("Message-ID");
  const to = /<(.+)>/.exec(world.header("Reply-To"))?.[1] ?? "";
  await world.mailBack("Outside words", { from: BOB, to, answers: messageId });

  const texts = async () => (await world.seen(visitor, id)).map(({ text }) => text);
  assert.deepEqual(await texts(), ["Do you have the Corsa in 56?"]);
  const listed = await inbox.core.visitors.conversations(visitor);
  assert.doesNotMatch(JSON.stringify(listed), /words/);

  await world.answer(id, "Yes, two of them.");
  await world.pass(HOUR_MS);
  assert.deepEqual(world.mails().at(-1)?.to, [LEA]);
  assert.match(world.text(), /two of them/);
  assert.doesNotMatch(raw(), /words|supplier/);
  assert.equal((await world.letters(id)).length, 1);
  await world.mailBack("Thanks");
  const thread = await inbox.thread(id);
  assert.deepEqual([thread.at(-1)?.kind, thread.at(-1)?.text], ["inbound", "Thanks"]);
  assert.deepEqual(await texts(), [
    "Do you have the Corsa in 56?",
    "Yes, two of them.",
    "Thanks",
  ]);
});

Deno.test("a visitor who gets hold of the outsider's address writes as the visitor they are", async () => {
  await using world = await openContinuityWorld();
  const { inbox } = world;
  const { id } = await world.begin();
  await world.answer(id, "Yes, two of them.");
  await world.pass(HOUR_MS);
  const letterId = world.header("Message-ID");
  const posted = await inbox.core.messages.forward(inbox.agent, id, { to: [BOB], text: "?" });
  assert.ok(posted.ok);
  await world.pass(HOUR_MS);
  const to = /<(.+)>/.exec(world.header("Reply-To"))?.[1] ?? "";

  await world.mailBack("It is me", { to, answers: letterId });

  const last = (await inbox.thread(id)).at(-1);
  assert.deepEqual([last?.kind, last?.text, last?.aside], ["inbound", "It is me", undefined]);
});
