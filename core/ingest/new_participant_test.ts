import assert from "node:assert/strict";
import { openTestWorld, receiveMail, type TestWorld } from "../../tests/fakes/test_world.ts";

function mail(id: string, from: string, ...more: readonly string[]): string {
  return [
    `Message-ID: <${id}@x.example>`,
    `From: ${from}`,
    "To: mine@parley.example",
    "Subject: Help",
    "References: <first@x.example>",
    ...more,
    "",
    "Please help",
  ].join("\r\n");
}

/** The latest mail's steps, after these came in one after the other. */
async function stepsAfter({ app, mine }: TestWorld, ...mails: readonly string[]) {
  let conversationId = "";
  for (const raw of mails) conversationId = (await receiveMail(app, mine, raw)).conversationId;
  const thread = await app.core.messages.list(app.root, conversationId, {});
  assert(thread.ok);
  assert.equal(thread.value.items.length, mails.length);
  return thread.value.items.at(-1)?.trace.map(({ step }) => step) ?? [];
}

Deno.test("a sender who had no part in the conversation is flagged, once", async () => {
  await using world = await openTestWorld();
  const first = mail("first", "ada@x.example");
  const stranger = mail("second", "eve@evil.example");

  assert.ok((await stepsAfter(world, first, stranger)).includes("new_participant"));
  await using other = await openTestWorld();
  const again = mail("third", "eve@evil.example");
  assert.ok(!(await stepsAfter(other, first, stranger, again)).includes("new_participant"));
});

Deno.test("whoever began the conversation or was written to in it is nobody new", async () => {
  await using world = await openTestWorld();
  const first = mail("first", "ada@x.example", "Cc: Bo@x.example");

  const steps = await stepsAfter(
    world,
    first,
    mail("second", "ada@x.example"),
    mail("third", "bo@x.example"),
  );
  assert.ok(!steps.includes("new_participant"));
  await using other = await openTestWorld();
  assert.ok(!(await stepsAfter(other, first)).includes("new_participant"));
});
