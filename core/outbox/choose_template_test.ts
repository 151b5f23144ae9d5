import assert from "node:assert/strict";
import { templateText } from "../channel/mod.ts";
import { openTestInbox, type TestInbox } from "../../tests/fakes/test_inbox.ts";
import type { PostInput } from "./post_input.ts";

const DAY = 24 * 60 * 60 * 1_000;
const CAPABILITIES = { window: { openMs: DAY, templateAfter: true } };
const ORDER = {
  name: "order_shipped",
  language: "en",
  body: "Hello {{1}}, order {{2}} is on its way",
  values: 2,
};

function openWithTemplates() {
  return openTestInbox({ capabilities: CAPABILITIES }).then((inbox) => {
    inbox.templates.push(ORDER);
    return inbox;
  });
}

async function post(inbox: TestInbox, id: string, input: Partial<PostInput>) {
  const posted = await inbox.core.messages.post(inbox.agent, id, { kind: "reply", ...input });
  if (posted.ok) return "posted";
  return posted.error.code === "invalid" ? posted.error.errors[0] : posted.error.code;
}

Deno.test("templateText() fills places by their numbers and leaves what has no value", () => {
  assert.equal(templateText("{{2}} {{1}} {{ 1 }} {{3}} {{x}}", ["a", "b"]), "b a a {{3}} {{x}}");
  assert.equal(templateText("{{1}}", ["{{2}}", "no"]), "{{2}}");
});

Deno.test("a template leaves when the window is over, and reads in the thread as it reads there", async () => {
  await using inbox = await openWithTemplates();
  const { conversationId } = await inbox.write("Hi");
  inbox.ports.clock.advance(DAY);
  const template = { name: "order_shipped", language: "en", values: ["Ana", "17"] };

  assert.equal(await post(inbox, conversationId, { text: "Too late" }), "window_closed");
  assert.equal(await post(inbox, conversationId, { template }), "posted");
  await inbox.runJobs();

  const [part] = inbox.sent;
  assert.deepEqual(part?.template, template);
  assert.equal(part?.window, undefined);
  assert.equal(part?.text, "Hello Ana, order 17 is on its way");
  const row = await inbox.core.conversations.get(inbox.agent, conversationId);
  assert.equal(row.ok && row.value.window?.state, "template");
});

Deno.test("chooseTemplate() says what is wrong with a template", async () => {
  await using inbox = await openWithTemplates();
  const { conversationId } = await inbox.write("Hi");
  const good = { name: "order_shipped", language: "en", values: ["Ana", "17"] };

  for (
    const [input, path, message] of [
      [{ template: { ...good, name: "none" } }, "template.name", "is not an approved template"],
      [{ template: { ...good, language: "de" } }, "template.name", "is not an approved template"],
      [{ template: { ...good, values: ["Ana"] } }, "template.values", "are 1; it takes 2"],
      [{ template: { ...good, values: ["Ana", " "] } }, "template.values.1", "is empty"],
      [{ template: good, text: "And more" }, "text", "does not go with a template"],
      [{ template: good, kind: "comment" }, "template", "goes with replies only"],
    ] as const
  ) {
    assert.deepEqual(await post(inbox, conversationId, input), { path, message });
  }
});

Deno.test("chooseTemplate() refuses templates where a channel has none, in words", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await inbox.write("Hi");
  const template = { name: "order_shipped", language: "en" };

  assert.deepEqual(await post(inbox, conversationId, { template }), {
    path: "template",
    message: "goes with channels that have templates only",
  });
});

Deno.test("a repeated post of a template is answered although it is gone", async () => {
  await using inbox = await openWithTemplates();
  const { conversationId } = await inbox.write("Hi");
  const input = {
    id: "chosen-by-client",
    template: { name: "order_shipped", language: "en", values: ["Ana", "17"] },
  };
  await post(inbox, conversationId, input);
  inbox.templates.length = 0;

  const again = await inbox.core.messages.post(inbox.agent, conversationId, {
    kind: "reply",
    ...input,
  });

  assert.ok(again.ok && again.value.isReplay);
});

Deno.test("a template is one message however long it reads: its provider knows its words", async () => {
  for (const split of [true, false]) {
    await using inbox = await openTestInbox({
      capabilities: { ...CAPABILITIES, text: { max: 20, unit: "utf16", split, dialect: "plain" } },
    });
    inbox.templates.push(ORDER);
    const { conversationId } = await inbox.write("Hi");

    await post(inbox, conversationId, {
      template: { name: "order_shipped", language: "en", values: ["Ana", "17"] },
    });
    await inbox.runJobs();

    assert.deepEqual(inbox.sent.map(({ text }) => text), ["Hello Ana, order 17 is on its way"]);
  }
});
