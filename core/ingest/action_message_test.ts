import assert from "node:assert/strict";
import type { InboundEvent } from "../channel/mod.ts";
import { openTestInbox, type TestInbox } from "../../tests/fakes/test_inbox.ts";

type Action = Extract<InboundEvent, { readonly type: "action" }>;

function tapped(externalId: string, more: Partial<Action> = {}): InboundEvent {
  return {
    type: "action",
    externalId,
    occurredAt: 1,
    threadKey: "t1",
    identities: [{ kind: "psid", value: "1", verified: true }],
    name: "Ana",
    payload: "TRACK_ORDER",
    title: "Track my order",
    ...more,
  };
}

async function take(inbox: TestInbox, event: InboundEvent) {
  const result = await inbox.core.inbound.ingest(inbox.channelId, event);
  assert(result?.kind === "stored" || result?.kind === "duplicate", result?.kind);
  return result;
}

Deno.test("a tapped button is a message of the customer by its words, with what it stands for in the trace", async () => {
  await using inbox = await openTestInbox();

  const first = await take(inbox, tapped("a1"));
  const again = await take(inbox, tapped("a1"));

  assert.deepEqual([first.kind, again.kind], ["stored", "duplicate"]);
  const [message, ...more] = await inbox.thread(first.conversationId);
  assert.deepEqual(more, []);
  assert.deepEqual([message?.kind, message?.text, message?.author.name], [
    "inbound",
    "Track my order",
    "Ana",
  ]);
  assert.deepEqual(message?.trace.filter(({ step }) => step === "payload"), [
    { step: "payload", detail: "TRACK_ORDER" },
  ]);
  const conversation = await inbox.conversation(first.conversationId);
  assert.equal(conversation.waitingSince, inbox.ports.clock.now());
});

Deno.test("a button belongs to the thread, and to the conversation of the message that had it", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await inbox.write("Hello", {
    event: { hints: [{ by: "thread", threadKey: "t1", how: "test" }] },
  });
  const { id } = await inbox.reply(conversationId, "Choose");
  await inbox.runJobs();

  const byThread = await take(inbox, tapped("a1"));
  const byMessage = await take(
    inbox,
    tapped("a2", {
      threadKey: "t2",
      messageExternalId: `ext-${id}`,
    }),
  );
  const elsewhere = await take(inbox, tapped("a3", { threadKey: "t3" }));

  assert.equal(byThread.conversationId, conversationId);
  assert.equal(byMessage.conversationId, conversationId);
  assert.notEqual(elsewhere.conversationId, conversationId);
});

Deno.test("a link that was followed says where it came from, and a button without words what it stands for", async () => {
  await using inbox = await openTestInbox();

  const link = await take(
    inbox,
    tapped("a1", { title: undefined, payload: "", referral: "ad-7" } as Partial<Action>),
  );
  await take(inbox, tapped("a2", { title: " " }));
  await take(inbox, tapped("a3", { title: "", payload: "" }));

  const thread = await inbox.thread(link.conversationId);
  assert.deepEqual(thread.map(({ text }) => text), [
    "Came by a link: ad-7",
    "TRACK_ORDER",
    "Tapped a button",
  ]);
  assert(thread[0]?.trace.some(({ step, detail }) => step === "referral" && detail === "ad-7"));
});
