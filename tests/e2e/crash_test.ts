/** The process is killed in the middle of its work: what it answered for is there, and nothing happens twice. */
import assert from "node:assert/strict";
import { openMailServer } from "../fakes/mail_server.ts";
import { postMail } from "./post_mail.ts";
import { addChat, addMailbox, startWorkspace } from "./test_workspace.ts";
import { until } from "./until.ts";
import { createVisitorClient, type VisitorClient } from "./visitor_client.ts";

const POSTS = 200;
const VISITORS = 10;
/** Answers after which the process is killed. */
const KILL_AFTER = 60;
const UNDO_SECONDS = 3;
const SENT_TIMEOUT_MS = 20_000;

interface Post {
  readonly visitor: VisitorClient;
  readonly conversationId: string;
  readonly id: string;
  readonly text: string;
}

Deno.test("a kill in the middle of 200 visitors' messages loses none that was answered", async () => {
  await using workspace = await startWorkspace();
  const { api, url } = workspace;
  const channel = await addChat(workspace);
  const posts = await planPosts(url, channel.id);

  const answered = new Set<Post>();
  let isKilled = false;
  const results = await Promise.allSettled(posts.map(async (post) => {
    const status = await send(post);
    assert.equal(status, 201);
    answered.add(post);
    if (answered.size < KILL_AFTER || isKilled) return;
    isKilled = true;
    await workspace.stop("SIGKILL");
  }));
  const lost = results.filter(({ status }) => status === "rejected").length;
  assert.ok(lost > 0, "the kill came too late to interrupt anything");
  assert.ok(answered.size >= KILL_AFTER);
  await workspace.start();

  const before = await readAll(api);
  for (const { text } of answered) assert.equal(before.get(text), 1, text);
  // As the widget's outbox does: what was not answered is sent again under its id.
  const again = posts.filter((post) => !answered.has(post));
  const statuses = await Promise.all(again.map(send));
  assert.ok(statuses.every((status) => status === 200 || status === 201));
  const after = await readAll(api);
  for (const { text } of posts) assert.equal(after.get(text), 1, text);
  assert.equal(after.size, POSTS + VISITORS);
});

Deno.test("a reply that waits in the outbox when the process is killed is sent once", async () => {
  await using mailServer = await openMailServer();
  await using workspace = await startWorkspace();
  const { api, url } = workspace;
  const channel = await addMailbox(workspace, mailServer.port);
  await postMail(url, channel.id, {
    subject: "La mia bici",
    messageId: "first@posta.example",
    text: "Ciao!",
  });
  const [conversation] = await until(async () => {
    const found = await api.conversations();
    return found.length > 0 && found;
  });
  const path = `/conversations/${conversation?.id}/messages`;
  const reply = (text: string) =>
    api.call<{ id: string }>(path, { kind: "reply", text, undoSeconds: UNDO_SECONDS });
  const waiting = await reply("It is ready.");
  const canceled = await reply("Forget it.");
  await api.call(`/messages/${canceled.id}/cancel`, {});

  await workspace.stop("SIGKILL");
  assert.equal(mailServer.received.length, 0);
  await workspace.start();

  await until(
    async () =>
      (await api.messages(conversation?.id ?? "")).find(({ id }) => id === waiting.id)
        ?.status === "sent",
    { timeoutMs: SENT_TIMEOUT_MS, what: "the reply is sent" },
  );
  // A second restart finds nothing left to do.
  await workspace.stop();
  await workspace.start();
  await until(async () => (await fetch(`${url}/readyz`).then((res) => res.json())).ok);
  assert.equal(mailServer.received.length, 1);
  const statuses = (await api.messages(conversation?.id ?? "")).map(({ status }) => status);
  assert.deepEqual(statuses, ["received", "sent", "canceled"]);
});

/** Twenty posts of each visitor, in turns. */
async function planPosts(url: string, channelId: string): Promise<readonly Post[]> {
  const visitors = await Promise.all(
    Array.from({ length: VISITORS }, async (_, index) => {
      const visitor = await createVisitorClient(url, channelId);
      return { visitor, conversationId: (await visitor.start(`Hello from ${index}`)).id };
    }),
  );
  return Array.from({ length: POSTS }, (_, index) => {
    const one = visitors[index % VISITORS];
    assert.ok(one);
    return { ...one, id: crypto.randomUUID(), text: `message ${index}` };
  });
}

/** @returns the answer's status. @throws when none came */
async function send({ visitor, conversationId, id, text }: Post): Promise<number> {
  const response = await visitor.request(`/conversations/${conversationId}/messages`, { id, text });
  await response.text();
  return response.status;
}

/** How often each text is stored, over all conversations. */
async function readAll(
  api: Awaited<ReturnType<typeof startWorkspace>>["api"],
): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (const { id } of await api.conversations()) {
    for (const { text, kind } of await api.messages(id)) {
      if (kind === "inbound") counts.set(text, (counts.get(text) ?? 0) + 1);
    }
  }
  return counts;
}
