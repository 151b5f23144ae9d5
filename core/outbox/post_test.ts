import assert from "node:assert/strict";
import type { Principal } from "../access/mod.ts";
import { openTestInbox, type TestInbox } from "../../tests/fakes/test_inbox.ts";

async function upload(inbox: TestInbox, name: string, principal: Principal = inbox.agent) {
  const file = { name, type: "image/png", bytes: new Uint8Array(10) };
  const uploaded = await inbox.core.attachments.upload({ kind: "principal", principal }, file);
  assert(uploaded.ok);
  return uploaded.value.id;
}

Deno.test("postMessage() takes the same file named twice once", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await inbox.write("Question");
  const id = await upload(inbox, "a.png");

  const posted = await inbox.core.messages.post(inbox.agent, conversationId, {
    kind: "reply",
    attachmentIds: [id, id],
  });

  assert(posted.ok, JSON.stringify(posted));
  assert.deepEqual(posted.value.message.attachments.map((file) => file.id), [id]);
});

Deno.test("postMessage() gives a file to the first of ten conversations it is posted into at once", async () => {
  await using inbox = await openTestInbox();
  const places = await Promise.all(
    Array.from({ length: 10 }, (_, i) => inbox.write("Question", { from: `customer ${i}` })),
  );
  const [first, second] = [await upload(inbox, "a.png"), await upload(inbox, "b.png")];

  const posted = await Promise.all(
    places.map(({ conversationId }, i) =>
      inbox.core.messages.post(inbox.agent, conversationId, {
        kind: "reply",
        text: "See here",
        attachmentIds: i % 2 === 0 ? [first, second] : [second, first],
      })
    ),
  );

  assert.equal(posted.filter((one) => one.ok).length, 1);
  for (const one of posted) assert(one.ok || one.error.code === "invalid");
});

Deno.test("postMessage() refuses somebody else's upload and one a day old, naming it", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await inbox.write("Question");
  const other: Principal = { type: "token", id: "tok_2", name: "Two", role: "owner" };
  const foreign = await upload(inbox, "foreign.png", other);
  const old = await upload(inbox, "old.png");
  inbox.ports.clock.advance(24 * 3_600_000);
  const fresh = await upload(inbox, "fresh.png");

  for (const id of [foreign, old, "att_none"]) {
    const posted = await inbox.core.messages.post(inbox.agent, conversationId, {
      kind: "reply",
      text: "See here",
      attachmentIds: [fresh, id],
    });
    assert(!posted.ok && posted.error.code === "invalid");
    assert.equal(posted.error.errors[0]?.path, "attachmentIds.1");
  }
});

Deno.test("postMessage() stores a long text with as many files as a channel takes", async () => {
  await using inbox = await openTestInbox({
    capabilities: {
      text: { max: 500_000, unit: "utf16", split: false, dialect: "plain" },
      media: { types: ["*"], maxBytes: 1_000, maxCount: 100 },
    },
  });
  const { conversationId } = await inbox.write("Question");
  const ids: string[] = [];
  for (let i = 0; i < 100; i++) ids.push(await upload(inbox, `${"長".repeat(170)}${i}.png`));

  for (const length of [10_000, 15_000, 20_000]) {
    const posted = await inbox.core.messages.post(inbox.agent, conversationId, {
      kind: "reply",
      text: "長".repeat(length),
      attachmentIds: ids.splice(0, 33),
    }, { idempotency: { scope: "s", key: `${length}`, bodyHash: "b" } });
    assert(posted.ok, JSON.stringify(posted));
    assert.equal(posted.value.message.attachments.length, 33);
  }
});

Deno.test("postMessage() writes nothing into a conversation that is moved out of reach meanwhile", async () => {
  await using inbox = await openTestInbox();
  const root: Principal = { type: "token", id: "tok", name: "Root", role: "owner" };
  const other = await inbox.core.inboxes.create(root, { name: "Other", memberIds: [] });
  assert(other.ok);
  const { conversationId } = await inbox.write("Question");
  let move: (() => Promise<unknown>) | null = () =>
    inbox.core.conversations.update(root, conversationId, { inboxId: other.value.id });
  // Between the first look at the conversation and the commit.
  inbox.store.inTurn = async (_name, run) => {
    const now = move;
    move = null;
    await now?.();
    return await run();
  };

  const posted = await inbox.core.messages.post(inbox.agent, conversationId, {
    kind: "comment",
    text: "For us only",
  });

  assert(!posted.ok && posted.error.code === "not_found");
});
