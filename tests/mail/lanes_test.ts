/** Mail that no person wrote, and mail nobody wants: where it goes, and that nothing is dropped. */
import assert from "node:assert/strict";
import { type MailWorld, openMailWorld } from "../fakes/mail_world.ts";

let count = 0;
function mail(...headers: readonly string[]): string {
  return [
    ...headers,
    ...headers.some((one) => one.startsWith("From:")) ? [] : ["From: ana@posta.example"],
    `Message-ID: <m${++count}@posta.example>`,
    "Subject: News",
    "",
    "Words.",
  ].join("\r\n");
}

async function idsIn(world: MailWorld, view: "unassigned" | "open" | "automatic" | "spam") {
  const list = await world.inbox.core.conversations.list(world.inbox.agent, { view });
  assert.ok(list.ok);
  return list.value.items.map(({ id }) => id);
}

async function countsOf({ inbox }: MailWorld) {
  const counts = await inbox.core.conversations.counts(inbox.agent);
  assert.ok(counts.all);
  return counts.all;
}

Deno.test("newsletters and automatic mail wait in their lane until somebody answers or a person writes", async () => {
  await using world = await openMailWorld();
  await world.post(mail("List-Unsubscribe: <https://posta.example/u>"));
  const id = await world.conversationId();

  assert.equal((await world.inbox.conversation(id)).lane, "newsletter");
  assert.deepEqual(await idsIn(world, "automatic"), [id]);
  assert.deepEqual(await idsIn(world, "unassigned"), []);
  assert.deepEqual(await idsIn(world, "open"), [id], "nothing is hidden from the whole list");
  const counts = await countsOf(world);
  assert.equal(counts.automatic, 1);
  assert.equal(counts.unassigned, 0);
  assert.equal(counts.unread, 0);

  await world.reply(id, "Please take us off this list.");
  assert.equal((await world.inbox.conversation(id)).lane, undefined);
  assert.deepEqual(await idsIn(world, "automatic"), []);
});

Deno.test("an out-of-office reply is filed in its thread, which stays closed, read and answered", async () => {
  await using world = await openMailWorld();
  const { inbox } = world;
  await world.post(mail());
  const id = await world.conversationId();
  const reply = await world.reply(id, "Done.");
  await inbox.core.conversations.markRead(inbox.agent, id);
  await inbox.core.conversations.update(inbox.agent, id, { status: "closed" });

  await world.post(
    mail("Auto-Submitted: auto-replied", "Return-Path: <>", `In-Reply-To: <${reply.externalId}>`),
  );

  const row = await inbox.core.conversations.get(inbox.agent, id);
  assert.ok(row.ok);
  assert.equal(await world.conversationId(), id);
  assert.equal((await inbox.thread(id)).at(-1)?.kind, "inbound");
  assert.equal(row.value.status, "closed");
  assert.equal(row.value.unread, false);
  assert.equal(row.value.waitingSince, null);
  assert.equal(row.value.lane, undefined);
});

Deno.test("a contact form that sends for somebody is mail by that person", async () => {
  await using world = await openMailWorld();
  await world.post(mail("From: noreply@shop.example", "Reply-To: ana@posta.example"));

  const conversation = await world.inbox.conversation(await world.conversationId());
  assert.equal(conversation.lane, undefined);
  assert.notEqual(conversation.waitingSince, null);
});

Deno.test("mail from a mailbox of ours is a machine's, unless it comes to a reply address we signed", async () => {
  await using world = await openMailWorld();
  const sales = await world.addChannel("sales@veloce.example");

  await world.post(mail("From: support@veloce.example", "To: sales@veloce.example"), sales);

  const id = await world.conversationId(sales);
  assert.equal((await world.inbox.conversation(id)).lane, "automatic");
  await world.reply(id, "Yes?");
  const sent = world.server.received.at(-1);
  const replyTo = world.headerOf(sent?.raw ?? new Uint8Array(), "Reply-To");
  await world.post(mail("From: support@veloce.example", `To: ${replyTo}`), sales);
  assert.notEqual((await world.inbox.conversation(id)).waitingSince, null);
});

Deno.test("the inbox's lists and the filter's word decide what is spam; whom we answered is none", async () => {
  await using world = await openMailWorld();
  const { inbox } = world;
  const saved = await inbox.core.inboxes.update(world.root, inbox.inboxId, {
    spamPolicy: { deny: ["spam.example"] },
  });
  assert.ok(saved.ok);
  assert.equal(saved.value.spamPolicy?.keepDays, 90);

  await world.post(mail("From: x@mail.spam.example"));
  await world.post(mail("From: y@other.example", "X-Spam-Flag: YES"));
  assert.equal((await idsIn(world, "spam")).length, 2);
  assert.deepEqual(await idsIn(world, "open"), []);

  await world.post(mail());
  const [known] = await idsIn(world, "open");
  assert.ok(known);
  await world.reply(known, "Hello Ana");
  await world.post(mail("X-Spam-Flag: YES"));
  assert.equal((await idsIn(world, "open")).length, 2);
  assert.equal((await idsIn(world, "spam")).length, 2);
});

Deno.test("each sort of mail has a lane of its own, which lists can be narrowed to; a role address is somebody's", async () => {
  await using world = await openMailWorld({ autoReply: "We got it." });
  const { inbox, server } = world;
  await world.post(mail("List-Id: <news.posta.example>"));
  await world.post(mail("From: shop@posta.example", "Feedback-ID: 1:2:3"));
  await world.post(mail("From: noreply@posta.example", "Auto-Submitted: auto-generated"));
  await world.post(mail("From: info@firma.example"));
  await world.post([
    "From: Ben <ben@posta.example>",
    "Message-ID: <hidden@posta.example>",
    "Content-Type: text/html",
    "",
    '<p>Our offers</p><a href="https://posta.example/u">Unsubscribe</a>',
  ].join("\r\n"));

  const lanes = new Map<string, number>();
  for (const lane of ["newsletter", "marketing", "automatic", "role"] as const) {
    const list = await inbox.core.conversations.list(inbox.agent, { view: "open", lane });
    assert.ok(list.ok);
    assert.ok(list.value.items.every((row) => row.lane === lane));
    lanes.set(lane, list.value.items.length);
  }
  assert.deepEqual([...lanes.values()], [2, 1, 1, 1]);
  const unassigned = await inbox.core.conversations.list(inbox.agent, { view: "unassigned" });
  assert.ok(unassigned.ok);
  const [role, ...others] = unassigned.value.items;
  assert.deepEqual(others, []);
  assert.equal(role?.lane, "role");
  assert.equal(role.unread, true);
  const counts = await countsOf(world);
  assert.deepEqual([counts.unassigned, counts.automatic], [1, 5]);
  assert.deepEqual(
    server.received.map(({ to }) => to),
    [["info@firma.example"]],
    "nobody's campaign is answered",
  );

  await world.reply(role.id, "Hello");
  await world.post(mail("From: info@firma.example"));
  const people = await inbox.core.conversations.list(inbox.agent, { view: "unassigned" });
  assert.ok(people.ok);
  assert.equal(
    people.value.items.find(({ id }) => id !== role.id)?.lane,
    undefined,
    "known by now",
  );
});
