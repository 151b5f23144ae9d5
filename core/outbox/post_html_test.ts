import assert from "node:assert/strict";
import type { Capabilities } from "../channel/mod.ts";
import { openTestInbox, type TestInbox } from "../../tests/fakes/test_inbox.ts";

const RICH: Partial<Capabilities> = {
  text: { max: 1_000, unit: "utf16", split: false, dialect: "html" },
};

async function upload(inbox: TestInbox, name: string, type = "image/png") {
  const by = { kind: "principal", principal: inbox.agent } as const;
  const uploaded = await inbox.core.attachments.upload(by, {
    name,
    type,
    bytes: new Uint8Array(10),
  });
  assert(uploaded.ok);
  return uploaded.value.id;
}

Deno.test("postMessage() keeps of HTML what is harmless, and makes its text of that", async () => {
  await using inbox = await openTestInbox({ capabilities: RICH });
  const { conversationId } = await inbox.write("Question");

  const message = await inbox.reply(conversationId, "", {
    text: undefined,
    html: '<p onclick="x()">See <a href="https://a.example/b">this <b>page</b></a></p>' +
      "<script>alert(1)</script><ul><li>one</li></ul><a href='javascript:x'>no</a>",
  });

  assert.equal(
    message.html,
    '<p>See <a href="https://a.example/b">this <b>page</b></a></p><ul><li>one</li></ul><a>no</a>',
  );
  assert.equal(message.text, "See this page <https://a.example/b>\n\n * one\n\nno");
});

Deno.test("postMessage() writes HTML as text where a channel takes none, and counts that", async () => {
  await using inbox = await openTestInbox({
    capabilities: { text: { max: 12, unit: "utf16", split: false, dialect: "plain" } },
  });
  const { conversationId } = await inbox.write("Question");

  const message = await inbox.reply(conversationId, "", {
    text: undefined,
    html: "<b>Yes, it is</b>",
  });
  const comment = await inbox.core.messages.post(inbox.agent, conversationId, {
    kind: "comment",
    html: "<b>For us</b>",
  });
  const long = await inbox.core.messages.post(inbox.agent, conversationId, {
    kind: "reply",
    html: "<i>thirteen char</i>",
  });

  assert.equal(message.text, "Yes, it is");
  assert.equal(message.hasHtml, false);
  assert(comment.ok && comment.value.message.html === "<b>For us</b>");
  assert(!long.ok && long.error.code === "invalid");
});

Deno.test("postMessage() sends pictures among the words along with them", async () => {
  await using inbox = await openTestInbox({
    capabilities: { ...RICH, media: { types: ["*"], maxBytes: 1_000, maxCount: 5 } },
  });
  const { conversationId } = await inbox.write("Question");
  const [shown, apart] = [await upload(inbox, "a.png"), await upload(inbox, "b.png")];

  const message = await inbox.reply(conversationId, "", {
    text: undefined,
    html: `<div>Here:<img src="cid:${shown}" alt="a"></div>`,
    attachmentIds: [shown, apart],
  });
  await inbox.runJobs();

  assert.deepEqual(message.attachments.map(({ contentId }) => contentId), [shown, undefined]);
  assert.match(inbox.sent[0]?.html ?? "", new RegExp(`src="cid:${shown}"`));
  assert.deepEqual(inbox.sent[0]?.attachments.map(({ contentId }) => contentId), [
    shown,
    undefined,
  ]);
});

Deno.test("postMessage() takes the files of a reply that was taken back, once, and for its author", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await inbox.write("Question");
  const attachmentIds = [await upload(inbox, "a.png"), await upload(inbox, "b.png")];
  const first = await inbox.reply(conversationId, "Here", { attachmentIds, undoSeconds: 10 });
  const again = () =>
    inbox.core.messages.post(inbox.agent, conversationId, {
      kind: "reply",
      text: "Here",
      attachmentIds,
    });

  const tooEarly = await again();
  assert((await inbox.core.messages.cancel(inbox.agent, first.id)).ok);
  const foreign = await inbox.core.messages.post(
    { type: "token", id: "tok_2", name: "Two", role: "owner" },
    conversationId,
    { kind: "reply", text: "Mine", attachmentIds },
  );
  const tries = await Promise.all([again(), again()]);
  await inbox.runJobs();

  assert(!tooEarly.ok && !foreign.ok);
  assert.deepEqual(tries.map(({ ok }) => ok).sort(), [false, true]);
  const [canceled, sent] = (await inbox.thread(conversationId)).slice(1);
  assert.deepEqual(canceled?.attachments, []);
  assert.deepEqual(sent?.attachments.map(({ id }) => id), attachmentIds);
  assert.deepEqual(inbox.sent.map(({ attachments }) => attachments.length), [2]);
});
