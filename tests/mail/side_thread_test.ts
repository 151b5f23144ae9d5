/** Large mails through a real second thread: as they are read in process, and whatever becomes of the thread. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { deliveryOf, fakeChannel, fakeIo } from "../../adapters/email/fake_channel.ts";
import { email } from "../../adapters/email/mod.ts";
import { InboundEvent } from "../../core/channel/mod.ts";
import { createSideThread } from "../../core/platform/mod.ts";
import { parseAside } from "../../core/side_work/mod.ts";
import { keys } from "../../core/store/mod.ts";
import { largeMail } from "../e2e/large_mail.ts";
import { mailArbitrary } from "../fakes/mail_arbitrary.ts";
import { openMailWorld } from "../fakes/mail_world.ts";

const WORKER = new URL("../../worker.ts", import.meta.url);
const FATAL = new URL("../fakes/fatal_worker.ts", import.meta.url);
const open = (entry = WORKER) => createSideThread({ entry, log: () => {} });

/** Over the size from which mails are parsed aside. */
function bigMail(id: string, head = ""): string {
  return `From: ana@x.example\r\nMessage-ID: <${id}@x.example>\r\nSubject: ${id}\r\n${head}\r\n` +
    "All work and no play.\r\n".repeat(20_000);
}

async function bothWays(thread: ReturnType<typeof open>, raw: Uint8Array<ArrayBuffer>) {
  const view = fakeChannel();
  const headers = { "parley-envelope-to": "a@x.example" };
  const here = await email.webhook?.parse(deliveryOf(raw, headers), view, fakeIo());
  // A copy of its own: it is handed over.
  const delivery = deliveryOf(raw.slice(), headers);
  const task = { adapterId: "email", via: "webhook", delivery, view } as const;
  const there = await parseAside(thread, task, fakeIo());
  assert.ok(there.ok, JSON.stringify(there));
  return [there.value, here?.map((event) => InboundEvent.parse(event))];
}

Deno.test("parseAside() reads any mail as it is read in process", async () => {
  await using thread = open();

  await fc.assert(
    fc.asyncProperty(mailArbitrary, async ({ raw }) => {
      const [there, here] = await bothWays(thread, raw);
      assert.deepEqual(there, here);
    }),
    { numRuns: 200 },
  );
  const [there, here] = await bothWays(thread, largeMail("x", 60));
  assert.deepEqual(there, here);
});

Deno.test("parseAside() asks whether a reply address is ours", async () => {
  await using thread = open();
  const tag = await fakeIo().signTag("reply-to:abc123");
  const asked: string[] = [];
  const io = {
    verifyTag: (text: string, given: string) => {
      asked.push(`${text} ${given}`);
      return Promise.resolve(true);
    },
  };
  const raw = bigMail("signed", `To: support+r.abc123.${tag}@veloce.example\r\n`);

  const read = await parseAside(thread, {
    adapterId: "email",
    via: "webhook",
    delivery: deliveryOf(raw),
    view: fakeChannel(),
  }, io);

  assert.ok(read.ok);
  assert.equal(asked.length, 1, asked.join());
  const [event] = read.value.map((one) => InboundEvent.parse(one));
  assert.ok(event?.type === "message");
  assert.deepEqual(event.hints.map((hint) => hint.by), ["conversation"]);
});

Deno.test("a large mail is stored with its files, as a small one is", async () => {
  await using world = await openMailWorld({}, { sideThread: open() });

  await world.post(new TextDecoder().decode(largeMail("whole", 3)));

  const thread = await world.inbox.thread(await world.conversationId());
  assert.deepEqual(thread.map(({ text }) => text), ["All of them, as promised."]);
  const sizes = thread[0]?.attachments.map(({ size }) => size) ?? [];
  assert.equal(sizes.length, 3);
  assert.ok(sizes.every((size) => size > 6_000_000), sizes.join());
});

Deno.test("a mail that ends the thread is kept as failed, and the next one comes in", async () => {
  await using world = await openMailWorld({}, { sideThread: open(FATAL) });
  const fatal = bigMail("fatal", "X-Fatal: yes\r\n");

  const journalId = await world.post(fatal);
  await world.post(bigMail("next"));

  const journal = await world.inbox.store.get(keys.journal(journalId));
  assert.deepEqual([journal?.state, journal?.error], [
    "failed",
    "Parsing it took more memory than there is, or ended its thread",
  ]);
  const raw = await world.inbox.store.blobs.read(journal?.blob.id ?? "");
  assert.equal(new TextDecoder().decode(raw ?? undefined), fatal);
  const failed = await world.inbox.core.inbound.failed(world.root, {});
  assert.ok(failed.ok && failed.value.length === 1);
  const [next] = await world.inbox.thread(await world.conversationId());
  assert.match(next?.text ?? "", /All work/);
});

Deno.test("a large mail waits while no thread can be had, and fails when there never is one", async () => {
  const sideThread = {
    run: () => Promise.resolve({ ok: false, error: { code: "unavailable" } } as const),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
  await using world = await openMailWorld({}, { sideThread });

  const journalId = await world.post(bigMail("patient"));
  const waiting = await world.inbox.store.get(keys.journal(journalId));
  for (let minute = 0; minute < 10; minute++) {
    world.inbox.ports.clock.advance(60_000);
    await world.inbox.runJobs();
  }

  assert.equal(waiting?.state, "received");
  const journal = await world.inbox.store.get(keys.journal(journalId));
  assert.equal(journal?.state, "failed");
  await world.post(
    "From: ana@x.example\r\nMessage-ID: <small@x.example>\r\n\r\nsmall ones come in",
  );
  assert.ok(await world.conversationId());
});

/** Over the length from which HTML is sanitised aside. */
const HTML = `<p>Look: <img src="cid:pic@x"><script>bad()</script></p>${
  "<b>word</b> ".repeat(9_000)
}`;

function mailWithHtml(id: string): string {
  return [
    ...["From: ana@x.example", `Message-ID: <${id}@x.example>`],
    ...['Content-Type: multipart/related; boundary="r"', "", "--r", "Content-Type: text/html", ""],
    ...[HTML, "--r", "Content-Type: image/png", "Content-ID: <pic@x>"],
    ...["Content-Disposition: inline; filename=a.png", "", "png", "--r--", ""],
  ].join("\r\n");
}

async function shownBy(sideThread?: ReturnType<typeof open>): Promise<string> {
  await using world = await openMailWorld({}, sideThread === undefined ? {} : { sideThread });
  await world.post(mailWithHtml("html"));
  const [message] = await world.inbox.thread(await world.conversationId());
  const { messages } = world.inbox.core;
  const page = await messages.html(world.inbox.agent, message?.id ?? "", { images: false });
  assert.ok(page.ok);
  return page.value;
}

Deno.test("large HTML is shown as it is when it is sanitised in process", async () => {
  const page = await shownBy(open());

  assert.equal(page, await shownBy());
  assert.match(page, /<img src="\/api\/v1\/attachments\//);
  assert.doesNotMatch(page, /bad\(\)/);
});

Deno.test("large HTML that cannot be sanitised is shown as text", async () => {
  const page = await shownBy({
    run: () => Promise.resolve({ ok: false, error: { code: "too_slow" } }),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  });

  assert.match(page, /Look:.*word word word/s);
  assert.doesNotMatch(page, /<img|<script|<b>word/);
});
