/** Copies of replies in the Sent folder of a real mailbox. */
import assert from "node:assert/strict";
import { mailOf } from "../../adapters/email/inbound_imap/fake_mailbox.ts";
import { saveToSent } from "../../adapters/email/inbound_imap/mod.ts";
import { fakeChannel } from "../../adapters/email/fake_channel.ts";
import { ImapInbound } from "../../adapters/email/inbound_imap/mod.ts";
import { until } from "../e2e/until.ts";
import { type Dovecot, hasDovecot, openDovecot } from "../fakes/dovecot.ts";
import { type MailServer, openMailServer } from "../fakes/mail_server.ts";
import { type ImapWorld, openImapWorld, ROOT } from "./imap_world.ts";

interface Parts {
  readonly world: ImapWorld;
  readonly dovecot: Dovecot;
  readonly smtp: MailServer;
}

function test(name: string, saveToSent: string, run: (parts: Parts) => Promise<void>): void {
  Deno.test({
    name,
    ignore: !hasDovecot(),
    sanitizeOps: true,
    sanitizeResources: true,
    async fn() {
      await using dovecot = await openDovecot();
      await using smtp = await openMailServer();
      const folder = await Deno.makeTempDir({ prefix: "parley-sent-" });
      try {
        await using world = await openImapWorld({
          port: dovecot.port,
          smtpPort: smtp.port,
          folder,
          inbound: { saveToSent },
        });
        await dovecot.deliver("support", mailOf("a"));
        await world.untilMessages(1);
        await world.untilQuiet();
        await run({ world, dovecot, smtp });
      } finally {
        await Deno.remove(folder, { recursive: true });
      }
    },
  });
}

/** Answers the only conversation, and waits until the answer has left. */
async function reply({ world, smtp }: Parts): Promise<string> {
  const [conversation] = await world.conversations();
  const posted = await world.core.messages.post(ROOT, conversation?.id ?? "", {
    kind: "reply",
    text: "We look at it.",
    undoSeconds: 0,
  });
  assert.ok(posted.ok, JSON.stringify(posted));
  await until(() => smtp.received.length > 0, { what: "the reply has left" });
  const raw = unfolded(new TextDecoder().decode(smtp.received[0]?.raw));
  return /^Message-ID: (<.*>)/im.exec(raw)?.[1] ?? "";
}

const unfolded = (mail: string) => mail.replace(/\r?\n[ \t]+/g, " ");

async function sentFolder(dovecot: Dovecot): Promise<readonly string[]> {
  const said = await dovecot.doveadm("fetch", "-u", "support", "flags hdr", "mailbox", "Sent");
  return said.split("\f").map((mail) => unfolded(mail).trim()).filter((mail) => mail !== "");
}

async function untilFiled({ world, dovecot }: Parts): Promise<readonly string[]> {
  return await until(async () => {
    // Later tries are the clock's.
    world.ports.clock.advance(2_000);
    const sent = await sentFolder(dovecot).catch(() => []);
    return sent.length > 0 && sent;
  }, { what: "the copy is there", timeoutMs: 20_000 });
}

test("a reply's copy lies in the Sent folder, read, once", "auto", async (parts) => {
  const messageId = await reply(parts);

  const [copy = "", ...more] = await untilFiled(parts);

  assert.deepEqual(more, []);
  assert.ok(copy.includes(`Message-ID: ${messageId}`), copy);
  assert.match(copy, /^flags:.*\\Seen/m);
  assert.match(copy, /^To: .*giulia@posta\.example/m);
});

test("a copy is filed later when the mailbox cannot be reached", "on", async (parts) => {
  await parts.dovecot.stop();
  const messageId = await reply(parts);
  const replies = (await parts.world.messages()).filter(({ kind }) => kind === "reply");
  await parts.dovecot.start();

  const [copy = "", ...more] = await untilFiled(parts);

  assert.equal(replies.length, 1);
  assert.deepEqual(more, []);
  assert.ok(copy.includes(`Message-ID: ${messageId}`), copy);
});

test("no copy is filed where the server has put one, or none is wanted", "off", async (parts) => {
  const messageId = await reply(parts);
  const [conversation] = await parts.world.conversations();
  assert.ok(conversation);
  const copy = mailOf("copy").replace("<copy@posta.example>", messageId);
  await parts.dovecot.deliver("support", copy, "Sent");
  const channel = await parts.world.core.channels.get(ROOT, parts.world.channelId);
  assert.ok(channel.ok);
  assert.equal((await sentFolder(parts.dovecot)).length, 1);

  const on = await parts.world.core.channels.update(ROOT, parts.world.channelId, {
    config: {
      inbound: {
        kind: "imap",
        host: "127.0.0.1",
        port: parts.dovecot.port,
        security: "none",
        user: "support",
        password: "open sesame",
        saveToSent: "on",
      },
    },
  });
  assert.ok(on.ok, JSON.stringify(on));
  const { transact } = await import("../../core/store/mod.ts");
  await transact(parts.world.core.store, (tx) => {
    const payload = { conversationId: conversation.id, seq: conversation.lastSeq };
    tx.job({ kind: "outbox.archive", payload, dueAt: tx.now });
    return Promise.resolve();
  });
  await parts.world.core.jobs.settled();

  assert.equal((await sentFolder(parts.dovecot)).length, 1);
});

Deno.test("isUsed() leaves copies to the servers that make them", () => {
  const used = (saveToSent_: string, host: string) => {
    const inbound = ImapInbound.parse({
      kind: "imap",
      host: "imap.x.example",
      user: "u",
      password: "p",
      saveToSent: saveToSent_,
    });
    const outbound = { kind: "smtp", host, port: 587, security: "starttls" } as const;
    return saveToSent.isUsed(fakeChannel({ inbound, outbound }).config);
  };

  assert.deepEqual(
    [
      used("auto", "smtp.gmail.com"),
      used("auto", "smtp.office365.com"),
      used("auto", "smtp-mail.outlook.com"),
      used("auto", "smtp.fastmail.com"),
      used("auto", "smtp.gmail.com.evil.example"),
      used("on", "smtp.gmail.com"),
      used("off", "smtp.fastmail.com"),
    ],
    [false, false, false, true, true, true, false],
  );
  assert.equal(saveToSent.isUsed(fakeChannel().config), false);
});
