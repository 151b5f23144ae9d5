/** A conversation goes to somebody outside and on with them, by real mail: what they get, where answers go, what its customer never sees. */
import assert from "node:assert/strict";
import type { Message } from "../../core/model/message.ts";
import type { ForwardInput } from "../../core/mod.ts";
import type { ReceivedMail } from "../fakes/mail_server.ts";
import { type MailWorld, openMailWorld } from "../fakes/mail_world.ts";
import { keys } from "../../core/store/mod.ts";

const ADA = "ada@posta.example";
const BOB = "bob@supplier.example";
const SECRET_WORDS = "The supplier asks 40 euros";

function mail(fields: {
  readonly from?: string;
  readonly to?: string;
  readonly id: string;
  readonly subject?: string;
  readonly headers?: readonly string[];
  readonly text?: string;
}): string {
  const { from = ADA, to = "support@veloce.example", id, subject = "The hanger" } = fields;
  return [
    `From: ${from}`,
    `To: ${to}`,
    `Subject: ${subject}`,
    `Message-ID: <${id}@posta.example>`,
    ...fields.headers ?? [],
    "Content-Type: text/plain",
    "",
    fields.text ?? "It is bent. What does a new one cost?",
  ].join("\r\n");
}

/** Forwards, and has it sent; the message as it is then. */
async function forward(world: MailWorld, id: string, input: ForwardInput): Promise<Message> {
  const { inbox } = world;
  const posted = await inbox.core.messages.forward(inbox.agent, id, { undoSeconds: 0, ...input });
  assert.ok(posted.ok, JSON.stringify(posted));
  await inbox.runJobs();
  const message = await inbox.store.get(keys.message(id, posted.value.message.seq));
  assert.ok(message);
  return message;
}

function lastMail({ server }: MailWorld): ReceivedMail {
  const last = server.received.at(-1);
  assert.ok(last);
  return last;
}

/** A mail's bytes as text, soft line breaks undone. */
function rawOf({ raw }: ReceivedMail): string {
  return new TextDecoder().decode(raw).replaceAll("=\r\n", "");
}

async function lastOf({ inbox }: MailWorld, id: string): Promise<Message> {
  const last = (await inbox.thread(id)).at(-1);
  assert.ok(last);
  return last;
}

Deno.test("what is forwarded goes on with its reader in the thread, and its customer never sees any of it", async () => {
  await using world = await openMailWorld({ includeHistory: true });
  const { inbox } = world;
  await world.post(mail({ id: "first" }));
  const id = await world.conversationId();
  const waitingSince = (await inbox.conversation(id)).waitingSince;

  const sent = await forward(world, id, { to: [BOB], text: "Can you help?" });
  assert.equal(sent.kind, "comment");
  assert.equal(sent.status, "sent");
  assert.deepEqual(sent.aside, { to: [{ name: "", address: BOB }] });
  const out = lastMail(world);
  assert.deepEqual(out.to, [BOB]);
  assert.match(rawOf(out), /Subject: Fwd: The hanger/);
  assert.match(
    rawOf(out),
    /Can you help\?[^]*Forwarded message[^]*ada@posta\.example[^]*It is bent/,
  );
  assert.equal(world.headerOf(out.raw, "References") + world.headerOf(out.raw, "In-Reply-To"), "");
  const answerTo = world.headerOf(out.raw, "Reply-To");
  assert.match(answerTo, /\+r\./);
  assert.equal((await inbox.conversation(id)).waitingSince, waitingSince, "Ada waits as before");

  await inbox.core.conversations.update(inbox.agent, id, { status: "closed" });
  const before = await inbox.conversation(id);
  await world.post(mail({
    from: `Bob <${BOB}>`,
    to: answerTo,
    id: "answer",
    subject: "Re: Fwd: The hanger",
    headers: [`In-Reply-To: ${world.headerOf(out.raw, "Message-ID")}`],
    text: SECRET_WORDS,
  }));
  const answer = await lastOf(world, id);
  assert.equal(answer.text, SECRET_WORDS);
  assert.equal(answer.kind, "comment");
  assert.equal(answer.author.name, "Bob");
  assert.deepEqual(answer.aside, { to: [{ name: "Bob", address: BOB }] });
  const row = await inbox.conversation(id);
  assert.equal(row.status, "open", "it was asked for, and is not left among the closed");
  assert.equal(row.lastUnreadSeq, answer.seq);
  assert.equal(row.waitingSince, before.waitingSince);
  assert.equal(row.version, before.version + 1, "who answers Ada now has not seen it");
  assert.equal(row.contactName, before.contactName);

  const back = await forward(world, id, { messageId: answer.id, text: "Agreed." });
  assert.deepEqual(lastMail(world).to, [BOB]);
  assert.equal(world.headerOf(lastMail(world).raw, "In-Reply-To"), "<answer@posta.example>");
  assert.equal(back.email?.subject, "Re: Fwd: The hanger");
  assert.match(rawOf(lastMail(world)), /Agreed\.[^]*40 euros/, "quotes what Bob wrote");
  assert.ok(!/Forwarded message/.test(back.text));

  const defaults = await inbox.core.messages.replyDefaults(inbox.agent, id);
  assert.ok(defaults.ok);
  assert.deepEqual(
    [...defaults.value.to, ...defaults.value.cc].map(({ address }) => address),
    [ADA],
  );
  await world.reply(id, "A new one is 45 euros.");
  assert.deepEqual(lastMail(world).to, [ADA]);
  assert.doesNotMatch(rawOf(lastMail(world)), /40 euros|Can you help|supplier\.example/);
  assert.match(rawOf(lastMail(world)), /It is bent/, "quotes what Ada wrote");
  const elsewhere = { to: ["ada@home.example"], undoSeconds: 0 };
  await inbox.reply(id, "To your other address", elsewhere);
  await inbox.runJobs();
  assert.deepEqual(lastMail(world).to, elsewhere.to);
  assert.doesNotMatch(rawOf(lastMail(world)), /40 euros|Can you help|supplier\.example/);

  await world.post(mail({ from: BOB, to: answerTo, id: "later", text: "It left today" }));
  assert.equal((await lastOf(world, id)).text, "It left today");
  assert.equal((await inbox.conversation(id)).waitingSince, null, "Ada waits for nothing");
});

Deno.test("whoever answers in whatever way, it stays aside; the customer is the customer at any address", async () => {
  await using world = await openMailWorld();
  const { inbox } = world;
  await world.post(mail({ id: "first" }));
  const id = await world.conversationId();
  await forward(world, id, { to: [BOB, "carol@supplier.example"], text: "Do you know?" });
  const out = lastMail(world);
  assert.deepEqual(out.to, [BOB, "carol@supplier.example"]);
  const answerTo = world.headerOf(out.raw, "Reply-To");
  const messageId = world.headerOf(out.raw, "Message-ID");
  const [, code] = /(parley_[a-z0-9]+_[a-z2-7]{16})/.exec(rawOf(out)) ?? [];
  const ways = [
    { name: "a colleague, to the address", from: "dan@supplier.example", to: answerTo },
    { name: "by the mail it answers", from: BOB, headers: [`References: ${messageId}`] },
    {
      name: "by its own mail",
      from: BOB,
      headers: [`In-Reply-To: <way-1@posta.example>`],
    },
    {
      name: "by nothing but the quote",
      from: "carol@supplier.example",
      headers: ["Content-Type: text/html"],
      text: `<p>No</p><blockquote class="${code}">…</blockquote>`,
    },
  ];
  for (const [i, { name, ...way }] of ways.entries()) {
    const written = mail({ id: `way-${i}`, ...way });
    await world.post(
      written.replace("Content-Type: text/plain\r\n", "headers" in way && i === 3 ? "" : "$&"),
    );
    const last = await lastOf(world, id);
    assert.equal(last.externalId, `way-${i}@posta.example`, name);
    assert.equal(last.kind, "comment", name);
    assert.deepEqual(last.aside?.to.map(({ address }) => address), [way.from], name);
  }

  await world.post(mail({ id: "again", to: answerTo, text: "It is me, Ada" }));
  const ada = await lastOf(world, id);
  assert.equal(ada.kind, "inbound");
  assert.equal(ada.aside, undefined);
  await world.post(mail({ id: "bob-own", from: BOB, subject: "Our new prices" }));
  const journal = await Array.fromAsync(inbox.store.list(keys.conversations()));
  assert.equal(journal.length, 2, "what Bob writes of his own is a conversation of his own");
});

Deno.test("machines that answer are filed, bounces are told, and a retry goes where it went", async () => {
  await using world = await openMailWorld();
  const { inbox, server } = world;
  await world.post(mail({ id: "first" }));
  const id = await world.conversationId();
  const sent = await forward(world, id, { to: [BOB], text: "Can you help?" });
  const out = lastMail(world);
  const messageId = world.headerOf(out.raw, "Message-ID");
  await inbox.core.conversations.update(inbox.agent, id, { status: "closed" });
  const before = await inbox.conversation(id);

  await world.post(mail({
    id: "away",
    from: BOB,
    to: world.headerOf(out.raw, "Reply-To"),
    headers: [`In-Reply-To: ${messageId}`, "Auto-Submitted: auto-replied"],
    text: "I am away",
  }));
  const away = await lastOf(world, id);
  assert.deepEqual([away.kind, away.aside !== undefined], ["comment", true]);
  const quiet = await inbox.conversation(id);
  assert.deepEqual([quiet.status, quiet.lastUnreadSeq], ["closed", before.lastUnreadSeq]);

  await world.post([
    "From: MAILER-DAEMON@supplier.example",
    "Return-Path: <>",
    "Message-ID: <dsn@supplier.example>",
    "Content-Type: multipart/report; report-type=delivery-status; boundary=b",
    "",
    "--b",
    "Content-Type: message/delivery-status",
    "",
    "Reporting-MTA: dns; supplier.example",
    "",
    `Final-Recipient: rfc822; ${BOB}`,
    "Action: failed",
    "Status: 5.1.1",
    "",
    "--b",
    "Content-Type: text/rfc822-headers",
    "",
    `Message-ID: ${messageId}`,
    "",
    "--b--",
  ].join("\r\n"));
  const failed = await inbox.store.get(keys.message(id, sent.seq));
  assert.equal(failed?.status, "failed");
  assert.equal((await lastOf(world, id)).event?.to, BOB);
  assert.equal((await inbox.conversation(id)).failedMessageId, sent.id);
  assert.equal(
    (await world.contact(id)).badEmails,
    undefined,
    "Ada's address is as good as before",
  );

  const count = server.received.length;
  assert.ok((await inbox.core.messages.retry(inbox.agent, sent.id)).ok);
  await inbox.runJobs();
  assert.equal(server.received.length, count + 1);
  assert.deepEqual(lastMail(world).to, [BOB]);
  assert.equal((await inbox.conversation(id)).failedMessageId, null);
});

Deno.test("the whole conversation is passed on without what the team said, one message with its files", async () => {
  await using world = await openMailWorld();
  const { inbox } = world;
  const { core, agent } = inbox;
  await world.post([
    `From: Ada <${ADA}>`,
    "Message-ID: <first@posta.example>",
    "Subject: The hanger",
    "Content-Type: multipart/mixed; boundary=b",
    "",
    "--b",
    "Content-Type: text/html",
    "",
    "<p>It is <b>bent</b></p><script>alert(1)</script>",
    "--b",
    "Content-Type: text/plain; name=hanger.txt",
    "Content-Disposition: attachment; filename=hanger.txt",
    "",
    "42 mm",
    "--b--",
  ].join("\r\n"));
  const id = await world.conversationId();
  await world.reply(id, "We look at it.");
  await core.messages.post(agent, id, { kind: "comment", text: "He is always late" });
  await forward(world, id, { to: ["x@outside.example"], text: "First try" });

  const all = await forward(world, id, { to: [BOB], text: "", withFiles: false });
  assert.match(all.text, /It is bent[^]*We look at it/);
  assert.doesNotMatch(all.text, /always late|First try|x@outside/);
  assert.deepEqual(all.attachments, []);

  const [first] = await inbox.thread(id);
  assert.ok(first);
  const one = await forward(world, id, { to: [BOB], messageId: first.id, text: "See" });
  assert.deepEqual(one.attachments.map(({ name }) => name), ["hanger.txt"]);
  assert.notEqual(one.attachments[0]?.id, first.attachments[0]?.id, "each owns its own");
  const raw = rawOf(lastMail(world));
  assert.match(raw, /hanger\.txt/);
  assert.match(raw, /<b>bent<\/b>/);
  assert.doesNotMatch(raw, /<script|always late/);
});

Deno.test("what cannot be forwarded is refused in words, and nothing leaves", async () => {
  await using world = await openMailWorld();
  const { inbox } = world;
  const { core, agent } = inbox;
  await world.post(mail({ id: "first" }));
  const id = await world.conversationId();
  const comment = await core.messages.post(agent, id, { kind: "comment", text: "Hm" });
  assert.ok(comment.ok);
  const wrong: readonly (readonly [ForwardInput, RegExp])[] = [
    [{ to: [ADA.toUpperCase()] }, /customer/],
    [{ to: ["Support@veloce.example"] }, /mailbox of yours/],
    [{ text: "To nobody" }, /names nobody/],
    [{ to: [BOB], messageId: comment.value.message.id }, /only your team/],
    [{ to: [BOB], messageId: "msg_none" }, /no message/],
    [{ to: ["bob at home"] }, /not a mail address/],
    [{ to: [BOB], attachmentIds: ["att_none"] }, /not a file/],
    [{ to: Array.from({ length: 21 }, (_, i) => `b${i}@supplier.example`) }, /too many/],
  ];
  for (const [input, words] of wrong) {
    const posted = await core.messages.forward(agent, id, input);
    assert.ok(!posted.ok && posted.error.code === "invalid", JSON.stringify(posted));
    assert.match(posted.error.errors[0]?.message ?? "", words);
  }
  assert.deepEqual(world.server.received, []);
});

Deno.test("what is forwarded twice under one key is one message and one mail", async () => {
  await using world = await openMailWorld();
  const { inbox } = world;
  await world.post(mail({ id: "first" }));
  const id = await world.conversationId();
  const once = { idempotency: { scope: "forward", key: "k", bodyHash: "h" } };
  const tell = () =>
    inbox.core.messages.forward(inbox.agent, id, { to: [BOB], undoSeconds: 0 }, once);

  const posted = [...await Promise.all([tell(), tell()]), await tell()];
  await inbox.runJobs();

  assert.ok(posted.every(({ ok }) => ok));
  assert.equal(new Set(posted.map((one) => one.ok && one.value.message.id)).size, 1);
  assert.deepEqual((await inbox.thread(id)).map(({ kind }) => kind), ["inbound", "comment"]);
  assert.equal(world.server.received.length, 1);
});

Deno.test("what came over another channel is forwarded by the inbox's mailbox, and never goes out there", async () => {
  await using world = await openMailWorld();
  const { inbox } = world;
  const { conversationId: id } = await inbox.write("Where is my order?", { from: "ana@x.example" });

  const sent = await forward(world, id, { to: [BOB], text: "Where is it?" });
  assert.equal(sent.channelId, world.channelId);
  await world.post(mail({
    id: "answer",
    from: BOB,
    to: world.headerOf(lastMail(world).raw, "Reply-To"),
    text: SECRET_WORDS,
  }));
  const answer = await lastOf(world, id);
  assert.equal(answer.text, SECRET_WORDS);
  assert.deepEqual([answer.kind, answer.channelId], ["comment", world.channelId]);
  assert.deepEqual(inbox.sent, [], "nothing was given to the channel's own adapter");
  await inbox.reply(id, "On Monday", { undoSeconds: 0 });
  await inbox.runJobs();
  assert.deepEqual(inbox.sent.map(({ text }) => text), ["On Monday"]);

  await inbox.core.channels.remove(world.root, world.channelId);
  const none = await inbox.core.messages.forward(inbox.agent, id, { to: [BOB], text: "And?" });
  assert.ok(!none.ok && none.error.code === "unsupported");
  assert.match(none.error.message, /no mailbox/);
});
