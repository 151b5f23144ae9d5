import assert from "node:assert/strict";
import { openTestInbox } from "../../tests/fakes/test_inbox.ts";
import { checkQuickReplies, withQuickReplies } from "./quick_replies.ts";

const LIMITS = { quickReplies: { max: 2, titleMax: 5 } };
const NONE = { quickReplies: null };

Deno.test("checkQuickReplies() counts replies, and titles in characters as people see them", () => {
  const check = (...titles: string[]) =>
    checkQuickReplies({ quickReplies: titles.map((title) => ({ title })) }, LIMITS);

  assert.equal(check("Yes", "No"), null);
  assert.equal(check("😀😀😀😀😀"), null);
  assert.deepEqual(check("😀😀😀😀😀😀"), {
    code: "invalid",
    errors: [{ path: "quickReplies.0.title", message: "is over 5 characters" }],
  });
  assert.deepEqual(check("1", "2", "3"), {
    code: "invalid",
    errors: [{ path: "quickReplies", message: "are too many; this channel takes 2" }],
  });
  assert.deepEqual(check("Yes", "  "), {
    code: "invalid",
    errors: [{ path: "quickReplies.1.title", message: "is empty" }],
  });
});

Deno.test("withQuickReplies() writes them as numbered lines where a channel has none, escaped in HTML", () => {
  const quickReplies = [{ title: "Yes" }, { title: "<No> & away", payload: "no" }];

  assert.deepEqual(withQuickReplies({ text: "Sure?" }, { quickReplies }, LIMITS), {
    text: "Sure?",
    quickReplies: [{ title: "Yes", payload: "Yes" }, { title: "<No> & away", payload: "no" }],
  });
  const body = { text: "Sure?", html: "<p>Sure?</p>" };
  assert.deepEqual(withQuickReplies(body, { quickReplies }, NONE), {
    text: "Sure?\n\n1. Yes\n2. <No> & away",
    html: "<p>Sure?</p><p>1. Yes<br>2. &lt;No&gt; &amp; away</p>",
    quickReplies: [],
  });
});

Deno.test("quick replies leave with their reply, and are part of the text where there are none", async () => {
  for (const limits of [{ max: 13, titleMax: 20 }, null]) {
    await using inbox = await openTestInbox({ capabilities: { quickReplies: limits } });
    const { conversationId } = await inbox.write("Hi");

    const message = await inbox.reply(conversationId, "Is it the door?", {
      quickReplies: [{ title: "Yes" }, { title: "No", payload: "door:no" }],
    });
    await inbox.runJobs();

    const [part] = inbox.sent;
    const replies = [
      { title: "Yes", payload: "Yes" },
      { title: "No", payload: "door:no" },
    ];
    assert.deepEqual(message.quickReplies, limits === null ? undefined : replies);
    assert.deepEqual(part?.quickReplies, limits === null ? undefined : replies);
    assert.equal(
      part?.text,
      limits === null ? "Is it the door?\n\n1. Yes\n2. No" : "Is it the door?",
    );
    // What the customer writes is theirs: nobody takes "1" for an answer.
    const answer = await inbox.write("1", { conversationId });
    assert.equal((await inbox.thread(conversationId))[answer.seq - 1]?.text, "1");
  }
});

Deno.test("quick replies go with replies that say something, within the channel's text", async () => {
  await using inbox = await openTestInbox({
    capabilities: { text: { max: 20, unit: "utf16", split: false, dialect: "plain" } },
  });
  const { conversationId } = await inbox.write("Hi");
  const quickReplies = [{ title: "A long answer" }];
  const post = async (input: Parameters<typeof inbox.core.messages.post>[2]) => {
    const posted = await inbox.core.messages.post(inbox.agent, conversationId, input);
    return posted.ok || posted.error.code !== "invalid" ? null : posted.error.errors[0];
  };

  assert.deepEqual(await post({ kind: "comment", text: "Hm", quickReplies }), {
    path: "quickReplies",
    message: "goes with replies only",
  });
  assert.deepEqual(await post({ kind: "reply", text: "Sure?", quickReplies }), {
    path: "text",
    message: "has 23 characters; this channel takes 20",
  });
});
