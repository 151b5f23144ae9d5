/** A conversation that the team begins: real mail out, and the customer's answer comes back into it. */
import assert from "node:assert/strict";
import { openMailWorld } from "../fakes/mail_world.ts";

Deno.test("who is written to first answers into the conversation that began with it", async () => {
  await using world = await openMailWorld();
  const { inbox, server } = world;
  const input = {
    channelId: world.channelId,
    to: ["leo@posta.example"],
    cc: ["mia@posta.example"],
    subject: "Your bike is ready",
    html: "<p>Come and <b>get</b> it.</p>",
    undoSeconds: 0,
  };
  const once = { idempotency: { scope: "test", key: "k", bodyHash: "h" } };
  const started = await inbox.core.messages.start(inbox.agent, input, once);
  const again = await inbox.core.messages.start(inbox.agent, input, once);
  assert.ok(started.ok && again.ok, JSON.stringify(started));
  assert.equal(again.value.conversation.id, started.value.conversation.id);
  await inbox.runJobs();

  assert.equal(server.received.length, 1);
  const [mail] = server.received;
  assert.ok(mail);
  assert.deepEqual(mail.to, ["leo@posta.example", "mia@posta.example"]);
  assert.equal(world.headerOf(mail.raw, "Subject"), "Your bike is ready");
  const raw = new TextDecoder().decode(mail.raw);
  assert.match(raw, /<b>get<\/b>/);
  assert.doesNotMatch(raw, /bcc/i);

  await world.post([
    "From: Leo <leo@posta.example>",
    "To: support@veloce.example",
    "Subject: Re: Your bike is ready",
    "Message-ID: <one@posta.example>",
    `In-Reply-To: ${world.headerOf(mail.raw, "Message-ID")}`,
    "",
    "I come at five.",
  ].join("\r\n"));

  const id = await world.conversationId();
  assert.equal(id, started.value.conversation.id);
  const thread = await inbox.thread(id);
  assert.deepEqual(thread.map(({ kind }) => kind), ["reply", "inbound"]);
  const row = await inbox.conversation(id);
  assert.deepEqual([row.contactName, row.assigneeId], ["Leo", inbox.agent.user.id]);
  assert.notEqual(row.waitingSince, null);
});
