import assert from "node:assert/strict";
import { type InboundEvent, type MessageEvent, ok } from "../channel/mod.ts";
import { refusal } from "../../tests/fakes/scripted_adapter.ts";
import { openTestInbox, type TestInbox } from "../../tests/fakes/test_inbox.ts";
import { keys } from "../store/mod.ts";

const ADMIN = { type: "token", id: "tok", name: "Root", role: "admin" } as const;
const THREAD = [{ by: "thread", threadKey: "t1", how: "test" }] as const;

function echo(externalId: string, more: Partial<MessageEvent> = {}): MessageEvent {
  return {
    type: "message",
    externalId,
    occurredAt: 1,
    direction: "echo_own",
    sender: { identities: [{ kind: "email", value: "ana@example.com", verified: true }] },
    hints: [...THREAD],
    parts: [{ kind: "text", text: "Answer" }],
    ...more,
  };
}

async function take(inbox: TestInbox, event: InboundEvent) {
  return (await inbox.core.inbound.ingest(inbox.channelId, event))?.kind;
}

/** A conversation at the provider's thread, with a question in it. */
async function ask(inbox: TestInbox): Promise<string> {
  return (await inbox.write("Question", { event: { hints: [...THREAD] } })).conversationId;
}

async function outboxOf(inbox: TestInbox, conversationId: string) {
  return await Array.fromAsync(inbox.store.list(keys.outboxOf(conversationId)));
}

for (const by of ["our id", "nothing but its words", "nothing, and other words"] as const) {
  Deno.test(`an echo known by ${by}, before the send was answered, is no second message`, async () => {
    await using inbox = await openTestInbox();
    const conversationId = await ask(inbox);
    const seen: unknown[] = [];
    inbox.answers.push(async ({ outboxId }) => {
      const more = by === "our id" ? { outboxId } : {};
      const parts = [{
        kind: "text" as const,
        text: by === "nothing, and other words" ? "<b>Answer</b>" : "Answer",
      }];
      seen.push(await take(inbox, echo("mid-1", { ...more, parts })));
      seen.push((await inbox.thread(conversationId)).at(-1)?.status);
      return ok({ externalId: "mid-1", status: "sent" });
    });

    await inbox.reply(conversationId, "Answer");
    await inbox.runJobs();
    const again = await take(inbox, echo("mid-1"));

    assert.deepEqual(seen, ["updated", "sent"]);
    assert.equal(again, "duplicate");
    const thread = await inbox.thread(conversationId);
    assert.deepEqual(thread.map(({ kind, status }) => [kind, status]), [
      ["inbound", "received"],
      ["reply", "sent"],
    ]);
    assert.equal(thread[1]?.externalId, "mid-1");
    assert.deepEqual(await outboxOf(inbox, conversationId), []);
  });
}

Deno.test("an echo shows that a message nobody was sure of arrived, and none sends it again", async () => {
  await using inbox = await openTestInbox();
  const conversationId = await ask(inbox);
  inbox.answers.push(refusal("ambiguous"));
  const { id } = await inbox.reply(conversationId, "Answer");
  await inbox.runJobs();
  const before = await inbox.conversation(conversationId);

  const result = await take(inbox, echo("mid-1", { outboxId: id }));

  assert.equal(before.failedMessageId, id);
  assert.equal(result, "updated");
  const message = (await inbox.thread(conversationId)).at(-1);
  assert.deepEqual([message?.status, message?.error, message?.externalId], [
    "sent",
    undefined,
    "mid-1",
  ]);
  assert.equal((await inbox.conversation(conversationId)).failedMessageId, null);
  assert.equal(inbox.sent.length, 1);
});

Deno.test("of two answers with the same words an echo is of the one it names", async () => {
  await using inbox = await openTestInbox();
  const conversationId = await ask(inbox);
  inbox.answers.push(refusal("ambiguous"), refusal("ambiguous"));
  const first = await inbox.reply(conversationId, "Answer");
  await inbox.runJobs();
  const second = await inbox.reply(conversationId, "Answer");
  await inbox.runJobs();

  await take(inbox, echo("mid-2", { outboxId: second.id }));

  const replies = (await inbox.thread(conversationId)).filter(({ kind }) => kind === "reply");
  assert.deepEqual(replies.map(({ id, status }) => [id, status]), [
    [first.id, "ambiguous"],
    [second.id, "sent"],
  ]);
});

Deno.test("an echo after the answer says when the provider sent it, and moves nothing back", async () => {
  await using inbox = await openTestInbox();
  const conversationId = await ask(inbox);
  const { id } = await inbox.reply(conversationId, "Answer");
  const sentAt = inbox.ports.clock.now();
  inbox.ports.clock.advance(5_000);
  await inbox.runJobs();
  await take(inbox, {
    type: "status",
    externalId: "r1",
    occurredAt: inbox.ports.clock.now(),
    status: "read",
    target: { by: "outbox", outboxId: id },
  });

  await take(inbox, echo(`ext-${id}`, { occurredAt: sentAt + 100, outboxId: id }));

  const message = (await inbox.thread(conversationId)).at(-1);
  assert.deepEqual([message?.status, message?.sentAt], ["read", sentAt + 100]);
});

Deno.test("an echo that names a message of another channel changes nothing there", async () => {
  await using inbox = await openTestInbox();
  const conversationId = await ask(inbox);
  inbox.answers.push(refusal("ambiguous"));
  const { id } = await inbox.reply(conversationId, "Answer");
  await inbox.runJobs();
  const other = await inbox.core.channels.create(ADMIN, {
    type: "scripted",
    inboxId: inbox.inboxId,
    name: "Other",
    config: { token: "o" },
  });
  assert(other.ok);

  await inbox.core.inbound.ingest(other.value.id, echo("mid-1", { outboxId: id }));

  const thread = await inbox.thread(conversationId);
  assert.deepEqual([thread.length, thread.at(-1)?.status], [2, "ambiguous"]);
});

Deno.test("a reply written elsewhere answers the customer and stands in the thread by its author", async () => {
  await using inbox = await openTestInbox();
  const conversationId = await ask(inbox);
  const before = await inbox.conversation(conversationId);

  const event = echo("out-1", {
    direction: "echo_other",
    occurredAt: inbox.ports.clock.now() - 50,
    author: "Page Inbox",
  });
  const results = [await take(inbox, event), await take(inbox, event)];
  await take(inbox, { ...event, externalId: "out-2", author: undefined } as MessageEvent);
  await inbox.runJobs();

  assert.deepEqual(results, ["stored", "duplicate"]);
  const thread = await inbox.thread(conversationId);
  assert.equal(thread.length, 3);
  const { kind, status, author, isOutside, sentAt, text, trace } = thread[1]!;
  assert.deepEqual({ kind, status, author, isOutside, sentAt, text }, {
    kind: "reply",
    status: "sent",
    author: { type: "system", id: null, name: "Page Inbox" },
    isOutside: true,
    sentAt: event.occurredAt,
    text: "Answer",
  });
  assert(trace.some(({ step }) => step === "written_elsewhere"));
  assert.equal(thread[2]?.author.name, "Somebody in Scripted");
  const after = await inbox.conversation(conversationId);
  assert.deepEqual(
    [after.waitingSince, after.version, after.preview, after.previewKind, after.lastUnreadSeq],
    [null, before.version + 2, "Answer", "reply", before.lastUnreadSeq],
  );
  assert.equal(inbox.sent.length, 0);
  const contact = await inbox.store.get(keys.contact(after.contactId));
  assert.equal(contact?.firstAnsweredAt, inbox.ports.clock.now());
});

Deno.test("a reply written elsewhere to somebody unknown makes the contact and the conversation they answer in", async () => {
  await using inbox = await openTestInbox();

  await take(inbox, echo("out-1", { direction: "echo_other" }));
  const { conversationId } = await inbox.write("Thanks!", { event: { hints: [...THREAD] } });

  const thread = await inbox.thread(conversationId);
  assert.deepEqual(thread.map(({ kind }) => kind), ["reply", "inbound"]);
  const conversation = await inbox.conversation(conversationId);
  assert.deepEqual([conversation.status, conversation.contactName], ["open", "ana"]);
});

Deno.test("a reply written elsewhere leaves a closed conversation closed", async () => {
  await using inbox = await openTestInbox();
  const conversationId = await ask(inbox);
  await inbox.core.conversations.update(inbox.agent, conversationId, { status: "closed" });

  await take(inbox, echo("out-1", { direction: "echo_other" }));

  const { status, preview } = await inbox.conversation(conversationId);
  assert.deepEqual([status, preview], ["closed", "Answer"]);
});

Deno.test("an echo as ours of what nobody here sent is kept as a reply written elsewhere", async () => {
  await using inbox = await openTestInbox();
  const conversationId = await ask(inbox);

  const result = await take(inbox, echo("mid-9", { outboxId: "msg_of_another_installation" }));

  assert.equal(result, "stored");
  assert.equal((await inbox.thread(conversationId)).at(-1)?.isOutside, true);
});

Deno.test("replies of agents, echoes of them and replies from elsewhere, all at once, are each there once", async () => {
  await using inbox = await openTestInbox();
  const conversationId = await ask(inbox);
  const echoes: Promise<unknown>[] = [];
  for (let i = 0; i < 20; i++) {
    inbox.answers.push(({ outboxId }) => {
      const own = echo(`mid-${outboxId}`, { outboxId });
      echoes.push(take(inbox, own), take(inbox, own));
      return Promise.resolve(ok({ externalId: `mid-${outboxId}`, status: "sent" }));
    });
  }

  await Promise.all(Array.from({ length: 20 }, async (_, i) => {
    await inbox.reply(conversationId, `Ours ${i}`);
    const other = echo(`out-${i}`, {
      direction: "echo_other",
      parts: [{ kind: "text", text: `Theirs ${i}` }],
    });
    await Promise.all([take(inbox, other), take(inbox, other), inbox.core.jobs.drain(10)]);
  }));
  await inbox.runJobs();
  await Promise.all(echoes);

  const thread = await inbox.thread(conversationId);
  assert.equal(thread.length, 41);
  assert.deepEqual(thread.map(({ seq }) => seq), Array.from({ length: 41 }, (_, i) => i + 1));
  assert.equal(new Set(thread.map(({ text }) => text)).size, 41);
  assert(thread.slice(1).every(({ status }) => status === "sent"));
  assert.equal((await inbox.conversation(conversationId)).version, 41);
  assert.deepEqual(await outboxOf(inbox, conversationId), []);
});

Deno.test("a reply from elsewhere is one commit, with as many identities and early news as there can be", async () => {
  await using inbox = await openTestInbox();
  const occurredAt = inbox.ports.clock.now();
  const person = (value: string) => ({ kind: "psid", value, verified: true });
  const about = { messageExternalId: "mid-1", occurredAt };
  await take(inbox, { type: "message_updated", externalId: "1", ...about, text: "Changed" });
  await take(inbox, {
    type: "reaction",
    externalId: "2",
    ...about,
    emoji: "👍",
    identities: [person("ben")],
  });
  await take(inbox, {
    type: "status",
    externalId: "3",
    occurredAt,
    status: "read",
    target: { by: "watermark", threadKey: "t1", upTo: occurredAt + 1 },
  });

  const identities = ["a", "b", "c", "d", "e"].map(person);
  const kind = await take(inbox, {
    ...echo("mid-1", { direction: "echo_other", sender: { identities } }),
    occurredAt,
  });

  assert.equal(kind, "stored");
  const [conversation] = await Array.fromAsync(inbox.store.list(keys.conversations()));
  const [message] = await inbox.thread(conversation?.value.id ?? "");
  assert.deepEqual([message?.text, message?.status, message?.reactions?.length], [
    "Changed",
    "read",
    1,
  ]);
});
