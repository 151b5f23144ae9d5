import assert from "node:assert/strict";
import { valueOf } from "../../tests/fakes/access.ts";
import { openTestInbox, type TestInbox } from "../../tests/fakes/test_inbox.ts";
import type { Principal } from "../access/mod.ts";
import { keys } from "../store/mod.ts";
import type { MacroInput } from "./macros.ts";

const ROOT: Principal = { type: "token", id: "tok_root", name: "Root", role: "owner" };
const TAGS = Array.from({ length: 30 }, (_, n) => `${n}`.padEnd(50, "x"));
const ORDERED: MacroInput = {
  name: "Parts ordered",
  text: "Hi {{contact.firstName|there}}, the parts are ordered. {{agent.firstName}}",
  actions: [
    { type: "reply" },
    { type: "tags", add: ["parts"] },
    { type: "snooze", minutes: 5 * 24 * 60 },
  ],
};

Deno.test("macros.run() replies and changes the conversation in one commit", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await inbox.write("Hello");
  const id = await macro(inbox, ORDERED);
  const before = await entries(inbox);

  const ran = valueOf(await inbox.core.macros.run(inbox.agent, conversationId, id));

  assert.equal(await entries(inbox) - before, 1);
  const after = await inbox.conversation(conversationId);
  assert.equal(after.status, "snoozed");
  assert.deepEqual(after.tags, ["parts"]);
  assert.equal(after.assigneeId, inbox.agent.user.id);
  assert.deepEqual(ran.conversation, after);
  const thread = await inbox.thread(conversationId);
  assert.deepEqual(thread.map(({ kind }) => kind), ["inbound", "reply", "event", "event"]);
  assert.deepEqual(thread.map(({ seq }) => seq), [1, 2, 3, 4]);
  assert.equal(thread[1]!.text, "Hi ana, the parts are ordered. Nora");
  assert.equal(ran.compose, null);
  await inbox.runJobs();
  assert.equal((await inbox.thread(conversationId))[1]!.status, "sent");
});

Deno.test("macros.run() does nothing at all when its reply or its change is refused", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await inbox.write("Hello");
  const missing = await macro(inbox, { ...ORDERED, text: "Call {{contact.phone}}" });
  const nobody = valueOf(
    await inbox.core.access.createUser(ROOT, {
      name: "Ana Hoek",
      email: "ana@parley.example",
      role: "agent",
      password: "correct horse battery",
    }),
  );
  const foreign = await macro(inbox, {
    ...ORDERED,
    actions: [{ type: "reply" }, { type: "assign", to: nobody.id }],
  });
  const before = await inbox.conversation(conversationId);

  const unfilled = await inbox.core.macros.run(inbox.agent, conversationId, missing);
  const refused = await inbox.core.macros.run(inbox.agent, conversationId, foreign);
  const old = await inbox.core.macros.run(inbox.agent, conversationId, foreign, { ifVersion: 0 });

  assert.deepEqual(errorOf(unfilled), {
    code: "invalid",
    errors: [{ path: "text", message: "has no value for contact.phone" }],
  });
  assert.deepEqual(errorOf(refused), {
    code: "invalid",
    errors: [{ path: "assigneeId", message: "is nobody who works in this inbox" }],
  });
  assert.equal(errorOf(old)?.code, "version_conflict");
  assert.deepEqual(await inbox.conversation(conversationId), before);
  await inbox.runJobs();
  assert.equal(inbox.sent.length, 0);
});

Deno.test("macros.run() happens once under one key, twice asked at once too", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await inbox.write("Hello");
  const id = await macro(inbox, {
    ...ORDERED,
    actions: [...ORDERED.actions!, { type: "comment", text: "Told {{contact.name|them}}" }],
  });
  const once = { idempotency: { scope: "run", key: "k", bodyHash: "h" } };
  const run = () => inbox.core.macros.run(inbox.agent, conversationId, id, {}, once);

  const [first, twin] = await Promise.all([run(), run()]);
  const again = await run();
  await inbox.runJobs();

  assert.ok(first!.ok && twin!.ok && again.ok);
  assert.equal(first!.ok && first!.value.messages.length, 2);
  const kinds = (await inbox.thread(conversationId)).map(({ kind }) => kind);
  assert.deepEqual(kinds, ["inbound", "reply", "event", "event", "comment"]);
  assert.equal(valueOf(await inbox.core.macros.get(inbox.agent, id)).usedCount, 1);
});

Deno.test("macros.run() leaves words to the composer unless it sends them", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await inbox.write("Hello");
  const id = await macro(inbox, {
    name: "Ask for the phone",
    text: "Is {{contact.phone}} right?",
    actions: [{ type: "status", status: "closed" }],
  });

  const ran = valueOf(await inbox.core.macros.run(inbox.agent, conversationId, id));

  assert.deepEqual(ran.compose, {
    text: "Is {{contact.phone}} right?",
    missing: ["contact.phone"],
  });
  assert.deepEqual(ran.messages, []);
  assert.equal((await inbox.conversation(conversationId)).status, "closed");
});

Deno.test("macros.run() says what is missing when the comment behind its reply is refused", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await inbox.write("Hello");
  const elsewhere = valueOf(await inbox.core.inboxes.create(ROOT, { name: "Workshop" }));
  const agent = { ...inbox.agent, inboxIds: new Set([inbox.inboxId, elsewhere.id]) };
  const id = valueOf(
    await inbox.core.macros.create(agent, {
      name: "Hand over",
      text: "The workshop answers you.",
      actions: [
        { type: "reply" },
        { type: "comment", text: "Yours" },
        { type: "move", inboxId: elsewhere.id },
      ],
    }),
  ).id;
  // As it is when somebody is taken out of the inbox in between.
  let asked = 0;
  const losing = {
    ...agent,
    inboxIds: {
      has: (inboxId: string) =>
        inboxId === inbox.inboxId || (inboxId === elsewhere.id && asked++ < 1),
    } as unknown as ReadonlySet<string>,
  };

  const ran = valueOf(await inbox.core.macros.run(losing, conversationId, id));

  assert.equal(ran.failed?.code, "not_found");
  assert.equal(ran.conversation.inboxId, elsewhere.id);
  assert.equal(ran.messages.length, 1);
});

Deno.test("macros.run() adds to the tags of each of many, whoever else tags them", async () => {
  await using inbox = await openTestInbox();
  const id = await macro(inbox, { name: "Tag", actions: [{ type: "tags", add: ["seen"] }] });
  const written = [];
  for (let n = 0; n < 20; n++) written.push(await inbox.write("Hi", { from: `c${n}@example.com` }));

  await Promise.all(written.flatMap(({ conversationId }) => [
    inbox.core.macros.run(inbox.agent, conversationId, id),
    inbox.core.conversations.update(inbox.agent, conversationId, { priority: "high" }),
  ]));
  await inbox.runJobs();

  for (const { conversationId } of written) {
    const { tags, priority } = await inbox.conversation(conversationId);
    assert.deepEqual([tags, priority], [["seen"], "high"]);
  }
  assert.equal(valueOf(await inbox.core.macros.get(inbox.agent, id)).usedCount, 20);
});

Deno.test("macros.preview() says what would be done and does nothing", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await inbox.write("Hello");
  const id = await macro(inbox, ORDERED);
  const before = await inbox.conversation(conversationId);

  const plan = valueOf(await inbox.core.macros.preview(inbox.agent, conversationId, id));

  assert.equal(plan.text, "Hi ana, the parts are ordered. Nora");
  assert.equal(plan.sendsReply, true);
  assert.deepEqual(plan.patch.tags, ["parts"]);
  assert.deepEqual(await inbox.conversation(conversationId), before);
});

Deno.test("macros.create() refuses what could never run", async () => {
  await using inbox = await openTestInbox();
  const table: readonly [Partial<MacroInput>, path: string][] = [
    [{}, "actions"],
    [{ actions: [{ type: "reply" }] }, "text"],
    [{ text: "x", actions: [{ type: "reply" }, { type: "reply" }] }, "actions"],
    [{ actions: [{ type: "assign", to: "usr_none" }] }, "actions.0.to"],
    [{ actions: [{ type: "move", inboxId: "inb_none" }] }, "actions.0.inboxId"],
    [{ actions: [{ type: "team", teamId: "tem_none" }] }, "actions.0.teamId"],
    [{ actions: [{ type: "tags" }] }, "actions.0.add"],
    [{ actions: [{ type: "snooze", minutes: 0 }] }, "actions.0.minutes"],
    [{ actions: [{ type: "comment", text: "{{x}}" }] }, "actions.0.text"],
    [{ text: "{{x}}" }, "text"],
    // Each is as long as it may be; all together are more than a record holds.
    [{
      html: "ж".repeat(8_000),
      actions: Array.from({ length: 20 }, () => ({ type: "tags", add: TAGS })),
    }, "actions"],
    [{ text: "x", sharing: { kind: "team", teamId: "tem_none" } }, "sharing.teamId"],
  ];

  for (const [input, path] of table) {
    const made = await inbox.core.macros.create(inbox.agent, { name: "Bad", ...input });
    const error = errorOf(made);
    assert.equal(error?.code === "invalid" && error.errors[0]?.path, path);
  }
});

Deno.test("macros.run() makes tags of names nobody used before, and follows those that are called otherwise now", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await inbox.write("Hello");
  const { core, agent } = inbox;
  const add = await macro(inbox, { name: "Add", actions: [{ type: "tags", add: ["Warranty"] }] });
  const take = await macro(inbox, {
    name: "Take",
    actions: [{ type: "tags", remove: ["warranty"] }],
  });

  valueOf(await core.macros.run(agent, conversationId, add));
  const [tag] = await core.tags.list(ROOT);
  assert.equal(tag?.name, "Warranty");
  valueOf(await core.tags.update(ROOT, tag.id, { name: "Guarantee" }));
  await inbox.runJobs();
  valueOf(await core.macros.run(agent, conversationId, take));

  assert.deepEqual((await inbox.conversation(conversationId)).tags, []);
  valueOf(await core.macros.run(agent, conversationId, add));
  assert.deepEqual((await inbox.conversation(conversationId)).tags, ["Guarantee"]);
});

async function macro({ core, agent }: TestInbox, input: MacroInput): Promise<string> {
  return valueOf(await core.macros.create(agent, input)).id;
}

/** How many commits there were that anybody hears of. */
async function entries({ store }: TestInbox): Promise<number> {
  return (await Array.fromAsync(store.list(keys.logAfter("")))).length;
}

function errorOf<T, E>(result: { ok: true; value: T } | { ok: false; error: E }): E | null {
  return result.ok ? null : result.error;
}
