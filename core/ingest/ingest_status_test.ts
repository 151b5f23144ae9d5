import assert from "node:assert/strict";
import fc from "fast-check";
import { type InboundEvent, ok } from "../channel/mod.ts";
import { openTestInbox, type TestInbox } from "../../tests/fakes/test_inbox.ts";
import { keys } from "../store/mod.ts";

const THREAD = [{ by: "thread", threadKey: "t1", how: "test" }] as const;

type Status = Extract<InboundEvent, { readonly type: "status" }>;

function status(status: Status["status"], target: Status["target"], occurredAt = 1): Status {
  return {
    type: "status",
    externalId: `${status} ${JSON.stringify(target)}`,
    occurredAt,
    status,
    target,
  };
}

async function take(inbox: TestInbox, event: InboundEvent) {
  return (await inbox.core.inbound.ingest(inbox.channelId, event))?.kind;
}

Deno.test("a receipt by the provider's id that comes before the answer naming it waits for it", async () => {
  for (const reported of ["delivered", "read", "failed"] as const) {
    await using inbox = await openTestInbox();
    const { conversationId } = await inbox.write("Question");
    const seen: unknown[] = [];
    inbox.answers.push(async () => {
      const event = status(reported, { by: "external", messageExternalId: "mid-1" });
      const error = { code: "rejected", message: "No" };
      seen.push(await take(inbox, reported === "failed" ? { ...event, error } : event));
      return ok({ externalId: "mid-1", status: "sent" });
    });

    const { id } = await inbox.reply(conversationId, "Answer");
    await inbox.runJobs();

    assert.deepEqual(seen, ["early"]);
    const message = (await inbox.thread(conversationId)).at(-1);
    assert.equal(message?.status, reported);
    assert.equal(message?.error?.code, reported === "failed" ? "rejected" : undefined);
    const { failedMessageId } = await inbox.conversation(conversationId);
    assert.equal(failedMessageId, reported === "failed" ? id : null);
  }
});

Deno.test("a watermark that comes before the answer holds for the message once it is sent, not for later ones", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await inbox.write("Question", { event: { hints: [...THREAD] } });
  const now = inbox.ports.clock.now();
  inbox.answers.push(async ({ outboxId }) => {
    inbox.ports.clock.advance(300);
    await take(inbox, status("read", { by: "watermark", threadKey: "t1", upTo: now + 200 }));
    await take(inbox, {
      type: "message",
      externalId: "mid-1",
      occurredAt: now + 100,
      direction: "echo_own",
      outboxId,
      sender: { identities: [{ kind: "email", value: "ana@example.com", verified: true }] },
      hints: [...THREAD],
      parts: [],
    });
    return ok({ externalId: "mid-1", status: "sent" });
  });

  await inbox.reply(conversationId, "One");
  await inbox.runJobs();
  await inbox.reply(conversationId, "Two");
  await inbox.runJobs();

  const replies = (await inbox.thread(conversationId)).filter(({ kind }) => kind === "reply");
  assert.deepEqual(replies.map((one) => one.status), ["read", "sent"]);
});

Deno.test("a watermark moves all up to its time, and none back", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await inbox.write("Question", { event: { hints: [...THREAD] } });
  const times: number[] = [];
  for (const text of ["One", "Two", "Three"]) {
    await inbox.reply(conversationId, text);
    await inbox.runJobs();
    times.push(inbox.ports.clock.now());
    inbox.ports.clock.advance(1_000);
  }
  const upTo = (i: number) => ({ by: "watermark", threadKey: "t1", upTo: times[i]! }) as const;

  await take(inbox, status("read", upTo(0)));
  await take(inbox, status("delivered", upTo(1)));
  await take(inbox, status("delivered", upTo(0)));

  const replies = (await inbox.thread(conversationId)).filter(({ kind }) => kind === "reply");
  assert.deepEqual(replies.map((one) => one.status), ["read", "delivered", "sent"]);
});

Deno.test("receipts and the echo of a reply, in any order around its answer, lead to the same", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray([0, 1, 2, 3, 0, 1, 2, 3], { minLength: 8, maxLength: 8 }),
      fc.nat(8),
      async (order, before) => {
        await using inbox = await openTestInbox();
        const { conversationId } = await inbox.write("Question", { event: { hints: [...THREAD] } });
        const now = inbox.ports.clock.now();
        const target = { by: "external", messageExternalId: "mid-1" } as const;
        const eventsFor = (outboxId: string): readonly InboundEvent[] => [
          status("sent", { by: "outbox", outboxId }, now),
          status("delivered", target, now),
          status("read", { by: "watermark", threadKey: "t1", upTo: now + 10 }, now),
          {
            type: "message",
            externalId: "mid-1",
            occurredAt: now,
            direction: "echo_own",
            outboxId,
            sender: { identities: [{ kind: "email", value: "ana@example.com", verified: true }] },
            hints: [...THREAD],
            parts: [{ kind: "text", text: "Answer" }],
          },
        ];
        let events: readonly InboundEvent[] = [];
        inbox.answers.push(async ({ outboxId }) => {
          events = eventsFor(outboxId);
          for (const i of order.slice(0, before)) await take(inbox, events[i]!);
          return ok({ externalId: "mid-1", status: "sent" });
        });

        await inbox.reply(conversationId, "Answer");
        await inbox.runJobs();
        for (const i of order.slice(before)) await take(inbox, events[i]!);

        const thread = await inbox.thread(conversationId);
        assert.equal(thread.length, 2);
        assert.deepEqual([thread[1]?.status, thread[1]?.externalId, thread[1]?.sentAt], [
          "read",
          "mid-1",
          now,
        ]);
      },
    ),
    { numRuns: 25 },
  );
});

Deno.test("a watermark of a thread nobody knows yet holds for the reply from elsewhere that begins it", async () => {
  await using inbox = await openTestInbox();
  const now = inbox.ports.clock.now();
  const outside = (externalId: string, occurredAt: number): InboundEvent => ({
    type: "message",
    externalId,
    occurredAt,
    direction: "echo_other",
    sender: {
      // As many as there may be: each is a check of the commit.
      identities: Array.from(
        { length: 5 },
        (_, i) => ({ kind: "x", value: String(i), verified: true }),
      ),
    },
    hints: [...THREAD],
    parts: [{ kind: "text", text: externalId }],
  });

  const kind = await take(inbox, status("read", { by: "watermark", threadKey: "t1", upTo: now }));
  await take(inbox, outside("o1", now - 10));
  inbox.ports.clock.advance(100);
  await take(inbox, outside("o2", now + 50));

  assert.equal(kind, "early");
  const known = await inbox.store.get(keys.thread(inbox.channelId, "t1"));
  const replies = await inbox.thread(known ?? "");
  assert.deepEqual(replies.map((one) => one.status), ["read", "sent"]);
});

Deno.test("a receipt whose error tells a whole page is taken, before its message comes and after", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await inbox.write("Question");
  const long = "x".repeat(70_000);
  const error = { code: long, message: long, provider: long };
  const failed = (id: string) => ({
    ...status("failed", { by: "external", messageExternalId: id }),
    error,
  });
  inbox.answers.push(() => Promise.resolve(ok({ externalId: "mid-1", status: "sent" })));
  await inbox.reply(conversationId, "Answer");
  await inbox.runJobs();

  assert.equal(await take(inbox, failed("mid-1")), "updated");
  assert.equal(await take(inbox, failed("mid-2")), "early");

  const message = (await inbox.thread(conversationId)).at(-1);
  assert.equal(message?.status, "failed");
  assert.equal(message?.error?.message.length, 1_000);
});
