import assert from "node:assert/strict";
import type { Conversation } from "../../core/model/conversation.ts";
import type { Message } from "../../core/model/message.ts";
import { keys } from "../../core/store/mod.ts";
import { openTestInbox, type TestInbox } from "../../tests/fakes/test_inbox.ts";
import { BUSY_MORNING } from "./busy_morning.ts";
import { HOSTILE_TEXTS } from "./hostile_texts.ts";
import type { PracticeConfig } from "./config.ts";
import { practice } from "./mod.ts";

const ROOT = { type: "token", id: "tok_root", name: "Root", role: "owner" } as const;
const SECOND = 1_000;
const MINUTE = 60_000;

type Given = { readonly [K in keyof PracticeConfig]?: unknown };

interface World extends AsyncDisposable {
  readonly inbox: TestInbox;
  readonly channelId: string;
  /** Lets time pass, a second at a time or as told, and runs what is due. */
  pass(ms: number, stepMs?: number): Promise<void>;
  conversations(): Promise<readonly Conversation[]>;
  messages(): Promise<readonly Message[]>;
}

async function openWorld(config: Given): Promise<World> {
  const inbox = await openTestInbox({ adapters: [practice] });
  const made = await inbox.core.channels.create(ROOT, {
    type: "practice",
    inboxId: inbox.inboxId,
    name: "Practice",
    config,
  });
  assert.ok(made.ok, JSON.stringify(made));
  await inbox.core.cron();
  const conversations = async () => {
    const found: Conversation[] = [];
    for await (const { value } of inbox.store.list(keys.conversations())) found.push(value);
    return found.sort((a, b) => a.number - b.number);
  };
  const world: World = {
    inbox,
    channelId: made.value.id,
    conversations,
    async pass(ms, stepMs = SECOND) {
      for (let passed = 0; passed < ms; passed += stepMs) {
        inbox.ports.clock.set(inbox.ports.clock.now() + stepMs);
        await inbox.runJobs();
      }
    },
    async messages() {
      return (await Promise.all((await conversations()).map(({ id }) => inbox.thread(id)))).flat()
        .filter(({ kind }) => kind !== "event");
    },
    [Symbol.asyncDispose]: () => inbox[Symbol.asyncDispose](),
  };
  return world;
}

const transcript = (messages: readonly Message[]) =>
  messages.map(({ author, text, status }) => `${author.name} [${status}]: ${text}`);

Deno.test("practice customers write by themselves, and somebody else comes minutes later", async () => {
  await using world = await openWorld({ everyMinutes: 5 });

  await world.pass(MINUTE);
  const first = await world.conversations();
  await world.pass(20 * MINUTE, 5 * SECOND);

  assert.equal(first.length, 1);
  const all = await world.conversations();
  assert.ok(all.length >= 3 && all.length <= 9, `${all.length} came`);
  assert.ok((await world.messages()).length > all.length);
});

Deno.test("practice customers get replies, read them and answer within seconds", async () => {
  await using world = await openWorld({ everyMinutes: 60, answerSeconds: 5 });
  await world.pass(30 * SECOND);
  const [conversation] = await world.conversations();
  assert.ok(conversation);
  const before = (await world.messages()).length;

  await world.inbox.reply(conversation.id, "Which size do you need?");
  await world.inbox.runJobs();
  await world.pass(SECOND);
  const delivered = (await world.messages()).at(-1);
  await world.pass(15 * SECOND);

  assert.equal(delivered?.status, "delivered");
  const [reply, answer] = (await world.messages()).slice(before);
  assert.equal(reply?.status, "read");
  assert.equal(answer?.kind, "inbound");
  assert.equal(answer?.author.name, conversation.contactName);
});

Deno.test("practice customers stay silent after a goodbye, and where they do not answer", async () => {
  for (
    const [config, text] of [[{}, "Have a nice day!"], [{ answers: false }, "What size?"]] as const
  ) {
    await using world = await openWorld({ everyMinutes: 60, ...config });
    await world.pass(30 * SECOND);
    const [conversation] = await world.conversations();
    assert.ok(conversation);

    await world.inbox.reply(conversation.id, text);
    await world.inbox.runJobs();
    await world.pass(30 * SECOND);

    assert.equal((await world.messages()).at(-1)?.status, "read", text);
  }
});

Deno.test("practice is the same play each time with the same number, another with another", async () => {
  const play = async (seed: number) => {
    await using world = await openWorld({ everyMinutes: 2, seed });
    await world.pass(10 * MINUTE, 10 * SECOND);
    return transcript(await world.messages());
  };

  const [first, again, other] = [await play(1), await play(1), await play(2)];

  assert.deepEqual(again, first);
  assert.notDeepEqual(other, first);
});

Deno.test("practice customers who repeat and shuffle leave what well-behaved ones do", async () => {
  const play = async (misbehaviour: object) => {
    await using world = await openWorld({ everyMinutes: 2, misbehaviour });
    await world.pass(15 * MINUTE, 10 * SECOND);
    return transcript(await world.messages()).sort();
  };

  const well = await play({});
  const badly = await play({ repeats: true, shuffles: true });

  assert.ok(well.length > 5);
  assert.deepEqual(badly, well);
});

Deno.test("practice customers who misbehave in every way break nothing", async () => {
  const misbehaviour = Object.fromEntries(
    ["repeats", "shuffles", "hostileText", "files", "edits", "reactions", "silences", "optOuts"]
      .concat("failures").map((name) => [name, true]),
  );
  await using world = await openWorld({ everyMinutes: 1, answerSeconds: 3, misbehaviour });
  for (let round = 0; round < 4; round++) {
    await world.pass(3 * MINUTE, 10 * SECOND);
    for (const { id, status } of await world.conversations()) {
      if (status !== "open") continue;
      await world.inbox.core.messages.post(world.inbox.agent, id, {
        kind: "reply",
        text: "Which one do you mean?",
      });
    }
  }
  await world.pass(8 * 60 * MINUTE, 10 * MINUTE);

  const failed = await world.inbox.core.inbound.failed(ROOT, {});
  assert.deepEqual(failed, { ok: true, value: [] }, "a delivery could not be read");
  const logged = world.inbox.ports.logs.filter(({ level }) => level === "error");
  assert.deepEqual(logged, []);
  const messages = await world.messages();
  assert.ok(messages.some(({ attachments }) => attachments.length > 0), "nobody sent a file");
  assert.ok(messages.some(({ text }) => HOSTILE_TEXTS.includes(text)), "no hostile text came");
  assert.ok(messages.some(({ status }) => status === "failed"), "no reply failed");
  assert.ok(messages.some(({ editedAt }) => editedAt !== undefined), "nobody corrected anything");
  assert.ok(messages.some(({ deletedAt }) => deletedAt !== undefined), "nobody took anything back");
  assert.ok(messages.some(({ reactions = [] }) => reactions.length > 0), "nobody reacted");
});

Deno.test("practice plays a busy morning in order, as fast as told, once", async () => {
  await using world = await openWorld({ everyMinutes: 0, replay: "sample", speed: 100 });
  const took = BUSY_MORNING.reduce((sum, { afterMs }) => sum + afterMs, 0) / 100;

  await world.pass(took / 2);
  const half = (await world.messages()).length;
  await world.pass(took);

  assert.ok(half > 5 && half < BUSY_MORNING.length, `${half} by half time`);
  const messages = (await world.messages()).toSorted((a, b) => a.createdAt - b.createdAt);
  assert.equal(messages.length, BUSY_MORNING.length);
  for (const [from, count] of Map.groupBy(BUSY_MORNING, ({ from }) => from)) {
    const theirs = messages.filter(({ author }) => author.name === from).map(({ text }) => text);
    assert.deepEqual(theirs, count.map(({ text }) => text));
  }
});

Deno.test("practice plays one's own traffic, again when it is changed, and never all at once after a pause", async () => {
  const line = (text: string) => JSON.stringify({ afterMs: 2_000, from: "Giulia", text });
  const lines = ["one", "two", "three", "four", "five", "six"];
  const traffic = lines.map(line).join("\n");
  await using world = await openWorld({ everyMinutes: 0, replay: "own", traffic, speed: 1 });
  const { channels, cron } = world.inbox.core;
  const texts = async () => (await world.messages()).map(({ text }) => text);

  await world.pass(5 * SECOND);
  assert.deepEqual(await texts(), ["one", "two"]);
  await channels.update(ROOT, world.channelId, { status: "paused" });
  await world.pass(60 * MINUTE, MINUTE);
  assert.deepEqual(await texts(), ["one", "two"]);
  await channels.update(ROOT, world.channelId, { status: "ready" });
  await cron();
  await world.pass(1 * SECOND);
  assert.deepEqual(await texts(), ["one", "two", "three"]);
  await world.pass(10 * SECOND);
  assert.deepEqual(await texts(), lines);

  await channels.update(ROOT, world.channelId, { config: { speed: 2 } });
  await cron();
  await world.pass(10 * SECOND);
  assert.deepEqual(await texts(), [...lines, ...lines]);
});

Deno.test("practice refuses to write to anybody real", async () => {
  const { recipient, ...part } = {
    outboxId: "msg_1",
    conversationId: "cnv_1",
    conversationNumber: 1,
    createdAt: 0,
    index: 0,
    authorName: "Nora Visser",
    text: "Hello",
    attachments: [],
    recipient: { contactId: "con_1", name: "Ana" },
  };
  const identities = [{ kind: "email", value: "ana@example.com" }];
  const channel = { id: "chn_1", name: "Practice", config: practice.config.parse({}) };

  // The adapter looks at nothing of its `io` but the clock.
  const io = { now: () => 0 } as Parameters<typeof practice.send>[2];
  const sent = await practice.send(
    { ...part, recipient: { ...recipient, identities } },
    channel,
    io,
  );

  assert.equal(!sent.ok && sent.error.code, "recipient_unreachable");
});
