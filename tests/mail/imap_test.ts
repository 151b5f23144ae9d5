/** A real Dovecot's mailbox through the whole core. */
import assert from "node:assert/strict";
import { mailOf } from "../../adapters/email/inbound_imap/fake_mailbox.ts";
import { until } from "../e2e/until.ts";
import { type Dovecot, hasDovecot, openDovecot, SALES } from "../fakes/dovecot.ts";
import { type ImapWorld, type ImapWorldOptions, openImapWorld, ROOT } from "./imap_world.ts";

type Open = (options?: Partial<ImapWorldOptions>) => Promise<ImapWorld>;

function test(name: string, run: (open: Open, dovecot: Dovecot) => Promise<void>): void {
  Deno.test({
    name,
    ignore: !hasDovecot(),
    sanitizeOps: true,
    sanitizeResources: true,
    async fn() {
      await using dovecot = await openDovecot();
      const folder = await Deno.makeTempDir({ prefix: "parley-imap-" });
      try {
        const { port } = dovecot;
        await run((options) => openImapWorld({ port, folder, ...options }), dovecot);
      } finally {
        await Deno.remove(folder, { recursive: true });
      }
    },
  });
}

const inOrder = (texts: readonly { readonly text: string }[]) =>
  texts.map(({ text }) => text).toSorted();

test("a mail reaches the database within a second of its delivery", async (open, dovecot) => {
  await using world = await open();
  const took: number[] = [];

  for (const [i, id] of ["a", "b", "c"].entries()) {
    const startedAt = performance.now();
    await dovecot.deliver("support", mailOf(id));
    await world.untilMessages(i + 1);
    took.push(performance.now() - startedAt);
    await world.untilQuiet();
  }

  // The best of three: what is measured is not how busy the machine is. Dovecot itself tells after half a second.
  assert.ok(Math.min(...took) < 1_000, took.join(", "));
  assert.deepEqual(inOrder(await world.messages()), ["Text of a", "Text of b", "Text of c"]);
  assert.equal((await world.journals()).length, 3);
});

test(
  "a Parley that was down goes on where it was, without a gap and without repetition",
  async (open, dovecot) => {
    {
      await using world = await open();
      await dovecot.deliver("support", mailOf("a"));
      await world.untilMessages(1);
      await world.untilQuiet();
    }
    await dovecot.deliver("support", mailOf("b"));
    await dovecot.deliver("support", mailOf("c"));

    await using again = await open();
    await again.untilMessages(3);
    await again.untilQuiet();

    assert.deepEqual(inOrder(await again.messages()), ["Text of a", "Text of b", "Text of c"]);
    assert.equal((await again.journals()).length, 3);
  },
);

test("a server that goes away in the middle of fetching loses nothing", async (open, dovecot) => {
  const ids = Array.from({ length: 120 }, (_, i) => `n${i}`);
  {
    await using first = await open();
    assert.equal((await first.polled()).failures, 0);
  }
  const pad = "x".repeat(76) + "\r\n";
  for (const id of ids) await dovecot.deliver("support", mailOf(id, pad.repeat(300)));

  await using world = await open({ waits: false });
  await until(async () => (await world.journals()).length > 0, { what: "the first is fetched" });
  await dovecot.stop();
  await dovecot.start();
  await until(async () => {
    // The wait after a failure is the clock's, which a test moves.
    if ((await world.polled()).failures > 0) world.ports.clock.advance(30_000);
    return (await world.messages()).length >= ids.length;
  }, { timeoutMs: 30_000, what: "all mails are stored" });
  await world.untilQuiet();

  assert.ok(world.ports.logs.some(({ event }) => event === "poll failed"));
  assert.equal((await world.messages()).length, ids.length);
  assert.equal((await world.journals()).length, ids.length);
});

test(
  "a mail that cannot be parsed is kept and listed, and the next one comes in",
  async (open, dovecot) => {
    await using world = await open();
    await dovecot.deliver("support", "no headers at all, just words\r\n");
    await dovecot.deliver("support", mailOf("b"));

    await world.untilMessages(1);
    await world.untilQuiet();

    assert.deepEqual(inOrder(await world.messages()), ["Text of b"]);
    const failed = await world.core.inbound.failed(ROOT, {});
    assert.ok(failed.ok);
    assert.equal(failed.value.length, 1);
    const replayed = await world.core.inbound.replay(ROOT, failed.value[0]!.id);
    assert.ok(replayed.ok);
  },
);

test("new UIDs bring nothing twice and lose nothing", async (open, dovecot) => {
  await using world = await open();
  await dovecot.deliver("support", mailOf("a"));
  await world.untilMessages(1);
  await world.untilQuiet();
  await dovecot.doveadm("mailbox", "update", "-u", "support", "--uid-validity", "4711", "INBOX");
  await dovecot.deliver("support", mailOf("b"));

  await until(async () => {
    world.ports.clock.advance(61_000);
    await world.untilQuiet();
    return (await world.messages()).length === 2;
  }, { timeoutMs: 20_000, what: "the second mail is stored" });

  assert.deepEqual(inOrder(await world.messages()), ["Text of a", "Text of b"]);
  assert.match((await world.polled()).cursor ?? "", /"uidValidity":"4711"/);
});

test(
  "a wrong password shows on the channel, and the right one mends it at once",
  async (open, dovecot) => {
    await using world = await open({ inbound: { password: "wrong" } });
    const status = async () => {
      const channel = await world.core.channels.get(ROOT, world.channelId);
      return channel.ok ? [channel.value.status, channel.value.error] : [];
    };
    assert.deepEqual(await status(), [
      "error",
      "The mail server does not accept the user and password of this mailbox.",
    ]);

    const mended = await world.core.channels.update(ROOT, world.channelId, {
      config: {
        inbound: {
          kind: "imap",
          host: "127.0.0.1",
          port: dovecot.port,
          security: "none",
          user: SALES.name,
          password: SALES.password,
        },
      },
    });
    assert.ok(mended.ok);
    await until(async () => (await world.polled()).failures === 0, { what: "it is polled" });
    await world.untilQuiet();
    await dovecot.deliver(SALES.name, mailOf("a"));

    assert.deepEqual(inOrder(await world.untilMessages(1)), ["Text of a"]);
    assert.deepEqual(await status(), ["ready", null]);
  },
);

test("a paused channel is left alone, and catches up when it goes on", async (open, dovecot) => {
  await using world = await open();
  const setStatus = async (status: "paused" | "ready") => {
    const done = await world.core.channels.update(ROOT, world.channelId, { status });
    assert.ok(done.ok);
  };
  await setStatus("paused");
  world.ports.clock.advance(70_000);
  await until(async () => (await world.polled()).job === null, { what: "no poll is planned" });
  await dovecot.deliver("support", mailOf("a"));

  await setStatus("ready");

  assert.deepEqual(inOrder(await world.untilMessages(1)), ["Text of a"]);
});
