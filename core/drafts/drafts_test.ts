import assert from "node:assert/strict";
import { openTestInbox, type TestInbox } from "../../tests/fakes/test_inbox.ts";
import { valueOf } from "../../tests/fakes/access.ts";
import type { Principal } from "../access/mod.ts";
import { keys } from "../store/mod.ts";
import type { DraftInput } from "./drafts.ts";

const TAB = "tab-0001";

Deno.test("drafts.save() keeps reply and comment apart, for their author only", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await inbox.write("Hello");
  const bo = await colleague(inbox);
  const { drafts } = inbox.core;

  await save(inbox, conversationId, { text: "Dear Ana" });
  valueOf(await drafts.save(inbox.agent, conversationId, "comment", { text: "angry?" }));

  const own = valueOf(await drafts.of(inbox.agent, conversationId));
  assert.deepEqual(own.items.map(({ kind, text }) => `${kind} ${text}`), [
    "comment angry?",
    "reply Dear Ana",
  ]);
  assert.deepEqual(own.others, []);
  const seen = valueOf(await drafts.of(bo, conversationId));
  assert.deepEqual(seen.items, []);
  assert.deepEqual(seen.others.map(({ name, kind }) => `${name} ${kind}`), [
    "Nora Visser comment",
    "Nora Visser reply",
  ]);
  assert.equal(JSON.stringify(seen).includes("Dear"), false);
});

Deno.test("what was being written into a conversation goes on where that was merged into", async () => {
  await using inbox = await openTestInbox();
  const { core, agent } = inbox;
  const { conversationId: from } = await inbox.write("One");
  const { messageId } = await inbox.write("Two", { conversationId: from });
  const root: Principal = { type: "token", id: "tok_root", name: "Root", role: "owner" };
  const into = valueOf(await core.threads.split(root, from, messageId)).id;
  await save(inbox, from, { text: "Dear Ana" });
  valueOf(await core.drafts.save(agent, from, "comment", { text: "first" }));
  valueOf(await core.drafts.save(agent, into, "comment", { text: "second" }));

  valueOf(await core.threads.merge(root, from, into));
  await inbox.runJobs();

  const { items } = valueOf(await core.drafts.of(agent, into));
  assert.deepEqual(
    items.map(({ kind, text, others }) => [kind, text, others.map((one) => one.text)]),
    [["comment", "second", ["first"]], ["reply", "Dear Ana", []]],
  );
  assert.deepEqual((await core.drafts.lines(agent)).map(({ conversationId }) => conversationId), [
    into,
    into,
  ]);
  assert.equal(await core.personal.count(agent, "drafts"), 1);
});

Deno.test("drafts.save() says no to those outside, to tokens, and to what is too long", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await inbox.write("Hello");
  const { drafts } = inbox.core;
  const foreign = { ...inbox.agent, inboxIds: new Set<string>() };
  const viewer = { ...inbox.agent, user: { ...inbox.agent.user, role: "viewer" as const } };
  const token: Principal = { type: "token", id: "tok_1", name: "bot", role: "owner" };
  const codeOf = async (principal: Principal, input: DraftInput) => {
    const saved = await drafts.save(principal, conversationId, "reply", input);
    return saved.ok ? "ok" : saved.error.code;
  };

  assert.equal(await codeOf(foreign, { text: "x" }), "not_found");
  assert.equal(await codeOf(viewer, { text: "x" }), "forbidden");
  assert.equal(await codeOf(token, { text: "x" }), "forbidden");
  assert.equal(await codeOf(inbox.agent, { text: "é".repeat(32 * 1024) }), "ok");
  assert.equal(await codeOf(inbox.agent, { text: "é".repeat(32 * 1024) + "!" }), "too_large");
  assert.equal(await codeOf(inbox.agent, { text: "x", attachmentIds: ["att_1"] }), "invalid");
});

Deno.test("drafts.save() keeps the largest draft whole, and leaves nothing of it behind", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await inbox.write("Hello");
  const { drafts } = inbox.core;
  const html = `<p>${"語".repeat(60_000)}</p>`;
  const text = "語".repeat(21_000);

  await save(inbox, conversationId, { text, html, from: { tab: "other-tab", n: 1 }, after: 0 });
  await save(inbox, conversationId, { text: "b".repeat(60_000), html, after: 0 });
  const [large] = valueOf(await drafts.of(inbox.agent, conversationId)).items;
  assert.equal(large?.text.length, 60_000);
  assert.equal(large?.html, html);
  assert.equal(large?.others[0]?.text, text);

  await save(inbox, conversationId, { text: "short", dropsOthers: true });
  const parts = await Array.fromAsync(inbox.store.list(keys.draftPartsOf(conversationId)));
  assert.deepEqual(parts, []);
  assert.equal(valueOf(await drafts.of(inbox.agent, conversationId)).items[0]?.text, "short");
});

Deno.test("drafts.save() of twenty tabs at once loses no version and keeps the others' words", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await inbox.write("Hello");

  const saved = await Promise.all(
    Array.from({ length: 20 }, (_, n) =>
      save(inbox, conversationId, {
        text: `words of tab ${n}.`,
        from: { tab: `tab-number-${n}`, n: 1 },
        after: 0,
      })),
  );

  assert.deepEqual(
    saved.map(({ version }) => version).sort((a, b) => a - b),
    [
      ...Array(20).keys(),
    ].map((n) => n + 1),
  );
  const [draft] = valueOf(await inbox.core.drafts.of(inbox.agent, conversationId)).items;
  assert.equal(draft?.version, 20);
  assert.equal(draft?.others.length, 19);
});

Deno.test("a message that is sent ends its draft in its commit, whenever a save comes in", async () => {
  await using inbox = await openTestInbox();
  for (let round = 0; round < 10; round++) {
    const { conversationId } = await inbox.write("Hello", { from: `ana${round}@example.com` });
    const id = `draft-${round}-0001`;
    await save(inbox, conversationId, { id, text: "De" });

    const late = (n: number) =>
      inbox.core.drafts.save(inbox.agent, conversationId, "reply", {
        id,
        text: "Dear",
        from: { tab: TAB, n: n + 2 },
      });
    await Promise.all([
      late(1),
      inbox.reply(conversationId, "Dear Ana", { draftId: id }),
      late(2),
      late(3),
    ]);
    const after = await late(4);

    assert.ok(!after.ok && after.error.code === "conflict");
    assert.deepEqual(valueOf(await inbox.core.drafts.of(inbox.agent, conversationId)).items, []);
  }
  assert.deepEqual(await inbox.core.drafts.lines(inbox.agent), []);
  assert.deepEqual((await drafted(inbox)).items, []);
});

Deno.test("a message leaves a draft alone that was begun after it, and one of the other kind", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await inbox.write("Hello");
  const { drafts } = inbox.core;
  await save(inbox, conversationId, { id: "draft-0002", text: "And one more thing" });
  valueOf(await drafts.save(inbox.agent, conversationId, "comment", { text: "hm" }));

  await inbox.reply(conversationId, "Dear Ana", { draftId: "draft-0001" });

  assert.equal(valueOf(await drafts.of(inbox.agent, conversationId)).items.length, 2);
  assert.equal((await drafted(inbox)).items.length, 1);
});

Deno.test("drafts.lines() tells the latest first, and nothing of what cannot be answered any more", async () => {
  await using inbox = await openTestInbox();
  const one = await inbox.write("Hello");
  const two = await inbox.write("Hello", { from: "bo@example.com" });
  await save(inbox, one.conversationId, { text: "  first\nwords  " });
  inbox.ports.clock.advance(1_000);
  await save(inbox, two.conversationId, { text: "second" });

  const lines = await inbox.core.drafts.lines(inbox.agent);
  assert.deepEqual(lines.map(({ text }) => text), ["second", "first\nwords"]);
  assert.deepEqual(
    (await drafted(inbox)).items.map(({ id }) => id).sort(),
    [one.conversationId, two.conversationId].sort(),
  );
  const outside = { ...inbox.agent, inboxIds: new Set<string>() };
  assert.deepEqual(await inbox.core.drafts.lines(outside), []);
});

Deno.test("drafts.discard() throws away only what its author saw", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await inbox.write("Hello");
  const { drafts } = inbox.core;
  await save(inbox, conversationId, { text: "one" });
  const { version } = await save(inbox, conversationId, { text: "two", from: { tab: TAB, n: 9 } });

  valueOf(await drafts.discard(inbox.agent, conversationId, "reply", { version: version - 1 }));
  assert.equal(valueOf(await drafts.of(inbox.agent, conversationId)).items.length, 1);
  valueOf(await drafts.discard(inbox.agent, conversationId, "reply", { version }));
  valueOf(await drafts.discard(inbox.agent, conversationId, "reply"));

  assert.deepEqual(valueOf(await drafts.of(inbox.agent, conversationId)).items, []);
});

Deno.test("a draft runs out after 30 days, and its files after one", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await inbox.write("Hello");
  const { drafts, attachments } = inbox.core;
  const by = { kind: "principal", principal: inbox.agent } as const;
  const file = valueOf(
    await attachments.upload(by, { name: "a.txt", type: "text/plain", bytes: new Uint8Array(3) }),
  );
  await save(inbox, conversationId, { text: "See below", attachmentIds: [file.id] });

  inbox.ports.clock.advance(25 * 3_600_000);
  const [draft] = valueOf(await drafts.of(inbox.agent, conversationId)).items;
  assert.deepEqual(draft?.lostFileIds, [file.id]);
  assert.equal(draft?.files[0]?.name, "a.txt");
  // What it names can be saved again.
  await save(inbox, conversationId, { text: "See", attachmentIds: [file.id] });
  inbox.ports.clock.advance(30 * 24 * 3_600_000);

  assert.deepEqual(valueOf(await drafts.of(inbox.agent, conversationId)).items, []);
  assert.deepEqual(await drafts.lines(inbox.agent), []);
});

let saves = 0;

async function save(inbox: TestInbox, conversationId: string, input: DraftInput) {
  const from = { tab: TAB, n: ++saves };
  return valueOf(
    await inbox.core.drafts.save(inbox.agent, conversationId, "reply", { from, ...input }),
  );
}

async function drafted({ core, agent }: TestInbox) {
  return valueOf(await core.personal.list(agent, "drafts", {}));
}

async function colleague(inbox: TestInbox): Promise<Principal> {
  const user = { ...inbox.agent.user, id: "usr_bo", name: "Bo" };
  return await Promise.resolve({ ...inbox.agent, user });
}
