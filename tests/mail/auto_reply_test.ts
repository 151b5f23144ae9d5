/** Automatic replies: whom they go to, what they say of themselves, and that two of them stop. */
import assert from "node:assert/strict";
import { type MailWorld, openMailWorld } from "../fakes/mail_world.ts";

const TEXT = "Thank you, we answer within a day.";

let count = 0;
function mail(from: string, ...headers: readonly string[]): string {
  return [
    `From: ${from}`,
    `Message-ID: <a${++count}@posta.example>`,
    "Subject: Cheap watches at evil.example",
    ...headers,
    "",
    "Words.",
  ].join("\r\n");
}

Deno.test("an automatic reply says what it is, carries nothing of the mail, and leaves the customer waiting", async () => {
  await using world = await openMailWorld({ autoReply: TEXT });
  await world.post(mail("Ana <ana@posta.example>", "Cc: boss@posta.example"));
  const id = await world.conversationId();

  const [sent, ...more] = world.server.received;
  assert.ok(sent);
  assert.deepEqual(more, []);
  assert.deepEqual(sent.to, ["ana@posta.example"]);
  assert.equal(world.headerOf(sent.raw, "Auto-Submitted"), "auto-replied");
  assert.equal(world.headerOf(sent.raw, "X-Auto-Response-Suppress"), "All");
  assert.match(world.headerOf(sent.raw, "In-Reply-To"), /^<a\d+@posta\.example>$/);
  const raw = new TextDecoder().decode(sent.raw);
  assert.match(raw, /Thank you, we answer/);
  assert.doesNotMatch(raw, /watches|Words/);
  const conversation = await world.inbox.conversation(id);
  assert.notEqual(conversation.waitingSince, null);
  assert.equal(conversation.preview, "Words.");
  const reply = (await world.inbox.thread(id)).at(-1);
  assert.equal(reply?.author.type, "bot");
  assert.equal(reply?.status, "sent");
  assert.equal((await world.contact(id)).firstAnsweredAt, undefined, "a machine knows nobody");
});

Deno.test("a proven sender gets the reply under their own subject", async () => {
  await using world = await openMailWorld({ autoReply: TEXT, authservId: "mx.veloce.example" });
  await world.post(
    mail("ana@posta.example", "Authentication-Results: mx.veloce.example; dmarc=pass"),
  );

  const [sent] = world.server.received;
  assert.match(world.headerOf(sent?.raw ?? new Uint8Array(), "Subject"), /^Re: Cheap watches/);
});

Deno.test("out of business hours the reply is another, and may be the only one", async () => {
  const hours = { businessHours: ["mon-fri 09:00-17:30"], timeZone: "Europe/Amsterdam" };
  const closedReply = "We are back at nine.";
  await using world = await openMailWorld({ autoReply: TEXT, closedReply, ...hours });
  const quiet = await world.addChannel("sales@veloce.example", { closedReply, ...hours });
  const texts = () => world.server.received.map(({ raw }) => new TextDecoder().decode(raw));
  await world.post(mail("ana@posta.example"));
  await world.post(mail("ana@posta.example"), quiet);

  // From 10:00 on a Monday in Amsterdam until the evening.
  world.inbox.ports.clock.advance(8 * 60 * 60 * 1_000);
  await world.post(mail("bob@posta.example"));
  await world.post(mail("bob@posta.example"), quiet);

  const [first, ...later] = texts();
  assert.match(first ?? "", /Thank you, we answer/);
  assert.equal(later.length, 2, "nothing from the second mailbox while it is open");
  for (const text of later) assert.match(text, /We are back at nine/);
});

Deno.test("nobody gets two automatic replies a day, nor one within a conversation", async () => {
  await using world = await openMailWorld({ autoReply: TEXT });
  for (let i = 0; i < 3; i++) await world.post(mail(`ana+${i}@posta.example`));
  assert.equal(world.server.received.length, 1);

  await world.post(mail("bob@posta.example"));
  assert.equal(world.server.received.length, 2);
  const reply = world.headerOf(world.server.received[1]?.raw ?? new Uint8Array(), "Message-ID");
  world.inbox.ports.clock.advance(25 * 60 * 60 * 1_000);
  await world.post(mail("bob@posta.example", `In-Reply-To: ${reply}`));
  assert.equal(world.server.received.length, 2);
  await world.post(mail("bob@posta.example"));
  assert.equal(world.server.received.length, 3);
});

for (
  const [words, from, header] of [
    ["an out-of-office reply", "ana@posta.example", "Auto-Submitted: auto-replied"],
    ["a newsletter", "news@posta.example", "List-Unsubscribe: <https://x.example>"],
    ["a robot", "noreply@posta.example", "X-Mailer: x"],
    ["a bounce", "mailer-daemon@posta.example", "Return-Path: <>"],
    ["spam", "ana@posta.example", "X-Spam-Flag: YES"],
    ["the mailbox itself", "support@veloce.example", "X-Mailer: x"],
    ["mail that answers to the mailbox", "x@y.example", "Reply-To: support@veloce.example"],
  ] as const
) {
  Deno.test(`no automatic reply goes to ${words}`, async () => {
    await using world = await openMailWorld({ autoReply: TEXT });
    await world.post(mail(from, header));

    const toOwn = world.server.received.filter(({ to }) => to.includes("support@veloce.example"));
    assert.deepEqual(toOwn, []);
    if (words !== "mail that answers to the mailbox") assert.deepEqual(world.server.received, []);
  });
}

const SIGNS = /^(?:Auto-Submitted|X-Auto-Response-Suppress|Precedence):.*\r\n/gim;

/** Carries what one side sent to the other, as the mail servers between them would. */
async function carry(
  from: MailWorld,
  to: { readonly world: MailWorld; readonly channelId: string },
  since: number,
  strip: boolean,
): Promise<void> {
  for (const { raw } of from.server.received.slice(since)) {
    const text = new TextDecoder().decode(raw);
    const bare = text.replace(SIGNS, "").replace(/^Subject: .*$/m, "Subject: Hello");
    await to.world.post(strip ? bare : text, to.channelId);
  }
}

for (const strip of [false, true]) {
  const words = strip ? "with all that says machine lost on the way" : "as they are";
  Deno.test(`two Parleys that answer each other stop after one exchange, ${words}`, async () => {
    await using ours = await openMailWorld({ autoReply: TEXT });
    await using theirs = await openMailWorld({ address: "first@other.example" });
    // Their second mailbox: ids of tests count from one, and the first would take our mail for its own.
    const help = await theirs.addChannel("help@other.example", { autoReply: "We are closed." });
    await ours.post(mail("help@other.example"));

    let [seenOurs, seenTheirs] = [0, 0];
    for (let round = 0; round < 5; round++) {
      const [sentOurs, sentTheirs] = [ours.server.received.length, theirs.server.received.length];
      await carry(ours, { world: theirs, channelId: help }, seenOurs, strip);
      await carry(theirs, { world: ours, channelId: ours.channelId }, seenTheirs, strip);
      [seenOurs, seenTheirs] = [sentOurs, sentTheirs];
      // A mail that a server did not take at once goes out a little later.
      for (const { inbox } of [ours, theirs]) {
        inbox.ports.clock.advance(60_000);
        await inbox.runJobs();
      }
    }

    assert.equal(ours.server.received.length, 1);
    assert.equal(theirs.server.received.length, strip ? 1 : 0);
  });
}
