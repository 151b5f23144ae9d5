import assert from "node:assert/strict";
import fc from "fast-check";
import type { InboundEvent } from "../channel/mod.ts";
import type { Message } from "../model/message.ts";
import { openTestInbox, type TestInbox } from "../../tests/fakes/test_inbox.ts";
import { keys } from "../store/mod.ts";

const DAY_MS = 24 * 60 * 60 * 1_000;
const ADMIN = { type: "token", id: "tok", name: "Root", role: "admin" } as const;
const ANA = [{ kind: "psid", value: "1", verified: true }];
const THREAD = [{ by: "thread", threadKey: "t1", how: "test" }] as const;

function wrote(externalId: string, text: string): InboundEvent {
  return {
    type: "message",
    externalId,
    occurredAt: 1,
    direction: "in",
    sender: { identities: ANA, name: "Ana" },
    hints: [...THREAD],
    parts: [
      { kind: "text", text },
      { kind: "media", name: "a.txt", type: "text/plain", bytes: new Uint8Array([97]) },
    ],
  };
}
function edited(messageExternalId: string, text: string, occurredAt: number): InboundEvent {
  const externalId = `${messageExternalId}-edit-${occurredAt}-${text}`;
  return { type: "message_updated", externalId, occurredAt, messageExternalId, text };
}
function deleted(messageExternalId: string, occurredAt = 50): InboundEvent {
  const externalId = `${messageExternalId}-delete`;
  return { type: "message_deleted", externalId, occurredAt, messageExternalId };
}
function reacted(
  messageExternalId: string,
  emoji: string | null,
  occurredAt: number,
): InboundEvent {
  const externalId = `${messageExternalId}-react-${occurredAt}`;
  return {
    type: "reaction",
    externalId,
    occurredAt,
    messageExternalId,
    emoji,
    identities: ANA,
  };
}

async function take(inbox: TestInbox, ...events: readonly InboundEvent[]) {
  const results = [];
  for (const event of events) {
    results.push((await inbox.core.inbound.ingest(inbox.channelId, event))?.kind);
  }
  return results;
}

async function messageOf(inbox: TestInbox, externalId: string): Promise<Message> {
  const known = await inbox.store.get(keys.dedupe(inbox.channelId, externalId));
  assert(known !== null && "messageId" in known);
  const message = (await inbox.thread(known.conversationId)).find(({ id }) =>
    id === known.messageId
  );
  assert(message !== undefined);
  return message;
}

Deno.test("an edit changes the text, keeps the earlier ones, and the preview follows", async () => {
  await using inbox = await openTestInbox();
  await take(inbox, wrote("m1", "Frist"));
  const before = await messageOf(inbox, "m1");

  const results = await take(inbox, edited("m1", "First", 10), edited("m1", "First!", 20));

  assert.deepEqual(results, ["updated", "updated"]);
  const message = await messageOf(inbox, "m1");
  assert.equal(message.text, "First!");
  assert.equal(message.editedAt, 20);
  assert.deepEqual(message.attachments, before.attachments);
  assert.deepEqual(await inbox.store.get(keys.messageTexts(message.id)), {
    first: "Frist",
    later: [{ text: "First", at: 10 }, { text: "First!", at: 20 }],
  });
  const conversation = await inbox.conversation(message.conversationId);
  assert.equal(conversation.preview, "First!");
  // Nobody has to read it again.
  assert.equal(conversation.version, 1);
});

Deno.test("an older edit that comes late stands among the earlier texts", async () => {
  await using inbox = await openTestInbox();

  await take(inbox, wrote("m1", "One"), edited("m1", "Three", 20), edited("m1", "Two", 10));

  const message = await messageOf(inbox, "m1");
  assert.equal(message.text, "Three");
  assert.equal(message.editedAt, 20);
  const texts = await inbox.store.get(keys.messageTexts(message.id));
  assert.deepEqual(texts?.later.map(({ text }) => text), ["Two", "Three"]);
});

Deno.test("a deletion leaves a line and nothing of what was said: text, files, earlier texts, raw delivery", async () => {
  await using inbox = await openTestInbox();
  const received = await inbox.core.inbound.receive(inbox.channelId, {
    method: "POST",
    url: new URL("http://localhost/hooks/x"),
    headers: new Headers({ "content-type": "application/json", "x-proof": "yes" }),
    body: new TextEncoder().encode(JSON.stringify([
      { ...wrote("m0", "Before"), parts: [{ kind: "text", text: "Before" }] },
      { ...wrote("m1", "Secret"), parts: [{ kind: "text", text: "Secret" }] },
    ])),
  }, new AbortController().signal);
  assert(received.ok);
  await inbox.runJobs();
  await take(inbox, wrote("m2", "With a file"), edited("m2", "Edited", 10));
  const withFile = await messageOf(inbox, "m2");
  const file = await inbox.store.get(keys.attachment(withFile.attachments[0]!.id));
  assert(file !== null);

  const results = await take(inbox, deleted("m1"), deleted("m2"));
  await inbox.runJobs();

  assert.deepEqual(results, ["updated", "updated"]);
  const [one, two] = [await messageOf(inbox, "m1"), await messageOf(inbox, "m2")];
  for (const message of [one, two]) {
    assert.deepEqual([message.text, message.attachments, message.deletedAt], ["", [], 50]);
  }
  assert.equal(await inbox.store.get(keys.attachment(file.id)), null);
  assert.equal(await inbox.store.get(keys.messageTexts(two.id)), null);
  assert.equal(await inbox.store.get(keys.journal(received.value.journalId)), null);
  const conversation = await inbox.conversation(one.conversationId);
  assert.equal(conversation.preview, "Message deleted");
  assert.equal(conversation.lastSeq, 3);
  assert.equal((await messageOf(inbox, "m0")).text, "Before");
});

Deno.test("a reaction is one per person, newer ones replace it and null takes it back", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await inbox.write("Question", { event: { hints: [...THREAD] } });
  const { id } = await inbox.reply(conversationId, "Answer");
  await inbox.runJobs();
  await take(inbox, wrote("m1", "Thanks"));

  await take(inbox, reacted(`ext-${id}`, "👍", 10), reacted(`ext-${id}`, "❤️", 20));
  const loved = await messageOf(inbox, `ext-${id}`);
  await take(inbox, reacted(`ext-${id}`, null, 30), reacted(`ext-${id}`, "😮", 25));
  const none = await messageOf(inbox, `ext-${id}`);

  assert.deepEqual(loved.reactions, [{ emoji: "❤️", by: "psid:1", name: "Ana", at: 20 }]);
  assert.deepEqual(none.reactions, [{ emoji: null, by: "psid:1", name: "Ana", at: 30 }]);
});

Deno.test("whatever is told of a message, in any order, twice, and before it came, leads to the same", async () => {
  const story = [
    wrote("m1", "One"),
    edited("m1", "Two", 10),
    edited("m1", "Three", 20),
    reacted("m1", "👍", 15),
    reacted("m1", null, 30),
  ];
  const stateOf = async (events: readonly InboundEvent[]) => {
    await using inbox = await openTestInbox();
    await take(inbox, ...events);
    const message = await messageOf(inbox, "m1");
    const { preview, version, lastSeq } = await inbox.conversation(message.conversationId);
    const { id, conversationId, attachments, author, ...rest } = message;
    return {
      ...rest,
      files: attachments.length,
      preview,
      version,
      lastSeq,
      texts: await inbox.store.get(keys.messageTexts(id)),
      conversations: (await Array.fromAsync(inbox.store.list(keys.conversations()))).length,
      messages: (await inbox.thread(conversationId)).length,
      author: author.name,
    };
  };
  for (const told of [story, [...story, deleted("m1")]]) {
    const expected = await stateOf(told);
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([...told, ...told], {
          minLength: told.length * 2,
          maxLength: told.length * 2,
        }),
        async (events) => assert.deepEqual(await stateOf(events), expected),
      ),
      { numRuns: 12 },
    );
  }
});

Deno.test("what comes twenty times at once, around its message, is there once", async () => {
  await using inbox = await openTestInbox();
  const events = [wrote("m1", "One"), edited("m1", "Two", 10), reacted("m1", "👍", 15)];

  await Promise.all(
    Array.from({ length: 20 }, (_, i) => take(inbox, ...events.slice(i % 3), ...events)),
  );

  const message = await messageOf(inbox, "m1");
  assert.deepEqual([message.text, message.reactions?.length], ["Two", 1]);
  assert.equal((await inbox.thread(message.conversationId)).length, 1);
});

Deno.test("news of a message that does not come within seven days are forgotten", async () => {
  await using inbox = await openTestInbox();

  const results = await take(inbox, deleted("m1"), edited("m1", "Two", 10));
  inbox.ports.clock.advance(7 * DAY_MS);
  await take(inbox, wrote("m1", "One"));

  assert.deepEqual(results, ["early", "early"]);
  assert.equal((await messageOf(inbox, "m1")).text, "One");
});

Deno.test("what is deleted before it comes is never stored, and is no news of another channel's message", async () => {
  await using inbox = await openTestInbox();
  const other = await inbox.core.channels.create(ADMIN, {
    type: "scripted",
    inboxId: inbox.inboxId,
    name: "Other",
    config: { token: "o" },
  });
  assert(other.ok);
  await inbox.core.inbound.ingest(other.value.id, deleted("m1"));
  await inbox.core.inbound.ingest(other.value.id, edited("m1", "Not mine", 10));

  await take(inbox, wrote("m1", "One"));
  const here = await messageOf(inbox, "m1");
  await inbox.core.inbound.ingest(other.value.id, wrote("m1", "Theirs"));

  assert.deepEqual([here.text, here.deletedAt], ["One", undefined]);
  const known = await inbox.store.get(keys.dedupe(other.value.id, "m1"));
  assert(known !== null && "messageId" in known);
  const there = (await inbox.thread(known.conversationId)).find(({ id }) => id === known.messageId);
  assert.deepEqual([there?.text, there?.attachments, there?.deletedAt], ["", [], 50]);
  assert.equal(await inbox.store.get(keys.messageTexts(known.messageId)), null);
});

Deno.test("an edit and a reaction find a message that was split off", async () => {
  await using inbox = await openTestInbox();
  await take(inbox, wrote("m1", "One"), wrote("m2", "Two"));
  const { id, conversationId } = await messageOf(inbox, "m2");
  const split = await inbox.core.threads.split(inbox.agent, conversationId, id);
  assert(split.ok);

  await take(inbox, edited("m2", "Two!", 10), reacted("m2", "👍", 11));
  await inbox.runJobs();

  const ref = await inbox.store.get(keys.messageRef(id));
  assert(ref !== null && ref.conversationId !== conversationId);
  const message = await inbox.store.get(keys.message(ref.conversationId, ref.seq));
  assert.deepEqual([message?.text, message?.reactions?.length], ["Two!", 1]);
  assert.equal((await inbox.conversation(ref.conversationId)).preview, "Two!");
});

Deno.test("an edit of somebody whose message was long replaces all of it", async () => {
  await using inbox = await openTestInbox();
  await take(inbox, wrote("m1", "長".repeat(60_000)));
  const before = await messageOf(inbox, "m1");
  assert(before.bodyBlobId !== undefined);

  await take(inbox, edited("m1", "Short", 10));

  const message = await messageOf(inbox, "m1");
  assert.deepEqual([message.text, message.bodyBlobId], ["Short", undefined]);
  const texts = await inbox.store.get(keys.messageTexts(message.id));
  assert.equal(texts?.first.length, 10_000);
});

Deno.test("a delivery that only told of something goes after seven days, one with a message stays", async () => {
  await using inbox = await openTestInbox();
  const deliver = async (...events: readonly InboundEvent[]) => {
    const received = await inbox.core.inbound.receive(inbox.channelId, {
      method: "POST",
      url: new URL("http://localhost/hooks/x"),
      headers: new Headers({ "content-type": "application/json", "x-proof": "yes" }),
      body: new TextEncoder().encode(JSON.stringify(events)),
    }, new AbortController().signal);
    assert(received.ok);
    await inbox.runJobs();
    return keys.journal(received.value.journalId);
  };
  const early = await deliver(reacted("m1", "👍", 10));
  const first = await deliver(
    { ...wrote("m1", "One"), parts: [{ kind: "text", text: "One" }] } as InboundEvent,
  );
  const edit = await deliver(edited("m1", "Two", 20));
  const states = await inbox.store.getMany([early, first, edit]);

  inbox.ports.clock.advance(7 * DAY_MS + 1);
  await inbox.runJobs();

  assert.deepEqual(states.map((one) => one?.state), ["done", "done", "done"]);
  const left = await inbox.store.getMany([early, first, edit]);
  assert.deepEqual(left.map((one) => one !== null), [false, true, false]);
});
