import assert from "node:assert/strict";
import type { Principal } from "../access/mod.ts";
import { keys } from "../store/mod.ts";
import { valueOf } from "../../tests/fakes/access.ts";
import { openTestInbox, type TestInbox } from "../../tests/fakes/test_inbox.ts";

const ROOT: Principal = { type: "token", id: "tok_root", name: "Root", role: "owner" };

async function tagged(inbox: TestInbox, from: string, tags: readonly string[]): Promise<string> {
  const { conversationId } = await inbox.write("Hello", { from });
  valueOf(await inbox.core.conversations.update(inbox.agent, conversationId, { tags }));
  return conversationId;
}

async function namesOf(inbox: TestInbox): Promise<string[]> {
  return (await inbox.core.tags.list(ROOT)).map(({ name, liveCount }) => `${name} ${liveCount}`);
}

async function idOf(inbox: TestInbox, name: string): Promise<string> {
  const found = (await inbox.core.tags.list(ROOT)).find((tag) => tag.name === name);
  assert(found !== undefined);
  return found.id;
}

Deno.test("a tag is made by its first use, found in any case, and counted where the caller reads", async () => {
  await using inbox = await openTestInbox();
  await tagged(inbox, "a@x.example", ["Warranty", "Parts"]);

  const second = await tagged(inbox, "b@x.example", ["warranty ", "PARTS", "new"]);

  assert.deepEqual((await inbox.conversation(second)).tags, ["Warranty", "Parts", "new"]);
  assert.deepEqual(await namesOf(inbox), ["new 1", "Parts 2", "Warranty 2"]);
  const stranger = { ...inbox.agent, inboxIds: new Set<string>() };
  assert.deepEqual(
    (await inbox.core.tags.list(stranger)).map(({ liveCount }) => liveCount),
    [0, 0, 0],
  );
});

Deno.test("whoever may not write makes no tag", async () => {
  await using inbox = await openTestInbox();
  const { conversationId } = await inbox.write("Hello");
  const viewer: Principal = { ...inbox.agent, user: { ...inbox.agent.user, role: "viewer" } };

  const refused = await inbox.core.conversations.update(viewer, conversationId, { tags: ["mine"] });

  assert(!refused.ok && refused.error.code === "forbidden");
  assert.deepEqual(await namesOf(inbox), []);
});

Deno.test("twenty agents with one new name make one tag", async () => {
  await using inbox = await openTestInbox();
  const ids = await Promise.all(
    Array.from(
      { length: 20 },
      async (_, n) => (await inbox.write("Hello", { from: `c${n}@x.example` })).conversationId,
    ),
  );

  await Promise.all(
    ids.map((id, n) =>
      inbox.core.conversations.update(inbox.agent, id, { addTags: [n % 2 ? "Rental" : "RENTAL"] })
    ),
  );

  const [tag, ...others] = await inbox.core.tags.list(ROOT);
  assert.equal(others.length, 0);
  assert.equal(tag?.liveCount, 20);
  for (const id of ids) assert.deepEqual((await inbox.conversation(id)).tags, [tag?.name]);
});

Deno.test("a new name reaches open and closed conversations in its place, and the old one means it", async () => {
  await using inbox = await openTestInbox();
  const open = await tagged(inbox, "a@x.example", ["first", "Warranty", "last"]);
  const closed = await tagged(inbox, "b@x.example", ["Warranty"]);
  valueOf(await inbox.core.conversations.update(inbox.agent, closed, { status: "closed" }));
  const id = await idOf(inbox, "Warranty");

  valueOf(await inbox.core.tags.update(ROOT, id, { name: "Guarantee" }));
  valueOf(await inbox.core.tags.update(ROOT, id, { name: "Promise" }));
  await inbox.runJobs();

  assert.deepEqual((await inbox.conversation(open)).tags, ["first", "Promise", "last"]);
  assert.deepEqual((await inbox.conversation(closed)).tags, ["Promise"]);
  const lines = (await inbox.thread(open)).filter(({ event }) => event?.type === "tags");
  assert.equal(lines.length, 1, "no line for what nobody did to this conversation");
  // An older screen, or a program, still says the old name.
  const late = await tagged(inbox, "c@x.example", ["Warranty"]);
  assert.deepEqual((await inbox.conversation(late)).tags, ["Promise"]);
});

Deno.test("saved views go on with the new name of a tag, and are left alone where it was deleted", async () => {
  await using inbox = await openTestInbox();
  const { core } = inbox;
  const open = await tagged(inbox, "a@x.example", ["Warranty"]);
  const tag = (is: "any" | "none", ...value: string[]) => ({ field: "tag", is, value } as const);
  const filter = { all: [{ any: [tag("any", "warranty", "Other")] }, tag("none", "Done")] };
  const view = valueOf(await core.views.create(inbox.agent, { name: "Ours", filter }));
  const listed = async () => {
    const page = valueOf(
      await core.conversations.list(inbox.agent, { view: `viw_${view.id.slice(4)}` }),
    );
    return page.items.map(({ id }) => id);
  };

  valueOf(await core.tags.update(ROOT, await idOf(inbox, "Warranty"), { name: "Guarantee" }));
  await inbox.runJobs();

  const stored = async () => (await inbox.store.get(keys.view(view.id)))?.filter;
  const renamed = { all: [{ any: [tag("any", "Guarantee", "Other")] }, tag("none", "Done")] };
  assert.deepEqual(await stored(), renamed);
  valueOf(await core.views.update(inbox.agent, view.id, { name: "Mine" }));
  assert.deepEqual(await listed(), [open]);
  valueOf(await core.tags.remove(ROOT, await idOf(inbox, "Guarantee")));
  await inbox.runJobs();
  assert.deepEqual(await stored(), renamed);
  assert.deepEqual(await listed(), []);
});

Deno.test("merged tags are one, also when a rename was still on its way", async () => {
  await using inbox = await openTestInbox();
  const both = await tagged(inbox, "a@x.example", ["Return", "x", "Refund"]);
  const one = await tagged(inbox, "b@x.example", ["Return"]);
  const [from, into] = [await idOf(inbox, "Return"), await idOf(inbox, "Refund")];

  valueOf(await inbox.core.tags.update(ROOT, from, { name: "Sent back" }));
  valueOf(await inbox.core.tags.merge(ROOT, from, into));
  await inbox.runJobs();

  assert.deepEqual((await inbox.conversation(both)).tags, ["Refund", "x"]);
  assert.deepEqual((await inbox.conversation(one)).tags, ["Refund"]);
  assert.deepEqual(await namesOf(inbox), ["Refund 2", "x 1"]);
  const gone = await inbox.core.tags.update(ROOT, from, { name: "y" });
  assert(!gone.ok && gone.error.code === "not_found");
  const self = await inbox.core.tags.merge(ROOT, into, into);
  assert(!self.ok && self.error.code === "invalid");
});

Deno.test("a deleted tag is taken off, and its name is free again", async () => {
  await using inbox = await openTestInbox();
  const id = await tagged(inbox, "a@x.example", ["Old", "Kept"]);

  valueOf(await inbox.core.tags.remove(ROOT, await idOf(inbox, "Old")));
  await inbox.runJobs();

  assert.deepEqual((await inbox.conversation(id)).tags, ["Kept"]);
  assert.equal(await inbox.store.get(keys.tagByName("old")), null);
  valueOf(await inbox.core.tags.create(ROOT, { name: "OLD", hue: 120 }));
  assert.deepEqual(await namesOf(inbox), ["Kept 1", "OLD 0"]);
});

Deno.test("names and hues are checked, and a taken name is refused", async () => {
  await using inbox = await openTestInbox();
  const { tags } = inbox.core;
  const first = valueOf(await tags.create(inbox.agent, { name: " Spare  parts ", hue: 350 }));
  assert.deepEqual([first.name, first.hue], ["Spare parts", 350]);
  const other = valueOf(await tags.create(inbox.agent, { name: "Other" }));

  const codes = [
    await tags.create(ROOT, { name: "spare PARTS" }),
    await tags.update(ROOT, other.id, { name: "Spare parts" }),
    await tags.create(ROOT, { name: "" }),
    await tags.create(ROOT, { name: "x".repeat(51) }),
    await tags.update(ROOT, other.id, { hue: 7 }),
    await tags.update(inbox.agent, other.id, { name: "Mine" }),
    await tags.remove(inbox.agent, other.id),
    await tags.merge(inbox.agent, other.id, first.id),
  ].map((result) => result.ok ? "ok" : result.error.code);

  assert.deepEqual(codes, [
    "conflict",
    "conflict",
    "invalid",
    "invalid",
    "invalid",
    "forbidden",
    "forbidden",
    "forbidden",
  ]);
  // Another case of its own name is no other's.
  assert.equal(valueOf(await tags.update(ROOT, first.id, { name: "SPARE" })).name, "SPARE");
  assert.equal(valueOf(await tags.update(ROOT, first.id, { name: "Spare parts" })).hue, 350);
});
