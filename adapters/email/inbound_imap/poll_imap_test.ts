/** Against a real Dovecot. */
import assert from "node:assert/strict";
import {
  type Dovecot,
  type DovecotOptions,
  hasDovecot,
  openDovecot,
} from "../../../tests/fakes/dovecot.ts";
import { fakeIo } from "../fake_channel.ts";
import { askOf, fakeMailbox, idsOf, mailOf, openSession } from "./fake_mailbox.ts";
import { MAX_MAIL_BYTES } from "./fetch_mails.ts";
import { imapHistory, pollImap } from "./poll_imap.ts";

const DAY_MS = 24 * 60 * 60 * 1_000;

function test(
  name: string,
  run: (dovecot: Dovecot) => Promise<void>,
  options: DovecotOptions = {},
): void {
  Deno.test({
    name,
    ignore: !hasDovecot(),
    sanitizeOps: true,
    sanitizeResources: true,
    async fn() {
      await using dovecot = await openDovecot(options);
      await run(dovecot);
    },
  });
}

async function deliverAll(dovecot: Dovecot, ids: readonly string[], folder?: string) {
  for (const id of ids) await dovecot.deliver("support", mailOf(id), folder);
}

async function flagsOf(dovecot: Dovecot): Promise<readonly string[]> {
  const said = await dovecot.doveadm("fetch", "-u", "support", "flags", "mailbox", "INBOX");
  return [...said.matchAll(/^flags:(.*)$/gm)].map(([, flags = ""]) =>
    flags.replace("\\Recent", "").trim()
  );
}

async function countOf(dovecot: Dovecot, folder: string): Promise<number> {
  const said = await dovecot.doveadm("mailbox", "status", "-u", "support", "messages", folder);
  return Number(/messages=(\d+)/.exec(said)?.[1]);
}

test("poll() begins with what comes from now on and gives each new mail once, unread as it was", async (dovecot) => {
  await deliverAll(dovecot, ["old"]);
  await using mailbox = await openSession(dovecot.port);
  const first = await mailbox.page(null);
  await deliverAll(dovecot, ["a", "b"]);

  const next = await mailbox.page(first.cursor);
  const after = await mailbox.page(next.cursor);

  assert.deepEqual(idsOf(first.deliveries), []);
  assert.deepEqual(idsOf(next.deliveries), ["a", "b"]);
  // "n:*" names the last mail even when it was passed.
  assert.deepEqual(idsOf(after.deliveries), []);
  assert.equal(after.cursor, next.cursor);
  assert.deepEqual(await flagsOf(dovecot), ["", "", ""]);
});

test("poll() gives the same for the same cursor, from another connection too, and goes on within a page", async (dovecot) => {
  await using one = await openSession(dovecot.port);
  const { cursor } = await one.page(null);
  await deliverAll(dovecot, ["a", "b", "c"]);
  await using other = await openSession(dovecot.port);

  const here = await one.page(cursor);
  const there = await other.page(cursor);
  const rest = await other.page(here.deliveries[0]!.cursor);

  assert.deepEqual(there, here);
  assert.deepEqual(idsOf(rest.deliveries), ["b", "c"]);
});

test("poll() looks back by days, passing what is stored", async (dovecot) => {
  await deliverAll(dovecot, ["a", "b", "c"]);
  const now = () => Date.now() + 60_000;
  const known = ["b@posta.example"];
  await using mailbox = await openSession(dovecot.port, { inbound: { days: 2 }, known, now });

  const { deliveries, cursor } = await mailbox.all(null);
  await deliverAll(dovecot, ["d"]);
  const later = await mailbox.all(cursor);

  assert.deepEqual(idsOf(deliveries), ["a", "c"]);
  assert.deepEqual(idsOf(later.deliveries), ["d"]);
});

test("poll() passes mail that was expunged, alone and among others", async (dovecot) => {
  await using mailbox = await openSession(dovecot.port);
  const { cursor } = await mailbox.page(null);
  await deliverAll(dovecot, ["a", "b", "c"]);
  await dovecot.doveadm("expunge", "-u", "support", "mailbox", "INBOX", "uid", "2");

  const { deliveries, cursor: after } = await mailbox.all(cursor);
  await deliverAll(dovecot, ["d"]);
  await dovecot.doveadm("expunge", "-u", "support", "mailbox", "INBOX", "all");
  const none = await mailbox.all(after);
  await deliverAll(dovecot, ["e"]);

  assert.deepEqual(idsOf(deliveries), ["a", "c"]);
  assert.deepEqual(idsOf(none.deliveries), []);
  assert.deepEqual(idsOf((await mailbox.all(none.cursor)).deliveries), ["e"]);
});

test("poll() finds what it has not stored when the folder's UIDs become others", async (dovecot) => {
  const known = ["a@posta.example"];
  const now = () => Date.now() + 60_000;
  const cursor = await (async () => {
    await using before = await openSession(dovecot.port, { now });
    const first = await before.page(null);
    await deliverAll(dovecot, ["a"]);
    return (await before.page(first.cursor)).cursor;
  })();
  await deliverAll(dovecot, ["b"]);
  await dovecot.doveadm("mailbox", "update", "-u", "support", "--uid-validity", "4711", "INBOX");
  await using after = await openSession(dovecot.port, { known, now });

  const found = await after.all(cursor);
  await deliverAll(dovecot, ["c"]);

  assert.deepEqual(idsOf(found.deliveries), ["b"]);
  assert.deepEqual(idsOf((await after.all(found.cursor)).deliveries), ["c"]);
});

test("poll() finds once a day what was missed", async (dovecot) => {
  let now = Date.now() + 60_000;
  const known = ["a@posta.example", "c@posta.example"];
  await using mailbox = await openSession(dovecot.port, { known, now: () => now });
  const { cursor } = await mailbox.page(null);
  await deliverAll(dovecot, ["a", "b", "c"]);
  // All three were passed, but "b" was never stored.
  const passed = await mailbox.all(cursor);

  const soon = await mailbox.all(passed.cursor);
  now += DAY_MS;
  const daily = await mailbox.all(soon.cursor);
  const again = await mailbox.all(daily.cursor);

  assert.deepEqual(idsOf(soon.deliveries), []);
  assert.deepEqual(idsOf(daily.deliveries), ["b"]);
  assert.deepEqual(idsOf(again.deliveries), []);
});

test("poll() marks as read what was stored, not what was only fetched", async (dovecot) => {
  await using mailbox = await openSession(dovecot.port, { inbound: { afterwards: "seen" } });
  const { cursor } = await mailbox.page(null);
  await deliverAll(dovecot, ["a", "b"]);

  const page = await mailbox.page(cursor);
  const fetched = await flagsOf(dovecot);
  await mailbox.page(page.cursor);

  assert.equal(page.hasMore, true);
  assert.deepEqual(fetched, ["", ""]);
  assert.deepEqual(await flagsOf(dovecot), ["\\Seen", "\\Seen"]);
});

test("poll() moves what was stored whole into a folder, which it makes", async (dovecot) => {
  const inbound = { afterwards: "move", moveTo: "Parley.done" } as const;
  await using mailbox = await openSession(dovecot.port, { inbound });
  const { cursor } = await mailbox.page(null);
  await deliverAll(dovecot, ["a", "b"]);

  const page = await mailbox.page(cursor);
  const fetched = await countOf(dovecot, "INBOX");
  const after = await mailbox.page(page.cursor);
  await deliverAll(dovecot, ["c"]);
  const { deliveries } = await mailbox.all(after.cursor);

  assert.equal(fetched, 2);
  assert.deepEqual(idsOf(deliveries), ["c"]);
  assert.equal(await countOf(dovecot, "INBOX"), 0);
  assert.equal(await countOf(dovecot, "Parley.done"), 3);
});

test("poll() deletes what was stored whole, and nothing else", async (dovecot) => {
  await deliverAll(dovecot, ["old"]);
  await using mailbox = await openSession(dovecot.port, { inbound: { afterwards: "delete" } });
  const { cursor } = await mailbox.page(null);
  const head = "Message-ID: <big@posta.example>\r\nFrom: ana@posta.example\r\n\r\n";
  await deliverAll(dovecot, ["a"]);
  await dovecot.deliver("support", head + ("x".repeat(76) + "\r\n").repeat(MAX_MAIL_BYTES / 77));

  const { deliveries } = await mailbox.all(cursor);

  assert.deepEqual(idsOf(deliveries), ["a", "big"]);
  const left = await dovecot.doveadm(
    "fetch",
    "-u",
    "support",
    "hdr.message-id",
    "mailbox",
    "INBOX",
  );
  assert.deepEqual(left.match(/<\w+@/g), ["<old@", "<big@"]);
});

test("poll() says that the server does not move mail, and moves it once it does", async (dovecot) => {
  const inbound = { afterwards: "move", moveTo: "x/".repeat(100) + "y" } as const;
  await using refused = await openSession(dovecot.port, { inbound });
  const { cursor } = await refused.page(null);
  await deliverAll(dovecot, ["a"]);
  const page = await refused.page(cursor);
  const after = await refused.session.poll(page.cursor, askOf());
  await using mended = await openSession(dovecot.port, { inbound: { ...inbound, moveTo: "Done" } });
  await mended.all(page.cursor);

  assert.ok(!after.ok);
  assert.equal(after.error.code, "config");
  assert.match(after.error.message, /does not move/);
  assert.equal(await countOf(dovecot, "Done"), 1);
});

test("poll() gives many mails in pages, none twice and none left out", async (dovecot) => {
  await using mailbox = await openSession(dovecot.port);
  const { cursor } = await mailbox.page(null);
  const ids = Array.from({ length: 60 }, (_, i) => `n${i}`);
  await deliverAll(dovecot, ids);

  const first = await mailbox.page(cursor);
  const rest = await mailbox.all(first.cursor);

  assert.equal(first.deliveries.length, 50);
  assert.deepEqual(idsOf([...first.deliveries, ...rest.deliveries]), ids);
});

test("poll() gives a mail over 25 MiB as its headers and a notice, and the next one whole", async (dovecot) => {
  await using mailbox = await openSession(dovecot.port);
  const { cursor } = await mailbox.page(null);
  const line = `${"x".repeat(76)}\r\n`;
  await dovecot.deliver("support", mailOf("big", line.repeat(MAX_MAIL_BYTES / 78 + 100)));
  await deliverAll(dovecot, ["small"]);

  const { deliveries } = await mailbox.all(cursor);

  assert.deepEqual(idsOf(deliveries), ["big", "small"]);
  const text = new TextDecoder().decode(deliveries[0]?.body);
  assert.ok(text.length < 2_000);
  assert.match(text, /too large to be fetched \(25 MiB\)/);
});

test("poll() walks through a folder's history on a cursor of its own, and ends", async (dovecot) => {
  const ids = Array.from({ length: 60 }, (_, i) => `n${i}`);
  await dovecot.doveadm("mailbox", "create", "-u", "support", "Archive");
  await deliverAll(dovecot, ids, "Archive");
  const begin = imapHistory.begin(fakeMailbox(dovecot.port), { folder: "Archive", sinceAt: null });
  await using mailbox = await openSession(dovecot.port, { known: ["n3@posta.example"] });

  const first = await mailbox.page(begin);
  const rest = await mailbox.all(first.cursor);
  await deliverAll(dovecot, ["later"], "Archive");
  const ended = await mailbox.page(rest.cursor);

  assert.deepEqual(first.progress, { done: 51, total: 60 });
  assert.deepEqual(
    idsOf([...first.deliveries, ...rest.deliveries]),
    ids.filter((id) => id !== "n3"),
  );
  assert.deepEqual([ended.deliveries, ended.hasMore], [[], false]);
});

test("waitForNews() hears of a mail, and of the connection's end", async (dovecot) => {
  await using mailbox = await openSession(dovecot.port);
  const { cursor } = await mailbox.page(null);
  const { signal } = new AbortController();

  const heard = mailbox.session.waitForNews?.(signal);
  await deliverAll(dovecot, ["a"]);
  assert.equal(await heard, "news");
  assert.deepEqual(idsOf((await mailbox.page(cursor)).deliveries), ["a"]);
  const ended = mailbox.session.waitForNews?.(signal);
  await dovecot.stop();

  assert.equal(await ended, "ended");
  assert.equal(await mailbox.session.waitForNews?.(signal), "ended");
});

test("waitForNews() ends when it is told to, and the session goes on", async (dovecot) => {
  await using mailbox = await openSession(dovecot.port);
  const { cursor } = await mailbox.page(null);
  const stop = new AbortController();
  const waiting = mailbox.session.waitForNews?.(stop.signal);

  stop.abort();
  await waiting;
  await deliverAll(dovecot, ["a"]);

  assert.deepEqual(idsOf((await mailbox.page(cursor)).deliveries), ["a"]);
});

test("open() says what is wrong with the settings", async (dovecot) => {
  const problem = async (inbound: Parameters<typeof fakeMailbox>[1], io = fakeIo()) => {
    const opened = await pollImap.open(fakeMailbox(dovecot.port, inbound), io);
    if (!opened.ok) return opened.error.code;
    const read = await opened.value.poll(null, askOf());
    await opened.value.close();
    return read.ok ? "ok" : read.error.code;
  };
  const public_ = fakeIo({
    connect: (host) => Promise.resolve({ ok: true, host, address: "8.8.8.8" }),
  });

  assert.equal(await problem({}), "ok");
  assert.equal(await problem({ password: "wrong" }), "unauthorized");
  assert.equal(await problem({ folder: "Nowhere" }), "config");
  assert.equal(await problem({ security: "starttls" }), "config");
  assert.equal(await problem({}, public_), "config");
  await dovecot.stop();
  assert.equal(await problem({}), "unavailable");
});
