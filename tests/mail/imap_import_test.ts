/** The history of a real mailbox's folder, imported. */
import assert from "node:assert/strict";
import { mailOf } from "../../adapters/email/inbound_imap/fake_mailbox.ts";
import type { JobProgress } from "../../core/model/change.ts";
import { until } from "../e2e/until.ts";
import { type Dovecot, hasDovecot, openDovecot } from "../fakes/dovecot.ts";
import { TEST_NOW } from "../fakes/ports.ts";
import { type ImapWorld, openImapWorld, ROOT } from "./imap_world.ts";

function test(
  name: string,
  run: (open: (at?: number) => Promise<ImapWorld>, dovecot: Dovecot) => Promise<void>,
): void {
  Deno.test({
    name,
    ignore: !hasDovecot(),
    sanitizeOps: true,
    sanitizeResources: true,
    async fn() {
      await using dovecot = await openDovecot();
      const folder = await Deno.makeTempDir({ prefix: "parley-import-" });
      try {
        const { port } = dovecot;
        await run((at = TEST_NOW) => openImapWorld({ port, folder, at }), dovecot);
      } finally {
        await Deno.remove(folder, { recursive: true });
      }
    },
  });
}

async function begin(world: ImapWorld, folder = "Archive") {
  const { channelId } = world;
  const begun = await world.core.imports.begin(ROOT, { channelId, folder, sinceAt: null });
  assert.ok(begun.ok, JSON.stringify(begun));
  return begun.value.id;
}

async function stateOf(world: ImapWorld, id: string) {
  const found = await world.core.imports.get(ROOT, id);
  assert.ok(found.ok);
  return found.value;
}

/** Moves the clock on until the import has ended. */
async function untilEnded(world: ImapWorld, id: string) {
  return await until(async () => {
    world.ports.clock.advance(200);
    const now = await stateOf(world, id);
    return now.state === "running" || now.state === "waiting" ? null : now;
  }, { timeoutMs: 90_000, what: "the import has ended" });
}

/** From somebody else than its parent. */
const answerTo = (id: string, parent: string) =>
  mailOf(id)
    .replace("giulia@", "marco@")
    .replace("\r\n\r\n", `\r\nIn-Reply-To: <${parent}@posta.example>\r\n\r\n`);

test(
  "an import of 1,000 mails wakes nobody, tells how far it is, and is whole after a restart",
  async (open, dovecot) => {
    const ids = Array.from({ length: 1_000 }, (_, i) => `n${i}`);
    // Every tenth answers the one before it.
    const mails = ids.map((id, i) => i % 10 === 9 ? answerTo(id, `n${i - 1}`) : mailOf(id));
    await dovecot.fill("support", "Archive", mails);
    const { id, at } = await (async () => {
      await using world = await open();
      const id = await begin(world);
      await until(async () => {
        world.ports.clock.advance(200);
        return ((await stateOf(world, id)).progress?.done ?? 0) >= 100;
      }, { timeoutMs: 60_000, what: "a part is imported" });
      const part = await stateOf(world, id);
      assert.equal(part.progress?.total, 1_000);
      return { id, at: world.ports.clock.now() + 10_000 };
    })();

    await using world = await open(at);
    const done = await untilEnded(world, id);
    await world.untilQuiet();

    assert.deepEqual([done.state, done.taken, done.progress], ["done", 1_000, {
      done: 1_000,
      total: 1_000,
    }]);
    const conversations = await world.conversations();
    assert.equal(conversations.length, 900);
    assert.equal((await world.messages()).length, 1_000);
    assert.ok(
      conversations.every(({ status, lastUnreadSeq, waitingSince }) =>
        status === "closed" && lastUnreadSeq === 0 && waitingSince === null
      ),
    );
    const again = await untilEnded(world, await begin(world));
    assert.deepEqual([again.state, again.taken], ["done", 0]);
    assert.equal((await world.messages()).length, 1_000);
  },
);

test("an answer to an imported mail opens its conversation", async (open, dovecot) => {
  await dovecot.fill("support", "Archive", [mailOf("old")]);
  await using world = await open();
  await untilEnded(world, await begin(world));

  await dovecot.deliver("support", answerTo("new", "old"));
  await world.untilMessages(2);

  const [conversation, ...rest] = await world.conversations();
  assert.deepEqual(rest, []);
  assert.deepEqual([conversation?.status, conversation?.lastUnreadSeq], ["open", 2]);
});

test("an import that is canceled stops, and goes on from there", async (open, dovecot) => {
  await dovecot.fill("support", "Archive", Array.from({ length: 200 }, (_, i) => mailOf(`n${i}`)));
  await using world = await open();
  const id = await begin(world);
  const { channelId } = world;
  const second = await world.core.imports.begin(ROOT, {
    channelId,
    folder: "INBOX",
    sinceAt: null,
  });
  const twice = await world.core.imports.begin(ROOT, {
    channelId,
    folder: "Archive",
    sinceAt: null,
  });
  await until(async () => {
    world.ports.clock.advance(200);
    return (await stateOf(world, id)).progress !== null;
  }, { what: "a part is imported" });
  const canceled = await world.core.imports.cancel(ROOT, id);
  await world.untilQuiet();
  const part = (await world.messages()).length;

  if (second.ok) await untilEnded(world, second.value.id);
  const resumed = await world.core.imports.resume(ROOT, id);
  const done = await untilEnded(world, id);

  assert.ok(second.ok && second.value.state === "waiting");
  assert.ok(!twice.ok && twice.error.code === "conflict");
  assert.ok(canceled.ok && canceled.value.state === "canceled");
  assert.ok(part < 200, `${part} came in`);
  assert.ok(resumed.ok);
  assert.equal(done.state, "done");
  assert.equal((await world.messages()).length, 200);
});

test("an import says which folder is missing, and who may not", async (open) => {
  await using world = await open();
  const failed = await untilEnded(world, await begin(world, "Nowhere"));
  const viewer = { type: "token", id: "tok_v", name: "V", role: "viewer" } as const;
  const { channelId } = world;

  const refused = await world.core.imports.begin(viewer, {
    channelId,
    folder: "INBOX",
    sinceAt: null,
  });
  const odd = await world.core.imports.begin(ROOT, { channelId, folder: "\r\n", sinceAt: null });

  assert.equal(failed.state, "failed");
  assert.equal(failed.error, "The mailbox has no folder of this name.");
  assert.ok(!refused.ok && refused.error.code === "forbidden");
  assert.ok(!odd.ok && odd.error.code === "invalid");
});

test(
  "folders are told with their counts, and imported one after the other",
  async (open, dovecot) => {
    await dovecot.fill("support", "Archive", [mailOf("a"), mailOf("b")]);
    await dovecot.doveadm("mailbox", "create", "-u", "support", "Kunden über");
    await dovecot.deliver("support", mailOf("c"), "Kunden über");
    await using world = await open();

    const { signal } = new AbortController();
    const folders = await world.core.imports.folders(ROOT, world.channelId, signal);
    assert.ok(folders.ok);
    const ids = [];
    for (const { name } of folders.value) ids.push(await begin(world, name));
    const ended = [];
    for (const id of ids) ended.push(await untilEnded(world, id));

    assert.deepEqual(folders.value, [
      { name: "INBOX", count: 0 },
      { name: "Archive", count: 2 },
      { name: "Kunden über", count: 1 },
      { name: "Sent", count: 0 },
    ]);
    assert.deepEqual(ended.map(({ state, taken }) => [state, taken]), [
      ["done", 0],
      ["done", 2],
      ["done", 1],
      ["done", 0],
    ]);
    assert.deepEqual(
      ended.map(({ endedAt }) => endedAt ?? 0),
      ended.map(({ endedAt }) => endedAt ?? 0).toSorted((a, b) => a - b),
    );
  },
);

test(
  "an import outlives its server, and tells how far it is and what was unreadable",
  async (open, dovecot) => {
    const mails = Array.from({ length: 150 }, (_, i) => mailOf(`n${i}`));
    await dovecot.fill("support", "Archive", [...mails, "no mail at all\r\n"]);
    await using world = await open();
    const told: JobProgress[] = [];
    const ended = new AbortController();
    const listening = (async () => {
      const options = { cursor: null, signal: ended.signal };
      for await (const item of world.core.events.subscribe(options)) {
        if (item.kind !== "entry") continue;
        for (const { job } of item.entry.changes) if (job !== undefined) told.push(job);
      }
    })();

    const id = await begin(world);
    await until(async () => {
      world.ports.clock.advance(200);
      return (await stateOf(world, id)).taken >= 20;
    }, { what: "a part is imported" });
    await dovecot.stop();
    await until(async () => {
      world.ports.clock.advance(200);
      return (await stateOf(world, id)).error !== null;
    }, { what: "the import notices", timeoutMs: 20_000 });
    const interrupted = await stateOf(world, id);
    const folders = await world.core.imports.folders(ROOT, world.channelId, ended.signal);
    await dovecot.start();
    const done = await untilEnded(world, id);
    await until(() => told.at(-1)?.state === "done", { what: "the last progress is told" });
    ended.abort();
    await listening;

    assert.deepEqual([interrupted.state, interrupted.error], [
      "running",
      "The mail server cannot be reached right now.",
    ]);
    assert.ok(!folders.ok && folders.error.code === "conflict");
    assert.deepEqual([done.state, done.taken, done.unread, done.error], ["done", 151, 1, null]);
    assert.equal((await world.messages()).length, 150);
    assert.equal(told[0]?.state, "running");
    const shares = told.map(({ done }) => done ?? 0);
    assert.deepEqual(shares, shares.toSorted((a, b) => a - b), "it never goes back");
    assert.deepEqual(told.at(-1), {
      id,
      kind: "import",
      channelId: world.channelId,
      name: "Archive",
      state: "done",
      done: 151,
      total: 151,
      taken: 151,
      failed: 1,
      error: null,
    });
  },
);
