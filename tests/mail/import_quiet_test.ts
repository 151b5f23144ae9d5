/** Mail from before a mailbox was connected moves nothing of today. */
import assert from "node:assert/strict";
import { type MailWorld, openMailWorld } from "../fakes/mail_world.ts";

async function importMail(world: MailWorld, lines: readonly string[]): Promise<void> {
  const bytes = new TextEncoder().encode(lines.join("\r\n"));
  const taken = await world.inbox.core.imports.take(world.root, world.channelId, bytes);
  assert.ok(taken.ok, JSON.stringify(taken));
  await world.inbox.runJobs();
}

const mailOf = (from: string, id: string) => [
  `From: ${from}`,
  "To: support@veloce.example",
  "Date: Mon, 2 Feb 2026 10:00:00 +0000",
  `Message-ID: <${id}@posta.example>`,
  "Subject: The bike",
  "",
  "It is broken.",
];

Deno.test("no automatic reply goes to imported mail", async () => {
  await using world = await openMailWorld({ autoReply: "We got it." });

  await importMail(world, mailOf("ana@posta.example", "old"));
  const afterImport = world.server.received.length;
  await world.post(mailOf("bob@posta.example", "new").join("\r\n"));

  assert.equal(afterImport, 0);
  assert.deepEqual(world.server.received.map(({ to }) => to), [["bob@posta.example"]]);
});

Deno.test("an imported bounce fails no reply and marks no address", async () => {
  await using world = await openMailWorld();
  await world.post(mailOf("ana@posta.example", "one").join("\r\n"));
  const id = await world.conversationId();
  const reply = await world.reply(id, "We look at it.");

  await importMail(world, [
    "From: MAILER-DAEMON@posta.example",
    "Date: Mon, 2 Feb 2026 10:00:00 +0000",
    "Message-ID: <dsn@posta.example>",
    "Content-Type: multipart/report; report-type=delivery-status; boundary=b",
    "",
    ...[
      "--b",
      "Content-Type: message/delivery-status",
      "",
      "Reporting-MTA: dns; posta.example",
      "",
    ],
    ...["Final-Recipient: rfc822; ana@posta.example", "Action: failed", "Status: 5.1.1", ""],
    ...["--b", "Content-Type: text/rfc822-headers", "", `Message-ID: <${reply.externalId}>`, ""],
    "--b--",
  ]);

  const kept = (await world.inbox.thread(id)).find((one) => one.id === reply.id);
  assert.equal(kept?.status, "sent");
  assert.deepEqual((await world.contact(id)).badEmails ?? [], []);
});
