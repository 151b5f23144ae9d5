import assert from "node:assert/strict";
import fc from "fast-check";
import { openTestInbox, type TestInbox } from "../../tests/fakes/test_inbox.ts";
import type { Conversation } from "../model/conversation.ts";
import { Conversation as Schema, isLive } from "../model/conversation.ts";
import { keys } from "../store/mod.ts";
import { donePlace } from "./put.ts";

const Step = fc.oneof(
  fc.record({
    do: fc.constant("write" as const),
    at: fc.nat(3),
    n: fc.integer({ min: 1, max: 3 }),
  }),
  fc.record({
    do: fc.constant("reply" as const),
    at: fc.nat(3),
    n: fc.integer({ min: 1, max: 2 }),
  }),
  fc.record({
    do: fc.constant("status" as const),
    at: fc.nat(3),
    status: fc.constantFrom("open", "closed", "spam", "trash"),
  }),
  fc.record({
    do: fc.constant("snooze" as const),
    at: fc.nat(3),
    ms: fc.integer({ min: 1, max: 5_000 }),
  }),
  fc.record({ do: fc.constant("assign" as const), at: fc.nat(3), on: fc.boolean() }),
  fc.record({ do: fc.constant("move" as const), at: fc.nat(3), back: fc.boolean() }),
  fc.record({ do: fc.constant("time" as const), ms: fc.integer({ min: 1, max: 4_000 }) }),
);

Deno.test("after any interleaving of commands the live table and the stored orders equal a rebuild, and nothing is lost", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(Step, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 6 }),
      async (rounds) => {
        await using inbox = await openTestInbox();
        const root = { type: "token", id: "tok", name: "Root", role: "owner" } as const;
        const other = await inbox.core.inboxes.create(root, { name: "Other", memberIds: [] });
        assert(other.ok);
        const ids: string[] = [];
        for (let i = 0; i < 4; i++) {
          ids.push((await inbox.write(`c${i}`, { from: `c${i}@example.com` })).conversationId);
        }
        let written = 4;

        for (const round of rounds) {
          await Promise.all(round.map(async (step) => {
            const id = "at" in step ? ids[step.at]! : "";
            switch (step.do) {
              case "write":
                written += step.n;
                return await Promise.all(
                  Array.from({ length: step.n }, () => inbox.write("more", { conversationId: id })),
                );
              case "reply":
                written += step.n;
                return await Promise.all(
                  Array.from(
                    { length: step.n },
                    () => inbox.core.messages.post(root, id, { kind: "reply", text: "r" }),
                  ),
                );
              case "status":
                return await inbox.core.conversations.update(root, id, {
                  status: step.status as Conversation["status"],
                });
              case "snooze":
                return await inbox.core.conversations.update(root, id, {
                  snoozedUntil: inbox.ports.clock.now() + step.ms,
                });
              case "assign":
                return await inbox.core.conversations.update(root, id, {
                  assigneeId: step.on ? inbox.agent.user.id : null,
                });
              case "move":
                return await inbox.core.conversations.update(root, id, {
                  inboxId: step.back ? inbox.inboxId : other.value.id,
                });
              case "time":
                return inbox.ports.clock.advance(step.ms);
            }
          }));
          await inbox.runJobs();
        }

        await compareWithRebuild(inbox, written);
      },
    ),
    { numRuns: 25 },
  );
});

async function compareWithRebuild(inbox: TestInbox, written: number): Promise<void> {
  const all: Conversation[] = [];
  for await (const { value } of inbox.store.list(keys.conversations())) {
    all.push(Schema.parse(value));
  }
  const live: Conversation[] = [];
  for await (const { value } of inbox.store.list(keys.liveConversations())) live.push(value);
  const done: string[] = [];
  for (const inboxId of new Set(all.map((one) => one.inboxId))) {
    for (const status of ["closed", "spam", "trash"] as const) {
      for await (const { path } of inbox.store.list(keys.doneOfInbox(status, inboxId))) {
        done.push(path.slice(1).join(" "));
      }
    }
  }
  await inbox.core.live.settled();

  const byId = (a: Conversation, b: Conversation) => a.id < b.id ? -1 : 1;
  const wanted = all.filter(({ status }) => isLive(status)).sort(byId);
  assert.deepEqual(live.sort(byId), wanted);
  assert.deepEqual([...inbox.core.live.rows()].sort(byId), wanted);
  assert.deepEqual(done.sort(), all.flatMap((one) => donePlace(one)?.join(" ") ?? []).sort());
  let counted = 0;
  for (const conversation of all) {
    const thread = await inbox.thread(conversation.id);
    assert.deepEqual(thread.map(({ seq }) => seq), thread.map((_, i) => i + 1));
    assert.equal(thread.length, conversation.lastSeq);
    const messages = thread.filter(({ kind }) => kind !== "event");
    assert.equal(messages.length, conversation.version);
    counted += messages.length;
  }
  assert.equal(counted, written);
}
