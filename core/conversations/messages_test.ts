import assert from "node:assert/strict";
import type { Principal } from "../access/mod.ts";
import { err } from "../channel/mod.ts";
import type { CoreError } from "../errors.ts";
import type { Result } from "../result.ts";
import { openTestInbox, type TestInbox } from "../../tests/fakes/test_inbox.ts";

const ROOT: Principal = { type: "token", id: "tok", name: "Root", role: "owner" };

function codeOf(result: Result<unknown, CoreError>): string {
  return result.ok ? "ok" : result.error.code;
}

function as(inbox: TestInbox, role: "viewer" | "agent", isMember: boolean): Principal {
  return {
    ...inbox.agent,
    user: { ...inbox.agent.user, role },
    inboxIds: new Set(isMember ? [inbox.inboxId] : []),
  };
}

/** A mail-like message with HTML, a file and its raw delivery, and a failed reply to it. */
async function openThread() {
  const inbox = await openTestInbox();
  const event = (id: string, from: string, threadKey: string) => ({
    type: "message",
    externalId: id,
    occurredAt: 1,
    direction: "in",
    sender: { identities: [{ kind: "email", value: from, verified: false }] },
    hints: [{ by: "thread", threadKey, how: "test" }],
    parts: [{ kind: "text", text: `Text of ${id}`, html: `<p>HTML of ${id}</p>` }],
  });
  const body = JSON.stringify([
    event("a", "ana@example.com", "t1"),
    event("b", "bea@example.com", "t2"),
  ]);
  const received = await inbox.core.inbound.receive(inbox.channelId, {
    method: "POST",
    url: new URL("http://localhost/hooks/x"),
    headers: new Headers({ "content-type": "application/json", "x-proof": "yes" }),
    body: new TextEncoder().encode(body),
  }, new AbortController().signal);
  assert(received.ok);
  await inbox.runJobs();
  const page = await inbox.core.conversations.list(inbox.agent, { sort: "oldest" });
  assert(page.ok);
  const [first, second] = page.value.items;
  const [message] = await inbox.thread(first!.id);
  inbox.answers.push(err({ code: "rejected", message: "No" }));
  const posted = await inbox.core.messages.post(inbox.agent, first!.id, {
    kind: "reply",
    text: "Answer",
  });
  assert(posted.ok);
  await inbox.runJobs();
  return {
    inbox,
    body,
    conversationId: first!.id,
    otherId: second!.id,
    messageId: message!.id,
    replyId: posted.value.message.id,
    [Symbol.asyncDispose]: () => inbox[Symbol.asyncDispose](),
  };
}

Deno.test("everything of a message is hidden from whoever is not in its inbox, by whatever id it is asked for", async () => {
  await using thread = await openThread();
  const { core } = thread.inbox;
  const { conversationId, messageId, replyId } = thread;

  for (const stranger of [as(thread.inbox, "agent", false), as(thread.inbox, "viewer", false)]) {
    const answers = {
      list: await core.messages.list(stranger, conversationId, {}),
      get: await core.messages.get(stranger, messageId),
      raw: await core.messages.raw(stranger, messageId),
      html: await core.messages.html(stranger, messageId, { images: true }),
      sanitized: await core.messages.sanitizedHtml(stranger, messageId),
      retry: await core.messages.retry(stranger, replyId),
      cancel: await core.messages.cancel(stranger, replyId),
      post: await core.messages.post(stranger, conversationId, { kind: "comment", text: "x" }),
      conversation: await core.conversations.get(stranger, conversationId),
      read: await core.conversations.markRead(stranger, conversationId),
      update: await core.conversations.update(stranger, conversationId, { status: "closed" }),
    };
    for (const [name, answer] of Object.entries(answers)) {
      assert.equal(codeOf(answer), "not_found", name);
    }
  }
});

Deno.test("a viewer reads everything of a message and changes nothing of it", async () => {
  await using thread = await openThread();
  const { core } = thread.inbox;
  const { conversationId, messageId, replyId } = thread;
  const viewer = as(thread.inbox, "viewer", true);

  assert.equal(codeOf(await core.messages.get(viewer, messageId)), "ok");
  assert.equal(codeOf(await core.messages.html(viewer, messageId, { images: false })), "ok");
  const post = { kind: "comment", text: "x" } as const;
  assert.equal(codeOf(await core.messages.post(viewer, conversationId, post)), "forbidden");
  assert.equal(codeOf(await core.messages.retry(viewer, replyId)), "forbidden");
  assert.equal(codeOf(await core.messages.cancel(viewer, replyId)), "forbidden");
  assert.equal((await thread.inbox.thread(conversationId)).at(-1)?.status, "failed");
});

Deno.test("retry() and cancel() say what state a message is in that they cannot change", async () => {
  await using thread = await openThread();
  const { core, agent } = thread.inbox;
  const { messageId, replyId } = thread;

  assert.equal(codeOf(await core.messages.retry(agent, messageId)), "conflict");
  assert.equal(codeOf(await core.messages.cancel(agent, replyId)), "conflict");
  assert.equal(codeOf(await core.messages.retry(agent, replyId)), "ok");
  assert.equal(codeOf(await core.messages.retry(agent, replyId)), "conflict");
  await thread.inbox.runJobs();
  assert.equal(codeOf(await core.messages.cancel(agent, replyId)), "conflict");
  for (const id of ["msg_none", "x".repeat(5_000), ""]) {
    assert.equal(codeOf(await core.messages.retry(agent, id)), "not_found");
    assert.equal(codeOf(await core.messages.cancel(agent, id)), "not_found");
    assert.equal(codeOf(await core.messages.get(agent, id)), "not_found");
  }
});

Deno.test("raw() gives the delivery byte by byte, and no part of it to whoever may not read all it holds", async () => {
  await using thread = await openThread();
  const { core, agent } = thread.inbox;
  const { messageId, otherId, body } = thread;

  const raw = await core.messages.raw(agent, messageId);
  assert(raw.ok);
  assert.equal(await new Response(raw.value.stream()).text(), body);
  const other = await core.inboxes.create(ROOT, { name: "Other", memberIds: [] });
  assert(other.ok);
  await core.conversations.update(ROOT, otherId, { inboxId: other.value.id });

  assert.equal(codeOf(await core.messages.get(agent, messageId)), "ok");
  assert.equal(codeOf(await core.messages.raw(agent, messageId)), "not_found");
  assert.equal(codeOf(await core.messages.raw(ROOT, messageId)), "ok");
});

Deno.test("list() pages through a thread without gap or repetition, back and forward", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await inbox.write("1");
  for (let i = 2; i <= 12; i++) await inbox.write(String(i), { conversationId });
  const texts = (items: readonly { text: string }[]) => items.map(({ text }) => Number(text));

  const back: number[] = [];
  let before: string | undefined;
  do {
    const page = await inbox.core.messages.list(inbox.agent, conversationId, { limit: 5, before });
    assert(page.ok);
    back.unshift(...texts(page.value.items));
    before = page.value.next ?? undefined;
  } while (before !== undefined);
  const forward: number[] = [];
  let afterSeq: number | undefined = 0;
  do {
    const page = await inbox.core.messages.list(inbox.agent, conversationId, {
      limit: 5,
      afterSeq,
    });
    assert(page.ok);
    forward.push(...texts(page.value.items));
    afterSeq = page.value.next === null ? undefined : Number(page.value.next);
  } while (afterSeq !== undefined);

  const all = Array.from({ length: 12 }, (_, i) => i + 1);
  assert.deepEqual(back, all);
  assert.deepEqual(forward, all);
  for (const place of [{ afterSeq: Number.MAX_SAFE_INTEGER }, { before: "0" }, { before: "1" }]) {
    const page = await inbox.core.messages.list(inbox.agent, conversationId, place);
    assert(page.ok);
    assert.deepEqual(page.value, { items: [], next: null });
  }
  for (const before of ["x", "-1", "1.5"]) {
    const page = await inbox.core.messages.list(inbox.agent, conversationId, { before });
    assert.equal(codeOf(page), "invalid", before);
  }
});
