import assert from "node:assert/strict";
import { openTestInbox } from "../../tests/fakes/test_inbox.ts";
import { err } from "../result.ts";
import { createResumer } from "./resume.ts";

type Resume = ReturnType<typeof createResumer>;

Deno.test("createResumer() lets a waiting reply go, also when its conversation is merged before it does", async () => {
  await using inbox = await openTestInbox();
  const { store, ports, channelId } = inbox;
  const from = (await inbox.write("A")).conversationId;
  ports.clock.advance(1_000);
  const into = (await inbox.write("B")).conversationId;
  inbox.answers.push(err({ code: "unavailable", message: "Down" }));
  const reply = await inbox.reply(from, "Answer");
  await inbox.runJobs();
  assert.equal((await inbox.thread(from)).at(-1)?.status, "queued", "it is tried again later");

  // Only the payload of the job is looked at.
  const job = { payload: { channelId } } as unknown as Parameters<Resume>[0];
  await createResumer(store)(job, {} as unknown as Parameters<Resume>[1]);
  const merged = await inbox.core.threads.merge(inbox.agent, from, into);
  assert(merged.ok, JSON.stringify(merged));
  await inbox.runJobs();

  assert.deepEqual(inbox.sent.map(({ outboxId }) => outboxId), [reply.id, reply.id]);
  const sent = (await inbox.thread(into)).find(({ id }) => id === reply.id);
  assert.equal(sent?.status, "sent");
});
