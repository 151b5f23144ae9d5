/** An agent's answer to a notification by SMTP, proven by her domain's signature alone. */
import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import nodemailer from "nodemailer";
import type { Zone } from "../fakes/dns.ts";
import { type ReceiverWorld, withReceiver } from "./receiver_world.ts";

const WAIT_MS = 2 * 60_000;
const KEYS = generateKeyPairSync("rsa", { modulusLength: 2_048 });
const PUBLIC = KEYS.publicKey.export({ type: "spki", format: "der" }).toString("base64");
const PRIVATE = KEYS.privateKey.export({ type: "pkcs8", format: "pem" }).toString();
/** The agent's domain. */
const ZONE: Zone = {
  "s1._domainkey.parley.example TXT": [`v=DKIM1; k=rsa; p=${PUBLIC}`],
  "_dmarc.parley.example TXT": ["v=DMARC1; p=reject"],
};

interface Notice {
  readonly id: string;
  readonly replyTo: string;
  readonly messageId: string;
}

/** Giulia writes, Nora has it and does not look: what her mail program reads. */
async function noticeIn({ inbox, server, send, conversationIds }: ReceiverWorld): Promise<Notice> {
  const mail = (id: string, text: string, ...headers: readonly string[]) =>
    send("support@in.veloce.example", [
      ...["From: giulia@posta.example", "Subject: Bike", `Message-ID: <${id}@posta.example>`],
      ...[...headers, "", text],
    ]);
  await mail("one", "It is broken");
  const [id = ""] = await conversationIds();
  await inbox.core.conversations.update(inbox.agent, id, { assigneeId: inbox.agent.user.id });
  await mail("two", "Any news?", "In-Reply-To: <one@posta.example>");
  await inbox.core.notifications.drain();
  inbox.ports.clock.advance(WAIT_MS);
  await inbox.runJobs();
  const told = server.received.find(({ to }) => to.includes("nora@parley.example"));
  assert.ok(told);
  const head = new TextDecoder().decode(told.raw).replace(/\r\n[ \t]/g, " ");
  return {
    id,
    replyTo: /^Reply-To: .*?([^<\s]+@[^>\s]+)/im.exec(head)?.[1] ?? "",
    messageId: /^Message-ID: (.*)$/im.exec(head)?.[1] ?? "",
  };
}

async function answer(
  { inbox, port }: ReceiverWorld,
  { replyTo, messageId }: Notice,
  { isSigned }: { readonly isSigned: boolean },
): Promise<void> {
  const transport = nodemailer.createTransport({
    host: "127.0.0.1",
    port,
    ignoreTLS: true,
    ...isSigned
      ? { dkim: { domainName: "parley.example", keySelector: "s1", privateKey: PRIVATE } }
      : {},
  });
  await transport.sendMail({
    from: "Nora Visser <nora@parley.example>",
    to: replyTo,
    subject: "Re: [#1] giulia: Bike",
    inReplyTo: messageId,
    text: "It is mended.\n\n-- \nNora",
  });
  transport.close();
  await inbox.runJobs();
}

for (
  const [words, isSigned, kind] of [
    ["is posted when her domain signed it", true, "reply"],
    ["is kept as a comment when nobody signed it", false, "comment"],
  ] as const
) {
  Deno.test(`an answer that comes to the built-in receiver ${words}`, async () => {
    await withReceiver(async (world) => {
      const notice = await noticeIn(world);
      assert.match(notice.replyTo, /^support\+a\.[a-z2-7]{16}@in\.veloce\.example$/);
      await answer(world, notice, { isSigned });

      const last = (await world.inbox.thread(notice.id)).at(-1);
      assert.equal(last?.kind, kind);
      if (isSigned) {
        assert.equal(last.text, "It is mended.");
        assert.equal(last.author.name, "Nora Visser");
        assert.deepEqual(world.server.received.at(-1)?.to, ["giulia@posta.example"]);
      } else assert.match(last.text, /no mail server that is trusted here vouches/);
    }, { zone: ZONE });
  });
}
