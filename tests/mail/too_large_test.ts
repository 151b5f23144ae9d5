/** A mail that is too large to be fetched: kept by its header, and answered when the mailbox wants that. */
import assert from "node:assert/strict";
import type { MessageEvent } from "../../core/channel/mod.ts";
import { until } from "../e2e/until.ts";
import { hasDovecot, openDovecot } from "../fakes/dovecot.ts";
import { openMailServer } from "../fakes/mail_server.ts";
import { openMailWorld } from "../fakes/mail_world.ts";
import { openImapWorld, ROOT } from "./imap_world.ts";

const TEXT = "Your mail was too large for us. Please send a link.";
const LARGE = `${"x".repeat(76)}\r\n`.repeat(345_000);

Deno.test({
  name:
    "a mail over 25 MiB is kept by its header, and its sender told what to do, when that is switched on",
  ignore: !hasDovecot(),
  async fn() {
    await using dovecot = await openDovecot();
    await using smtp = await openMailServer();
    const folder = await Deno.makeTempDir({ prefix: "parley-large-" });
    try {
      await using world = await openImapWorld({ port: dovecot.port, smtpPort: smtp.port, folder });
      const { channels } = world.core;
      const config = { tooLargeReply: TEXT, autoReply: "We got it." };
      assert.ok((await channels.update(ROOT, world.channelId, { config })).ok);
      await world.untilQuiet();

      const head = [
        "From: Ana <ana@posta.example>",
        "Subject: Plans",
        "Message-ID: <big@posta.example>",
      ];
      await dovecot.deliver("support", `${head.join("\r\n")}\r\n\r\n${LARGE}`);

      const [message] = await world.untilMessages(1);
      assert.match(message?.text ?? "", /^This mail is too large to be fetched \(26 MiB\)/);
      assert.equal(message?.email?.subject, "Plans");
      assert.ok(message?.trace.some(({ step }) => step === "too_large"));
      await until(() => smtp.received.length > 0, { what: "the answer has left" });
      const [sent, ...more] = smtp.received;
      assert.deepEqual(more, [], "one answer, not two");
      assert.deepEqual(sent?.to, ["ana@posta.example"]);
      const raw = new TextDecoder().decode(sent?.raw);
      assert.match(raw, /too large for us/);
      assert.match(raw, /^Auto-Submitted: auto-replied/m);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});

const ADDRESS = { name: "", address: "ana@posta.example" };

/** A mail of which only the header came, as the adapter hands it over. */
function tooLarge(id: string, automatic: boolean): MessageEvent {
  return {
    type: "message",
    direction: "in",
    externalId: `${id}@posta.example`,
    occurredAt: 0,
    sender: { identities: [{ kind: "email", value: ADDRESS.address, verified: false }] },
    hints: [],
    parts: [{ kind: "text", text: "Too large" }],
    subject: "Plans",
    email: {
      from: ADDRESS,
      to: [],
      cc: [],
      bcc: [],
      replyTo: [],
      subject: "Plans",
      messageId: `${id}@posta.example`,
      inReplyTo: null,
      references: [],
      senderVerified: false,
    },
    isTooLarge: true,
    automatic,
  };
}

for (
  const [what, config, automatic, expected] of [
    ["nobody is answered where neither setting is on", {}, false, []],
    ["the usual answer is given where only that is on", { autoReply: "We got it." }, false, [
      "We got it.",
    ]],
    ["the answer of the occasion goes before", { autoReply: "No", tooLargeReply: TEXT }, false, [
      TEXT,
    ]],
    ["a machine's mail is not answered", { tooLargeReply: TEXT }, true, []],
  ] as const
) {
  Deno.test(`of mail that is too large, ${what}, and once a day`, async () => {
    await using world = await openMailWorld(config);
    const { inbound } = world.inbox.core;

    for (const id of ["one", "two"]) await inbound.ingest(world.channelId, tooLarge(id, automatic));
    await world.inbox.runJobs();

    const texts = world.server.received.map(({ raw }) => new TextDecoder().decode(raw));
    assert.equal(texts.length, expected.length);
    for (const [i, text] of expected.entries()) assert.ok(texts[i]?.includes(text), texts[i]);
  });
}
