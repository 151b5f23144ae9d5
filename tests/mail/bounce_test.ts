/** Replies that come back: real mail out by SMTP, the server's report in, what agents see and what is held. */
import assert from "node:assert/strict";
import { keys } from "../../core/store/mod.ts";
import { openMailWorld } from "../fakes/mail_world.ts";

const FIRST = [
  "From: Giulia <giulia@posta.example>",
  "To: support@veloce.example",
  "Message-ID: <one@posta.example>",
  "Subject: The bike",
  "",
  "It is broken.",
].join("\r\n");

/** The report of a mail server on the mail with this id. */
function report(messageId: string, action: "failed" | "delayed", id = "dsn"): string {
  return [
    "From: MAILER-DAEMON@posta.example",
    "Return-Path: <>",
    `Message-ID: <${id}@posta.example>`,
    "Content-Type: multipart/report; report-type=delivery-status; boundary=b",
    "",
    "--b",
    "Content-Type: message/delivery-status",
    "",
    "Reporting-MTA: dns; posta.example",
    "",
    "Final-Recipient: rfc822; giulia@posta.example",
    `Action: ${action}`,
    `Status: ${action === "failed" ? "5.1.1" : "4.4.1"}`,
    "Diagnostic-Code: smtp; 550 User unknown",
    "",
    "--b",
    "Content-Type: text/rfc822-headers",
    "",
    `Message-ID: ${messageId}`,
    "",
    "--b--",
  ].join("\r\n");
}

Deno.test("a bounce is joined to the reply it is about, opens its conversation, and marks the address", async () => {
  await using world = await openMailWorld();
  const { inbox } = world;
  await world.post(FIRST);
  const id = await world.conversationId();
  await world.reply(id, "We look at it.");
  await inbox.core.conversations.update(inbox.agent, id, { status: "closed" });
  const sent = world.server.received[0];
  assert.ok(sent);

  const journalId = await world.post(report(world.headerOf(sent.raw, "Message-ID"), "failed"));

  assert.equal(await world.conversationId(), id, "no conversation of its own");
  const thread = await inbox.thread(id);
  const reply = thread.find(({ kind }) => kind === "reply");
  assert.equal(reply?.status, "failed");
  assert.equal(reply?.error?.code, "recipient_unreachable");
  const line = thread.at(-1);
  assert.equal(line?.event?.type, "bounced");
  assert.equal(line?.event?.to, "giulia@posta.example");
  assert.equal(line?.text, "This address does not exist or takes no mail.");
  assert.equal(line?.journalId, journalId);
  const raw = await inbox.core.messages.raw(inbox.agent, line?.id ?? "");
  assert.ok(raw.ok, "the report itself can be read");
  const row = await inbox.core.conversations.get(inbox.agent, id);
  assert.ok(row.ok);
  assert.equal(row.value.status, "open");
  assert.equal(row.value.unread, true);
  assert.equal(row.value.failedMessageId, reply?.id);
  assert.deepEqual((await world.contact(id)).badEmails?.map(({ address }) => address), [
    "giulia@posta.example",
  ]);

  const copy = report(world.headerOf(sent.raw, "Message-ID"), "failed").replace(
    "--b--",
    "--b--\r\n",
  );
  await world.post(copy);
  assert.equal((await inbox.thread(id)).length, thread.length, "told once");
});

Deno.test("mail to a marked address is held until somebody insists, and free once the customer writes", async () => {
  await using world = await openMailWorld();
  const { inbox } = world;
  await world.post(FIRST);
  const id = await world.conversationId();
  await world.reply(id, "One");
  const messageId = world.headerOf(world.server.received[0]?.raw ?? new Uint8Array(), "Message-ID");
  await world.post(report(messageId, "failed"));

  const held = await world.reply(id, "Two");
  assert.equal(held.status, "failed");
  assert.match(
    held.error?.message ?? "",
    /^Held: the last mail to giulia@posta\.example came back/,
  );
  assert.equal(world.server.received.length, 1);
  const insisted = await inbox.core.messages.retry(inbox.agent, held.id);
  assert.ok(insisted.ok);
  await inbox.runJobs();
  assert.equal(world.server.received.length, 2);

  await world.post(
    FIRST.replace("one@", "two@").replace(
      "Subject: ",
      "In-Reply-To: <one@posta.example>\r\nSubject: Re: ",
    ),
  );
  assert.deepEqual((await world.contact(id)).badEmails, []);
  const free = await world.reply(id, "Three");
  assert.equal(free.status, "sent");
});

Deno.test("an agent lifts the mark by hand", async () => {
  await using world = await openMailWorld();
  await world.post(FIRST);
  const id = await world.conversationId();
  await world.reply(id, "One");
  const messageId = world.headerOf(world.server.received[0]?.raw ?? new Uint8Array(), "Message-ID");
  await world.post(report(messageId, "failed"));
  const contact = await world.contact(id);

  const lifted = await world.inbox.core.contacts.update(world.inbox.agent, contact.id, {
    badEmails: [],
  });

  assert.ok(lifted.ok);
  assert.equal((await world.reply(id, "Two")).status, "sent");
});

Deno.test("a delay is a line in the thread, nothing more", async () => {
  await using world = await openMailWorld();
  const { inbox } = world;
  await world.post(FIRST);
  const id = await world.conversationId();
  await world.reply(id, "One");
  await inbox.core.conversations.update(inbox.agent, id, { status: "closed" });
  const messageId = world.headerOf(world.server.received[0]?.raw ?? new Uint8Array(), "Message-ID");

  await world.post(report(messageId, "delayed"));

  const thread = await inbox.thread(id);
  assert.equal(thread.at(-1)?.event?.type, "delayed");
  assert.equal(thread.find(({ kind }) => kind === "reply")?.status, "sent");
  assert.equal((await inbox.conversation(id)).status, "closed");
  assert.equal((await world.contact(id)).badEmails, undefined);
  await world.post(report(messageId, "failed", "dsn2"));
  assert.equal((await inbox.conversation(id)).status, "open");
});

Deno.test("a report on a mail that is not here is kept as automatic mail", async () => {
  await using world = await openMailWorld();

  await world.post(report("<gone@veloce.example>", "failed"));

  const id = await world.conversationId();
  const [message] = await world.inbox.thread(id);
  assert.equal(message?.kind, "inbound");
  const steps = message?.trace.map(({ step }) => step) ?? [];
  assert.ok(steps.includes("bounce") && steps.includes("automatic"));
  assert.equal((await world.inbox.conversation(id)).waitingSince, null);
});

Deno.test("an address the server refuses while it is written to is marked like one that mail came back from", async () => {
  await using world = await openMailWorld();
  const { inbox, server } = world;
  await world.post(FIRST);
  const id = await world.conversationId();
  server.mood = { kind: "refuses", code: 550, message: "5.1.1 No such user" };

  const refused = await world.reply(id, "One");
  server.mood = { kind: "takes" };

  assert.equal(refused.status, "failed");
  assert.equal(refused.error?.code, "recipient_unreachable");
  const [mark] = (await world.contact(id)).badEmails ?? [];
  assert.equal(mark?.address, "giulia@posta.example");
  assert.match(mark?.reason ?? "", /^5\.1\.1 550 No such user/);
  const held = await world.reply(id, "Two");
  assert.match(held.error?.message ?? "", /^Held: /);
  assert.equal(server.received.length, 0);

  await world.post(FIRST.replace("one@", "two@"));
  assert.deepEqual((await world.contact(id)).badEmails, []);
  assert.equal((await world.reply(id, "Three")).status, "sent");
  assert.ok((await inbox.thread(id)).every(({ event }) => event === undefined));
});

for (
  const [code, message] of [[550, "5.7.1 Not for us"], [552, "5.2.2 Full"], [
    450,
    "4.2.0 Later",
  ]] as const
) {
  Deno.test(`an address refused with "${code} ${message}" is not marked`, async () => {
    await using world = await openMailWorld();
    await world.post(FIRST);
    const id = await world.conversationId();
    world.server.mood = { kind: "refuses", code, message };

    await world.reply(id, "One");

    assert.equal((await world.contact(id)).badEmails, undefined);
  });
}

Deno.test("one of several addresses is refused: the others get the mail, and the thread says who does not", async () => {
  await using world = await openMailWorld();
  const { inbox, server } = world;
  await world.post(
    FIRST.replace("From: Giulia <giulia@posta.example>", "From: max@posta.example")
      .replace("one@", "other@"),
  );
  const [max] = await Array.fromAsync(inbox.store.list(keys.conversations()));
  await world.post(FIRST);
  const id = (await Array.fromAsync(inbox.store.list(keys.conversations())))
    .map(({ value }) => value.id).find((one) => one !== max?.value.id) ?? "";
  server.refuse = (address) => address === "max@posta.example" ? [550, "5.1.1 Gone"] : null;

  const posted = await inbox.core.messages.post(inbox.agent, id, {
    kind: "reply",
    text: "We look at it.",
    undoSeconds: 0,
    cc: ["max@posta.example", "anna@posta.example"],
  });
  assert.ok(posted.ok, JSON.stringify(posted));
  await inbox.runJobs();

  assert.deepEqual(server.received[0]?.to, ["giulia@posta.example", "anna@posta.example"]);
  const thread = await inbox.thread(id);
  const reply = thread.find(({ kind }) => kind === "reply");
  assert.equal(reply?.status, "sent");
  assert.deepEqual(reply?.failedTo, ["max@posta.example"]);
  const line = thread.at(-1);
  assert.equal(line?.event?.type, "bounced");
  assert.equal(line?.event?.to, "max@posta.example");
  assert.equal(line?.text, "This address does not exist or takes no mail.");
  const row = await inbox.conversation(id);
  assert.equal(row.lastSeq, line?.seq);
  assert.equal(row.waitingSince, null);
  const marked = await inbox.store.get(keys.contact(max?.value.contactId ?? ""));
  assert.deepEqual(marked?.badEmails?.map(({ address }) => address), ["max@posta.example"]);
  const { firstAnsweredAt, badEmails } = await world.contact(id);
  assert.notEqual(firstAnsweredAt, undefined);
  assert.equal(badEmails, undefined);
});

Deno.test("a report on a dozen recipients is joined whole", async () => {
  await using world = await openMailWorld();
  const { inbox } = world;
  await world.post(FIRST);
  const id = await world.conversationId();
  const cc = Array.from({ length: 12 }, (_, i) => `c${i}@posta.example`);
  const reply = { kind: "reply", text: "We look at it.", undoSeconds: 0, cc } as const;
  assert.ok((await inbox.core.messages.post(inbox.agent, id, reply)).ok);
  await inbox.runJobs();
  const messageId = world.headerOf(world.server.received[0]?.raw ?? new Uint8Array(), "Message-ID");
  const group = (address: string) =>
    `Final-Recipient: rfc822; ${address}\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n`;
  const one = /Final-Recipient: [^]*?User unknown\r\n\r\n/;

  await world.post(
    report(messageId, "failed").replace(one, cc.map(group).join("")),
  );

  const lines = (await inbox.thread(id)).filter(({ event }) => event?.type === "bounced");
  assert.deepEqual(lines.map(({ event }) => event?.to), cc);
});

Deno.test("a provider's notice marks the wrong addresses of its message, and nobody else's", async () => {
  await using world = await openMailWorld();
  const { inbox } = world;
  await world.post(FIRST.replace("Giulia <giulia@", "<stranger@").replace("one@", "other@"));
  const stranger = await world.contact(await world.conversationId());
  await world.post(FIRST);
  const rows = (await Array.fromAsync(inbox.store.list(keys.conversations()))).map(({ value }) =>
    value
  );
  const id = rows.find(({ contactId }) => contactId !== stranger.id)?.id ?? "";
  const reply = await world.reply(id, "We look at it.");

  await inbox.core.inbound.ingest(world.channelId, {
    type: "status",
    externalId: "notice",
    occurredAt: 0,
    status: "failed",
    target: { by: "external", messageExternalId: reply.externalId ?? "" },
    error: { code: "recipient_unreachable", message: "It came back.", provider: "5.1.1 gone" },
    badAddresses: ["Giulia@posta.example", "stranger@posta.example"],
  });

  const [mark, ...more] = (await world.contact(id)).badEmails ?? [];
  assert.deepEqual([mark?.address, mark?.reason], ["giulia@posta.example", "5.1.1 gone"]);
  assert.deepEqual(more, []);
  assert.equal((await inbox.store.get(keys.contact(stranger.id)))?.badEmails, undefined);
});

Deno.test("a mail that only pretends to be theirs lifts no mark", async () => {
  await using world = await openMailWorld({ authservId: "mx.veloce.example" });
  await world.post(FIRST);
  const id = await world.conversationId();
  world.server.mood = { kind: "refuses", code: 550, message: "5.1.1 No such user" };
  await world.reply(id, "One");
  const again = (messageId: string, dmarc: string) =>
    world.post(
      `Authentication-Results: mx.veloce.example; dmarc=${dmarc}\r\n` +
        FIRST.replace("one@", messageId).replace(
          "Subject: ",
          "In-Reply-To: <one@posta.example>\r\nSubject: ",
        ),
    );

  await again("forged@", "fail");
  assert.equal((await world.contact(id)).badEmails?.length, 1);
  await again("true@", "pass");
  assert.deepEqual((await world.contact(id)).badEmails, []);
});
