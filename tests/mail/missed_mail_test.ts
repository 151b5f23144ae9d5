/** Nothing is lost and nothing comes twice, whatever the mail lacks and whatever was passed over: against a real Dovecot. */
import assert from "node:assert/strict";
import { mailOf } from "../../adapters/email/inbound_imap/fake_mailbox.ts";
import { keys, transact } from "../../core/store/mod.ts";
import { until } from "../e2e/until.ts";
import { type Dovecot, hasDovecot, openDovecot } from "../fakes/dovecot.ts";
import { type ImapWorld, openImapWorld } from "./imap_world.ts";

const DAY_MS = 24 * 60 * 60 * 1_000;
const MINUTE_MS = 60_000;

function test(name: string, run: (world: ImapWorld, dovecot: Dovecot) => Promise<void>): void {
  Deno.test({
    name,
    ignore: !hasDovecot(),
    sanitizeOps: true,
    sanitizeResources: true,
    async fn() {
      await using dovecot = await openDovecot();
      const folder = await Deno.makeTempDir({ prefix: "parley-missed-" });
      try {
        // Dovecot's own times are those of the machine, and the look back goes by them.
        const { port } = dovecot;
        await using world = await openImapWorld({ port, folder, at: Date.now() });
        await run(world, dovecot);
      } finally {
        await Deno.remove(folder, { recursive: true });
      }
    },
  });
}

const withoutId = (id: string) => mailOf(id).replace(/^Message-ID:.*\r\n/im, "");

/** Lets time pass until there are so many messages, and another poll has found no more. */
async function laterTexts(world: ImapWorld, count: number, ms: number): Promise<readonly string[]> {
  await polled(world, ms, async () => (await world.messages()).length >= count);
  await polled(world, MINUTE_MS + 1_000, () => true);
  return (await world.messages()).map(({ text }) => text).toSorted();
}

/** Moves the clock on, and then in small steps until a poll has begun and ended since and all it found is settled. */
async function polled(
  world: ImapWorld,
  ms: number,
  isEnough: () => boolean | Promise<boolean>,
): Promise<void> {
  const since = world.ports.clock.now();
  world.ports.clock.advance(ms);
  await until(async () => {
    world.ports.clock.advance(200);
    const { polledAt } = await world.polled();
    const isOpen = (await world.journals()).some(({ state }) => state === "received");
    return polledAt !== null && polledAt > since && !isOpen && await isEnough();
  }, { what: "what was polled is settled", timeoutMs: 20_000 });
}

test(
  "mails without Message-ID are kept, and not again when they are fetched again",
  async (world, dovecot) => {
    await dovecot.deliver("support", withoutId("a"));
    await dovecot.deliver("support", withoutId("b"));
    await world.untilMessages(2);
    await world.untilQuiet();
    const uids = ["mailbox", "update", "-u", "support", "--uid-validity", "4711", "INBOX"];
    await dovecot.doveadm(...uids);
    await dovecot.deliver("support", withoutId("c"));

    const texts = await laterTexts(world, 3, MINUTE_MS + 1_000);

    assert.deepEqual(texts, ["Text of a", "Text of b", "Text of c"]);
    assert.match((await world.polled()).cursor ?? "", /"uidValidity":"4711"/);
    const messages = await world.messages();
    assert.ok(messages.every(({ externalId }) => externalId?.startsWith("gen-")));
    assert.ok(
      messages.every(({ trace }) => trace.some(({ step }) => step === "message_id_missing")),
    );
  },
);

test(
  "what was passed over comes in with the look back of the next day, once",
  async (world, dovecot) => {
    await dovecot.deliver("support", mailOf("a"));
    await world.untilMessages(1);
    await world.untilQuiet();
    const { channelId, core } = world;
    // As if it had been told of the next two mails' UIDs and got none of them.
    await transact(core.store, async (tx) => {
      const record = await tx.get(keys.poll(channelId));
      if (record?.cursor === null || record === null) throw new Error("It was never polled");
      const cursor = record.cursor.replace(
        /"lastUid":(\d+)/,
        (_, uid: string) => `"lastUid":${Number(uid) + 2}`,
      );
      tx.set(keys.poll(channelId), { ...record, cursor });
    });
    await dovecot.deliver("support", mailOf("missed"));
    await dovecot.deliver("support", withoutId("missed too"));
    await dovecot.deliver("support", mailOf("new"));
    const soon = await laterTexts(world, 2, MINUTE_MS + 1_000);

    const nextDay = await laterTexts(world, 4, DAY_MS);
    const dayAfter = await laterTexts(world, 4, DAY_MS);

    assert.deepEqual(soon, ["Text of a", "Text of new"]);
    assert.deepEqual(nextDay, [
      "Text of a",
      "Text of missed",
      "Text of missed too",
      "Text of new",
    ]);
    assert.deepEqual(dayAfter, nextDay);
  },
);

test("mails nobody can read hide none that come after them", async (world, dovecot) => {
  const bad = ["no header at all\r\n", "\r\n\r\n", "\0\0\0\0", `${"x".repeat(2_000)}\r\n`];
  for (const [i, mail] of bad.entries()) {
    await dovecot.deliver("support", mail);
    await dovecot.deliver("support", mailOf(`after ${i}`));
  }

  const texts = await laterTexts(world, bad.length, MINUTE_MS + 1_000);

  for (const i of bad.keys()) assert.ok(texts.includes(`Text of after ${i}`), texts.join());
  const journals = await world.journals();
  assert.equal(journals.length, bad.length * 2);
  assert.ok(journals.every(({ state }) => state === "done" || state === "failed"));
});
