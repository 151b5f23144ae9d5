/** Who is told by mail of a comment that names them, and of what they follow. */
import assert from "node:assert/strict";
import { valueOf } from "../../tests/fakes/access.ts";
import { openTestInbox, type TestInbox } from "../../tests/fakes/test_inbox.ts";
import { principalOfUser } from "../access/mod.ts";
import type { NotificationEvent } from "../model/user.ts";
import type { SystemMail } from "../ports.ts";
import { keys, transact } from "../store/mod.ts";

const WAIT_MS = 2 * 60_000;
const ROOT = { type: "token", id: "tok_root", name: "Root", role: "owner" } as const;

interface MentionWorld extends AsyncDisposable {
  readonly inbox: TestInbox;
  readonly id: string;
  /** A colleague with a conversation of their own to read. */
  readonly ana: TestInbox["agent"];
  /** The agent comments, naming Ana. */
  comment(text: string): Promise<void>;
  /** Two minutes go by, unless it says otherwise; whom Parley wrote to since, and what. */
  wait(ms?: number): Promise<readonly SystemMail[]>;
  choose(mail: readonly NotificationEvent[]): Promise<void>;
}

async function openMentionWorld(): Promise<MentionWorld> {
  const mails: SystemMail[] = [];
  const inbox = await openTestInbox({
    env: { PARLEY_URL: "https://inbox.example" },
    ports: {
      systemMailer: (mail) => {
        mails.push(mail);
        return Promise.resolve();
      },
    },
  });
  const { core } = inbox;
  const made = await core.access.createUser(ROOT, {
    name: "Ana",
    email: "ana@parley.example",
    role: "agent",
    password: "correct horse battery",
    inboxIds: [inbox.inboxId],
  });
  const ana = await principalOfUser(inbox.store, valueOf(made).id);
  assert(ana !== null);
  const { conversationId: id } = await inbox.write("Hello");
  const wait = async (ms = WAIT_MS) => {
    await core.notifications.drain();
    inbox.ports.clock.advance(ms);
    await inbox.runJobs();
    return mails.splice(0);
  };
  await wait();
  return {
    inbox,
    id,
    ana,
    wait,
    async comment(text) {
      const mentions = [{ type: "user" as const, id: ana.user.id }];
      valueOf(await core.messages.post(inbox.agent, id, { kind: "comment", text, mentions }));
    },
    async choose(mail) {
      await transact(inbox.store, (tx) => {
        tx.set(keys.user(ana.user.id), { ...ana.user, notifications: { mail } });
        return Promise.resolve();
      });
    },
    [Symbol.asyncDispose]: () => inbox[Symbol.asyncDispose](),
  };
}

Deno.test("who a comment names is told what it says two minutes later, and cannot answer the customer by that mail", async () => {
  await using world = await openMentionWorld();

  await world.comment("@Ana can you look at the gears?");
  const told = await world.wait();

  assert.deepEqual(told.map(({ to }) => to), ["ana@parley.example"]);
  assert.match(told[0]?.text ?? "", /can you look at the gears\?/);
  assert.match(told[0]?.text ?? "", /because a colleague mentioned you in a comment/);
  assert.match(told[0]?.text ?? "", /cannot be answered: write in Parley/);
  assert.equal(told[0]?.replyTo, undefined);
  assert.deepEqual(await world.wait(), []);
});

Deno.test("nobody is told of a mention they have read, did not choose or may not read any more", async (t) => {
  const reasons: Record<string, (world: MentionWorld) => Promise<unknown>> = {
    "read": ({ inbox, ana, id }) => inbox.core.conversations.markRead(ana, id),
    "not chosen": ({ choose }) => choose(["assigned", "others"]),
    "another inbox": async ({ inbox, id }) => {
      const { core } = inbox;
      const other = valueOf(await core.inboxes.create(ROOT, { name: "Other", memberIds: [] }));
      valueOf(await core.conversations.update(ROOT, id, { inboxId: other.id }));
    },
    "deactivated": ({ inbox, ana }) => inbox.core.access.deactivateUser(ROOT, ana.user.id),
  };
  for (const [name, happen] of Object.entries(reasons)) {
    await t.step(name, async () => {
      await using world = await openMentionWorld();
      await world.comment("@Ana please");

      await happen(world);

      assert.deepEqual(await world.wait(), []);
    });
  }
});

Deno.test("a second comment while nobody was told yet comes in the same mail, a later one in another", async () => {
  await using world = await openMentionWorld();
  await world.comment("@Ana one");
  assert.deepEqual(await world.wait(WAIT_MS / 2), []);
  await world.comment("@Ana two");

  const first = [...await world.wait(WAIT_MS / 2), ...await world.wait()];
  await world.comment("@Ana three");
  const second = await world.wait();

  assert.equal(first.length, 1);
  assert.match(first[0]?.text ?? "", /@Ana one[\s\S]*@Ana two/);
  assert.equal(second.length, 1);
  assert.match(second[0]?.text ?? "", /@Ana three/);
  assert.doesNotMatch(second[0]?.text ?? "", /@Ana two/);
});

Deno.test("followers who chose it are told that the customer wrote", async () => {
  await using world = await openMentionWorld();
  const { inbox, ana, id } = world;
  await world.choose(["followed"]);
  await inbox.write("Before", { conversationId: id });
  assert.deepEqual(await world.wait(), []);
  valueOf(await inbox.core.personal.follow(ana, id, true));

  await inbox.write("Any news?", { conversationId: id });
  const told = await world.wait();

  assert.deepEqual(told.map(({ to }) => to), ["ana@parley.example"]);
  assert.match(told[0]?.text ?? "", /because you follow the conversation/);
});
