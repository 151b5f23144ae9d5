/** Who is told when, on a fake clock; the mails themselves are in tests/mail. */
import assert from "node:assert/strict";
import { email } from "../../adapters/email/mod.ts";
import type { Principal } from "../mod.ts";
import type { SystemMail } from "../ports.ts";
import { openTestInbox, type TestInbox } from "../../tests/fakes/test_inbox.ts";

const WAIT_MS = 2 * 60_000;
const HOUR_MS = 60 * 60_000;
const ROOT: Principal = { type: "token", id: "tok_root", name: "Root", role: "owner" };

interface Told extends AsyncDisposable {
  readonly inbox: TestInbox;
  /** Parley's own mails, oldest first. */
  readonly mails: SystemMail[];
  /** Assigned to the agent. */
  readonly id: string;
  wait(ms?: number): Promise<void>;
}

async function openTold(
  mailer: (mail: SystemMail) => void = () => {},
): Promise<Told> {
  const mails: SystemMail[] = [];
  const systemMailer = (mail: SystemMail) => {
    mailer(mail);
    mails.push(mail);
    return Promise.resolve();
  };
  const inbox = await openTestInbox({
    adapters: [email],
    env: { PARLEY_URL: "https://inbox.example" },
    ports: { systemMailer },
  });
  const { conversationId: id } = await inbox.write("Hello");
  await inbox.core.conversations.update(inbox.agent, id, { assigneeId: inbox.agent.user.id });
  const wait = async (ms = WAIT_MS) => {
    await inbox.core.notifications.drain();
    inbox.ports.clock.advance(ms);
    await inbox.runJobs();
  };
  await wait();
  mails.length = 0;
  return {
    inbox,
    mails,
    id,
    wait,
    [Symbol.asyncDispose]: () => inbox[Symbol.asyncDispose](),
  };
}

Deno.test("Parley's own mailer is used where there is one; without a mailbox nothing can be answered", async () => {
  await using told = await openTold();
  const { inbox, mails, id, wait } = told;
  await inbox.write("Any news?", { conversationId: id });
  await wait();

  assert.equal(mails.length, 1);
  assert.equal(mails[0]?.to, "nora@parley.example");
  assert.equal(mails[0]?.replyTo, undefined);
  assert.match(mails[0]?.text ?? "", /cannot be answered: write in Parley/);
  assert.match(mails[0]?.text ?? "", new RegExp(`https://inbox\\.example/inbox/all/open/${id}`));
});

Deno.test("with a mailbox in the inbox a chat is answered by mail too", async () => {
  await using told = await openTold();
  const { inbox, mails, id, wait } = told;
  await addMailbox(inbox);
  await inbox.write("Any news?", { conversationId: id });
  await wait();

  assert.match(mails[0]?.replyTo ?? "", /^help\+a\.[a-z2-7]{16}@veloce\.example$/);
  assert.match(mails[0]?.messageId ?? "", /^n\.[a-z2-7]{16}\.\d+@veloce\.example$/);
});

async function addMailbox(inbox: TestInbox): Promise<void> {
  const made = await inbox.core.channels.create(ROOT, {
    type: "email",
    inboxId: inbox.inboxId,
    name: "Help",
    config: {
      address: "help@veloce.example",
      inbound: { kind: "push", provider: "raw", secret: "push-secret" },
      outbound: { kind: "system" },
    },
  });
  assert.ok(made.ok, JSON.stringify(made));
}

Deno.test("nobody is told within two minutes, of what was read, or after the choice was taken back", async () => {
  await using told = await openTold();
  const { inbox, mails, id, wait } = told;
  await inbox.write("One", { conversationId: id });
  await wait(WAIT_MS - 1);
  assert.deepEqual(mails, []);
  await inbox.core.conversations.markRead(inbox.agent, id);
  await wait(1);
  assert.deepEqual(mails, []);

  await inbox.write("Two", { conversationId: id });
  await wait(1_000);
  await inbox.core.access.updateProfile(inbox.agent, { notifications: { mail: [] } });
  await wait();
  assert.deepEqual(mails, []);
});

Deno.test("who is assigned by the time the mail is due is told, and nobody else", async () => {
  await using told = await openTold();
  const { inbox, mails, id, wait } = told;
  const tom = await inbox.core.access.createUser(ROOT, {
    name: "Tom",
    email: "tom@parley.example",
    role: "admin",
    password: "correct horse battery",
  });
  assert.ok(tom.ok);
  await inbox.write("One", { conversationId: id });
  await wait(1_000);
  await inbox.core.conversations.update(ROOT, id, { assigneeId: tom.value.id });
  await wait();

  assert.deepEqual(mails.map(({ to }) => to), ["tom@parley.example"]);
});

Deno.test("messages from before the channel was connected are no news", async () => {
  await using told = await openTold();
  const { inbox, mails, id, wait } = told;
  const event = {
    type: "message" as const,
    externalId: "old",
    occurredAt: inbox.ports.clock.now(),
    direction: "in" as const,
    sender: { identities: [{ kind: "email", value: "ana@example.com", verified: true }] },
    hints: [{ by: "conversation" as const, conversationId: id, how: "test" }],
    parts: [{ kind: "text" as const, text: "Long ago" }],
  };
  await inbox.core.inbound.ingest(inbox.channelId, event, { isHistory: true });
  await wait();

  assert.deepEqual(mails, []);
});

Deno.test("a mail that cannot be sent is tried for an hour; what was read meanwhile is not", async () => {
  let isDown = false;
  await using told = await openTold(() => {
    if (isDown) throw new Error("no connection");
  });
  const { inbox, mails, id, wait } = told;
  isDown = true;
  await inbox.write("One", { conversationId: id });
  await wait();
  isDown = false;
  await wait(5 * 60_000);
  assert.equal(mails.length, 1);

  isDown = true;
  await inbox.write("Two", { conversationId: id });
  await wait();
  await inbox.core.conversations.markRead(inbox.agent, id);
  isDown = false;
  await wait(HOUR_MS);
  assert.equal(mails.length, 1);
});

Deno.test("what the log holds from an hour ago is not told any more", async () => {
  await using told = await openTold();
  const { inbox, mails, id, wait } = told;
  // As if the process had slept: what comes is not followed at once.
  const readLog = inbox.store.readLog.bind(inbox.store);
  inbox.store.readLog = () => Promise.resolve([]);
  await inbox.write("Old", { conversationId: id });
  inbox.ports.clock.advance(HOUR_MS + 1);
  inbox.store.readLog = readLog;
  await wait();
  await wait();

  assert.deepEqual(mails, []);
});

Deno.test("what was planned an hour ago is not told any more", async () => {
  await using told = await openTold();
  const { inbox, mails, id, wait } = told;
  await inbox.write("Old", { conversationId: id });
  await wait(1_000);
  inbox.ports.clock.advance(HOUR_MS + WAIT_MS);
  await wait();
  assert.deepEqual(mails, []);

  await inbox.write("New", { conversationId: id });
  await wait();
  assert.equal(mails.length, 1);
});

Deno.test("two processes tell once", async () => {
  await using told = await openTold();
  const { inbox, mails, id, wait } = told;
  await inbox.write("One", { conversationId: id });
  await Promise.all([inbox.core.notifications.drain(), inbox.core.notifications.drain()]);
  inbox.ports.clock.advance(WAIT_MS);
  await Promise.all([inbox.core.jobs.drain(10), inbox.core.jobs.drain(10)]);
  await wait();

  assert.equal(mails.length, 1);
});
