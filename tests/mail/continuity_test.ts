/** A chat that goes on by mail: the whole core, a mailbox, and a real SMTP server on the visitor's side. */
import assert from "node:assert/strict";
import nodemailer from "nodemailer";
import { freePort } from "../../.tasks/free_port.ts";
import type { Visitor } from "../../core/mod.ts";
import { keys, transact } from "../../core/store/mod.ts";
import {
  type ContinuityWorld,
  HOUR_MS,
  LEA,
  MINUTE_MS,
  openContinuityWorld,
} from "../fakes/continuity_world.ts";
import { openMailServer } from "../fakes/mail_server.ts";

const TEN = 10 * MINUTE_MS;

Deno.test("a visitor who left gets what they have not read as one mail, after the time the channel says", async () => {
  await using world = await openContinuityWorld();
  const { id } = await world.begin();
  await world.answer(id, "Yes, two of them.");
  await world.pass(9 * MINUTE_MS);
  const second = await world.answer(id, "In blue & green.");
  assert.equal(world.mails().length, 0);
  assert.equal(second.mailAt, world.inbox.ports.clock.now() + MINUTE_MS);

  await world.pass(MINUTE_MS);

  assert.equal(world.mails().length, 1);
  assert.deepEqual(world.mails()[0]?.to, [LEA]);
  assert.match(world.header("From"), /"Nora Visser \(Veloce\)" <support@veloce\.example>/);
  assert.equal(world.header("Subject"), "Your chat with Veloce");
  assert.match(world.header("Reply-To"), /<support\+r\.[a-z0-9]+\.[a-z2-7]{16}@veloce\.example>/);
  assert.equal(world.header("Auto-Submitted"), "auto-generated");
  assert.equal(world.header("X-Auto-Response-Suppress"), "All");
  assert.match(world.text(), /^Yes, two of them\.\r?\n\r?\nIn blue & green\./);
  const [letter] = await world.letters(id);
  assert.equal(letter?.kind, "event");
  assert.deepEqual(letter?.event, { type: "mailed", from: null, to: LEA });
  assert.equal(letter?.status, "sent");
  await world.pass(24 * HOUR_MS);
  assert.equal(world.mails().length, 1, "what was mailed once is not mailed again");
});

Deno.test("nothing the visitor wrote goes to an address nobody has proven, and one mail a day", async () => {
  await using world = await openContinuityWorld();
  const { id } = await world.begin({ text: "Buy cheap watches at evil.example" });
  await world.answer(id, "We sell bikes.");
  await world.pass(TEN);
  assert.doesNotMatch(new TextDecoder().decode(world.mails()[0]?.raw), /watches|evil/);

  const other = await world.begin({ text: "Me again" });
  await world.answer(other.id, "Still bikes.");
  await world.answer(id, "Only bikes.");
  await world.pass(23 * HOUR_MS);
  assert.equal(world.mails().length, 1);
  await world.pass(HOUR_MS);
  assert.equal(world.mails().length, 2);
});

Deno.test("the visitor's answer by mail comes into the chat, where they see it without what it quotes", async () => {
  await using world = await openContinuityWorld();
  const { visitor, id } = await world.begin();
  await world.answer(id, "Yes, two of them.");
  await world.pass(TEN);

  await world.mailBack("Put one aside, please.\r\n\r\nOn Mon, Nora wrote:\r\n> Yes, two of them.");

  const conversation = await world.inbox.conversation(id);
  assert.equal(conversation.previewKind, "inbound");
  assert.notEqual(conversation.waitingSince, null);
  const message = (await world.inbox.thread(id)).at(-1);
  assert.equal(message?.kind, "inbound");
  assert.equal(message?.author.id, conversation.contactId);
  assert.deepEqual(message?.email?.from, { name: "Lea", address: LEA });
  assert.ok(!message?.trace.some(({ step }) => step === "new_participant"));
  const last = (await world.seen(visitor, id)).at(-1);
  assert.equal(last?.text, "Put one aside, please.");
  assert.equal(last?.via, "email");
  const contact = await world.inbox.store.get(keys.contact(conversation.contactId));
  assert.ok(contact?.identities.some(({ kind, value }) => kind === "email" && value === LEA));
});

Deno.test("files of an answer by mail come into the chat", async () => {
  await using world = await openContinuityWorld();
  const { visitor, id } = await world.begin();
  await world.answer(id, "Can you show us?");
  await world.pass(TEN);

  await world.mailBack(
    "--b\r\nContent-Type: text/plain\r\n\r\nHere\r\n--b\r\nContent-Type: text/csv\r\n" +
      'Content-Disposition: attachment; filename="sizes.csv"\r\n\r\n1,2\r\n--b--',
    { headers: ["MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=b"] },
  );

  const last = (await world.seen(visitor, id)).at(-1);
  assert.equal(last?.text, "Here");
  assert.deepEqual(last?.attachments.map(({ name }) => name), ["sizes.csv"]);
});

Deno.test("the next answer goes by mail too, in the same thread, with what was said before", async () => {
  await using world = await openContinuityWorld();
  const { id } = await world.begin();
  await world.answer(id, "Yes, two of them.");
  await world.pass(TEN);
  await world.mailBack("Put one aside, please.");
  await world.answer(id, "Done.");
  await world.pass(TEN);
  assert.equal(world.mails().length, 1, "a quarter of an hour lies between two mails");

  await world.pass(5 * MINUTE_MS);

  assert.equal(world.mails().length, 2);
  assert.equal(world.header("Subject"), "Re: Your chat with Veloce");
  const first = world.header("Message-ID", 0);
  assert.match(world.header("In-Reply-To"), /^<back-\d+@posta\.example>$/);
  assert.ok(world.header("References").startsWith(first));
  assert.match(world.text(), /^Done\.[^]*> Put one aside, please\.[^]*Do you have the Corsa/);
});

Deno.test("who came back, read it, is here, or is unreachable gets no mail", async (test) => {
  const cases: Readonly<
    Record<string, (world: ContinuityWorld, id: string, visitor: Visitor) => Promise<unknown>>
  > = {
    "read in the chat": (world, id, visitor) =>
      world.inbox.core.visitors.acknowledge(visitor, id, "read"),
    "answered in the chat": async (world, id, visitor) => {
      world.inbox.ports.clock.advance(1);
      const message = { id: "second", text: "Thanks" };
      const posted = await world.inbox.core.visitors.post(visitor, id, message, "192.0.2.1");
      assert.ok(posted.ok);
    },
    "marked as spam": (world, id) =>
      world.inbox.core.conversations.update(world.root, id, { status: "spam" }),
    "the setting is off": (world) =>
      world.inbox.core.channels.update(world.root, world.chatId, {
        config: { mailAnswers: false },
      }),
    "the chat is paused": (world) =>
      world.inbox.core.channels.update(world.root, world.chatId, { status: "paused" }),
    "the mailbox is gone": (world) => world.inbox.core.channels.remove(world.root, world.mailboxId),
    "mail to the address came back": async (world, id) => {
      const { contactId } = await world.inbox.conversation(id);
      const contact = await world.inbox.store.get(keys.contact(contactId));
      assert.ok(contact);
      await transact(world.inbox.store, (tx) => {
        const badEmails = [{ address: LEA, reason: "gone", at: 0 }];
        tx.set(keys.contact(contactId), { ...contact, badEmails });
        return Promise.resolve();
      });
    },
  };
  for (const [words, happens] of Object.entries(cases)) {
    await test.step(words, async () => {
      await using world = await openContinuityWorld();
      const { visitor, id } = await world.begin();
      await world.answer(id, "Yes.");
      await world.pass(5 * MINUTE_MS);

      await happens(world, id, visitor);
      await world.pass(HOUR_MS);

      assert.equal(world.mails().length, 0);
      assert.deepEqual(await world.letters(id), []);
    });
  }
});

Deno.test("a visitor whose chat is open somewhere is not written to before they leave", async () => {
  await using world = await openContinuityWorld();
  const { visitor, id } = await world.begin();
  const leaving = new AbortController();
  const stream = world.inbox.core.visitors.subscribe(visitor, null, leaving.signal);
  const reading = stream[Symbol.asyncIterator]();
  await reading.next();
  await world.answer(id, "Yes.");

  await world.pass(TEN);
  await world.pass(TEN);
  assert.equal(world.mails().length, 0);
  const { mailAt } = (await world.inbox.thread(id)).at(-1) ?? {};
  assert.equal(mailAt, world.inbox.ports.clock.now() + TEN);
  leaving.abort();
  await reading.return?.();
  await world.pass(TEN);

  assert.equal(world.mails().length, 1);
});

Deno.test("answers of a chat that was merged are mailed from where they are, and what was mailed is not mailed again", async () => {
  await using world = await openContinuityWorld();
  const { core } = world.inbox;
  const { visitor, id } = await world.begin();
  await world.answer(id, "Mailed before.");
  await world.pass(TEN);
  await world.mailBack("Thank you");
  const posted = await core.visitors.start(visitor, { id: "other", text: "And this" }, "192.0.2.1");
  assert.ok(posted.ok);
  const { conversationId: intoId } = posted.value.message;
  world.inbox.ports.clock.advance(1);
  await world.answer(id, "Not mailed yet.");

  assert.ok((await core.threads.merge(world.root, id, intoId)).ok);
  await world.pass(15 * MINUTE_MS);
  await world.pass(15 * MINUTE_MS);

  assert.equal(world.mails().length, 2);
  assert.match(world.text(), /^Not mailed yet\.\s+Answer/);
  assert.equal((await world.letters(intoId)).length, 2);
  await world.mailBack("Good");
  assert.equal((await world.inbox.thread(intoId)).at(-1)?.text, "Good");
});

Deno.test("without an address nothing is planned; one left later gets what waits", async () => {
  await using world = await openContinuityWorld();
  const { visitor, id } = await world.begin({ email: null });
  assert.equal((await world.answer(id, "Yes.")).mailAt, undefined);
  await world.pass(HOUR_MS);
  assert.equal(world.mails().length, 0);

  assert.ok((await world.inbox.core.visitors.leaveEmail(visitor, LEA, "192.0.2.1")).ok);
  assert.notEqual((await world.inbox.thread(id)).at(-1)?.mailAt, undefined);
  await world.pass(TEN);

  assert.deepEqual(world.mails()[0]?.to, [LEA]);
});

Deno.test("answers read while a mail could not leave are not mailed any more", async () => {
  await using world = await openContinuityWorld();
  const { visitor, id } = await world.begin();
  await world.answer(id, "Yes.");
  world.server.mood = { kind: "refuses", code: 451, message: "4.3.0 Later" };
  await world.pass(TEN);
  assert.equal((await world.letters(id))[0]?.status, "queued");
  const reply = await world.answer(id, "And another thing.");
  assert.equal(reply.status, "sent", "a mail that cannot leave does not hold back the chat");

  await world.inbox.core.visitors.acknowledge(visitor, id, "read");
  world.server.mood = { kind: "takes" };
  await world.pass(HOUR_MS);

  assert.equal(world.mails().length, 0);
  assert.equal((await world.letters(id))[0]?.status, "canceled");
});

Deno.test("a mail that is refused is shown as failed, and can be sent again", async () => {
  await using world = await openContinuityWorld();
  const { id } = await world.begin();
  await world.answer(id, "Yes.");
  world.server.mood = { kind: "refuses", code: 550, message: "5.7.1 Not today" };
  await world.pass(TEN);
  const [letter] = await world.letters(id);
  assert.equal(letter?.status, "failed");
  assert.equal((await world.inbox.conversation(id)).failedMessageId, letter?.id);

  world.server.mood = { kind: "takes" };
  assert.ok((await world.inbox.core.messages.retry(world.inbox.agent, letter?.id ?? "")).ok);
  await world.inbox.runJobs();

  assert.equal((await world.letters(id))[0]?.status, "sent");
  assert.equal((await world.inbox.conversation(id)).failedMessageId, null);
  assert.equal(world.mails().length, 1);
});

Deno.test("a mail that comes back marks the address, and opens the chat again", async () => {
  await using world = await openContinuityWorld();
  const { id } = await world.begin();
  await world.answer(id, "Yes.");
  await world.pass(TEN);
  await world.inbox.core.conversations.update(world.root, id, { status: "closed" });

  await world.mailBack(
    [
      "--b",
      "Content-Type: text/plain",
      "",
      "No such mailbox",
      "--b",
      "Content-Type: message/delivery-status",
      "",
      "Reporting-MTA: dns; mx.posta.example",
      "",
      `Final-Recipient: rfc822; ${LEA}`,
      "Action: failed",
      "Status: 5.1.1",
      "Diagnostic-Code: smtp; 550 5.1.1 No such mailbox",
      "--b",
      "Content-Type: text/rfc822-headers",
      "",
      `Message-ID: ${world.header("Message-ID")}`,
      `To: ${LEA}`,
      "--b--",
    ].join("\r\n"),
    {
      from: "MAILER-DAEMON@mx.posta.example",
      to: "support@veloce.example",
      headers: [
        "MIME-Version: 1.0",
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b",
      ],
    },
  );

  const [letter] = await world.letters(id);
  assert.equal(letter?.status, "failed");
  const conversation = await world.inbox.conversation(id);
  assert.equal(conversation.status, "open");
  const contact = await world.inbox.store.get(keys.contact(conversation.contactId));
  assert.deepEqual(contact?.badEmails?.map(({ address }) => address), [LEA]);
  await world.answer(id, "Are you there?");
  await world.pass(24 * HOUR_MS);
  assert.equal(world.mails().length, 1);
});

Deno.test("mail from another address is shown as somebody new, and proves nothing", async () => {
  await using world = await openContinuityWorld();
  const { id } = await world.begin();
  await world.answer(id, "Yes.");
  await world.pass(TEN);

  await world.mailBack("I am her husband", { from: "Marc <marc@posta.example>" });

  const message = (await world.inbox.thread(id)).at(-1);
  assert.equal(message?.text, "I am her husband");
  assert.notEqual(message?.author.id, (await world.inbox.conversation(id)).contactId);
  assert.ok(message?.trace.some(({ step }) => step === "new_participant"));
  await world.answer(id, "Then yes to you both.");
  await world.pass(23 * HOUR_MS);
  assert.equal(world.mails().length, 1, "her address is as unproven as before");
});

Deno.test("a signed address that was mailed elsewhere proves no address left later", async () => {
  await using world = await openContinuityWorld();
  const { visitor, id } = await world.begin({ email: "mallory@evil.example" });
  await world.answer(id, "Yes, two of them.");
  await world.pass(TEN);
  const signed = /<(.+)>/.exec(world.header("Reply-To"))?.[1] ?? "";
  const mailed = world.header("Message-ID");
  await world.inbox.core.visitors.leaveEmail(visitor, LEA, "192.0.2.1");

  await world.mailBack("I am Lea.", { to: signed, answers: mailed });

  assert.equal((await world.inbox.thread(id)).at(-1)?.text, "I am Lea.");
  const { contactId } = await world.inbox.conversation(id);
  const contact = await world.inbox.store.get(keys.contact(contactId));
  assert.ok(!contact?.identities.some(({ value }) => value === LEA), "nobody has shown that");
  const known = await world.inbox.store.get(keys.visitor(visitor.id));
  assert.deepEqual(known?.leftEmail, { address: LEA, isProven: false });

  await world.answer(id, "Are you?");
  await world.pass(24 * HOUR_MS);
  assert.deepEqual(world.mails().at(-1)?.to, [LEA]);
  await world.mailBack("Yes.");
  const after = await world.inbox.store.get(keys.visitor(visitor.id));
  assert.equal(
    after?.leftEmail?.isProven,
    true,
    "who answers what was mailed there, reads it there",
  );
});

Deno.test("a signed address of another mailbox, of another chat or forged reaches into no chat", async () => {
  await using world = await openContinuityWorld();
  const { id } = await world.begin();
  await world.answer(id, "Yes.");
  await world.pass(TEN);
  const coded = /<(.+)>/.exec(world.header("Reply-To"))?.[1] ?? "";
  const silent = await world.begin({ email: null, text: "Nobody is mailed here" });
  const count = (await world.inbox.thread(id)).length;

  const forged = coded.replace(/[a-z2-7]{16}@/, "aaaaaaaaaaaaaaaa@");
  const foreign = coded.replace(/\+r\.[^.]+/, `+r.${silent.id.slice(4)}`);
  for (const to of [forged, foreign]) {
    await world.mailBack("Let me in", { to, answers: null });
  }

  assert.equal((await world.inbox.thread(id)).length, count);
  assert.equal((await world.inbox.thread(silent.id)).length, 1);
  const list = await world.inbox.core.conversations.list(world.inbox.agent, { view: "open" });
  assert.ok(list.ok);
  const mails = list.value.items.filter(({ channelId }) => channelId === world.mailboxId);
  assert.equal(mails.length, 2);
});

Deno.test("an answer that kept nothing but In-Reply-To finds the chat", async () => {
  await using world = await openContinuityWorld();
  const { id } = await world.begin();
  await world.answer(id, "Yes.");
  await world.pass(TEN);

  await world.mailBack("Thanks", {
    to: "support@veloce.example",
    answers: world.header("Message-ID"),
  });

  assert.equal((await world.inbox.thread(id)).at(-1)?.text, "Thanks");
});

Deno.test("an out-of-office reply is kept, but neither shown to the visitor nor taken as a proof", async () => {
  await using world = await openContinuityWorld();
  const { visitor, id } = await world.begin();
  await world.answer(id, "Yes.");
  await world.pass(TEN);

  await world.mailBack("I am away", { headers: ["Auto-Submitted: auto-replied"] });

  assert.equal((await world.inbox.thread(id)).at(-1)?.text, "I am away");
  assert.ok((await world.seen(visitor, id)).every(({ text }) => text !== "I am away"));
  const record = await world.inbox.store.get(keys.visitor(visitor.id));
  assert.deepEqual(record?.leftEmail, { address: LEA, isProven: false });
});

Deno.test("more than ten answers go in mails a quarter of an hour apart", async () => {
  await using world = await openContinuityWorld();
  const { id } = await world.begin();
  await world.answer(id, "0");
  await world.pass(TEN);
  await world.mailBack("Tell me all");
  for (let i = 1; i <= 12; i++) await world.answer(id, `answer ${i}`);
  await world.pass(15 * MINUTE_MS);
  assert.equal(world.mails().length, 2);
  assert.match(world.text(), /answer 10/);
  assert.doesNotMatch(world.text(), /answer 11/);

  await world.pass(15 * MINUTE_MS);

  assert.equal(world.mails().length, 3);
  assert.match(world.text(), /^answer 11\s+answer 12/);
});

Deno.test("a letter speaks the visitor's language, and carries the files of its answers", async () => {
  await using world = await openContinuityWorld();
  const { id } = await world.begin({ locale: "de-AT" });
  const { core, agent } = world.inbox;
  const file = await core.attachments.upload({ kind: "principal", principal: agent }, {
    name: "Plan.txt",
    type: "text/plain",
    bytes: new TextEncoder().encode("left, then right"),
  });
  assert.ok(file.ok);
  await world.inbox.reply(id, "Hier der Plan", { attachmentIds: [file.value.id] });
  await world.inbox.runJobs();
  await world.pass(TEN);

  assert.equal(world.header("Subject"), "Ihr Chat mit Veloce");
  assert.match(world.text(), /Antworten Sie auf diese E-Mail/);
  assert.match(new TextDecoder().decode(world.mails()[0]?.raw), /filename=Plan\.txt/);
});

Deno.test("where an inbox has no mailbox, nobody is mailed, and nobody asked for an address", async () => {
  await using world = await openContinuityWorld({ mailbox: null });
  const { id } = await world.begin();

  const reply = await world.answer(id, "Yes.");
  await world.pass(HOUR_MS);

  assert.equal(reply.mailAt, undefined);
  const config = await world.inbox.core.visitors.config(world.chatId);
  assert.ok(config.ok && !config.value.mailsAnswers);
});

Deno.test("the inbox's own address writes where it has no mailbox, and for one that does not work", async (test) => {
  const port = freePort("127.0.0.1");
  for (
    const [words, mailbox] of [
      ["no mailbox", null],
      ["a broken one", { outbound: { kind: "smtp", host: "127.0.0.1", port, security: "none" } }],
    ] as const
  ) {
    await test.step(words, async () => {
      await using server = await openMailServer();
      await using world = await openContinuityWorld({
        mailbox,
        env: {
          PARLEY_SMTP_LISTEN: "127.0.0.1:0",
          PARLEY_MAIL_DOMAIN: "in.veloce.example",
          PARLEY_SMTP_URL: `smtp://127.0.0.1:${server.port}`,
          PARLEY_ALLOW_PRIVATE_HOSTS: `127.0.0.1:${server.port}`,
        },
      });
      const listening = await world.inbox.core.listen(null);
      assert.ok(listening.ok && listening.value !== null);
      const { id } = await world.begin();
      await world.answer(id, "Yes.");
      await world.pass(TEN);

      const [mail] = server.received;
      assert.match(mail?.from ?? "", /^support-[a-z2-9]{6}@in\.veloce\.example$/);
      const raw = new TextDecoder().decode(mail?.raw).replace(/\r\n[ \t]/g, " ");
      const to = /^Reply-To:[^<]*<([^>]+)>/im.exec(raw)?.[1] ?? "";
      const client = nodemailer.createTransport({
        host: "127.0.0.1",
        port: listening.value,
        ignoreTLS: true,
      });
      await client.sendMail({ from: LEA, to, subject: "Re: Your chat", text: "Thank you" });
      client.close();
      await world.inbox.runJobs();

      assert.equal((await world.inbox.thread(id)).at(-1)?.text, "Thank you");
    });
  }
});

Deno.test("of two servers that find it due at once, one sends one mail", async () => {
  const kv = await Deno.openKv(":memory:");
  {
    await using world = await openContinuityWorld({ kv });
    const other = await world.inbox.startAnother();
    const { id } = await world.begin();
    await world.answer(id, "Yes.");

    world.inbox.ports.clock.advance(TEN);
    await Promise.all([world.inbox.runJobs(), other.jobs.drain(), other.jobs.settled()]);
    await Promise.all([world.inbox.runJobs(), other.jobs.drain(), other.jobs.settled()]);

    assert.equal(world.mails().length, 1);
    assert.equal((await world.letters(id)).length, 1);
    await other.stop();
  }
  kv.close();
});

Deno.test("a chat that is open at one server is known to be open at another", async () => {
  const kv = await Deno.openKv(":memory:");
  {
    await using world = await openContinuityWorld({ kv });
    const other = await world.inbox.startAnother();
    const { visitor, id } = await world.begin();
    const leaving = new AbortController();
    const stream = other.visitors.subscribe(visitor, null, leaving.signal)[Symbol.asyncIterator]();
    await stream.next();
    await world.answer(id, "Yes.");
    await other.jobs.stop();

    for (let i = 0; i < 4; i++) await world.pass(TEN);
    assert.equal(world.mails().length, 0);
    leaving.abort();
    await stream.return?.();
    await other.stop();
    await world.pass(TEN);

    assert.equal(world.mails().length, 1);
  }
  kv.close();
});

Deno.test("what was planned before a restart is sent after it, once those who are still there are back", async () => {
  const kv = await Deno.openKv(":memory:");
  {
    await using world = await openContinuityWorld({ kv });
    const { id } = await world.begin();
    await world.answer(id, "Yes.");
    await world.inbox.core.stop();
    world.inbox.ports.clock.advance(HOUR_MS);

    const again = await world.inbox.startAnother();
    await again.jobs.drain();
    assert.equal(world.mails().length, 0);
    world.inbox.ports.clock.advance(MINUTE_MS);
    await again.jobs.drain();
    await again.jobs.settled();

    assert.equal(world.mails().length, 1);
    assert.match(world.text(), /^Yes\./);
    assert.match(id, /^cnv_/);
    await again.stop();
  }
  kv.close();
});
