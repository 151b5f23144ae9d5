/** Mail that comes to Parley's own SMTP receiver, through the whole core, from a real client. */
import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import nodemailer from "nodemailer";
import { keys } from "../../core/store/mod.ts";
import type { Zone } from "../fakes/dns.ts";
import { deliver, ROOT, withReceiver } from "./receiver_world.ts";

const MAIL = [
  "From: Giulia <giulia@posta.example>",
  "To: undisclosed-recipients:;",
  "Subject: The bike",
  "Message-ID: <one@posta.example>",
  "",
  "It is broken",
];

Deno.test("a mail to the receiver is journalled, read and answered, and the answer to that comes back", async () => {
  await withReceiver(async ({ inbox, server, channelId, send, conversationIds }) => {
    assert.equal(await send("Support@In.Veloce.example", MAIL), 250);
    assert.equal(await send("support@in.veloce.example", MAIL), 250);

    const [id = "", ...others] = await conversationIds();
    assert.deepEqual(others, []);
    const [message] = await inbox.thread(id);
    assert.equal(message?.text, "It is broken");
    const journals = (await Array.fromAsync(inbox.store.list(keys.journals())))
      .map(({ value }) => value).filter((journal) => journal.channelId === channelId);
    assert.deepEqual(journals.map(({ via, state }) => `${via} ${state}`), ["listen done"]);
    assert.equal(journals[0]?.headers["parley-client-address"], "127.0.0.1");

    const posted = await inbox.core.messages.post(inbox.agent, id, {
      kind: "reply",
      text: "We look at it.",
      undoSeconds: 0,
    });
    assert.ok(posted.ok);
    await inbox.runJobs();
    const [sent] = server.received;
    const coded = /^Reply-To:[^<]*<([^>]+)>/im.exec(new TextDecoder().decode(sent?.raw))?.[1] ?? "";
    assert.match(coded, /\+r\./);
    const answer = ["From: giulia@posta.example", "Message-ID: <two@posta.example>", "", "Thanks"];
    assert.equal(await send(coded, answer), 250);
    assert.deepEqual(await conversationIds(), [id]);
    assert.equal((await inbox.thread(id)).at(-1)?.text, "Thanks");
    assert.equal(await send(coded.replace(/\.\w{16}@/, ".aaaaaaaaaaaaaaaa@"), answer), 550);
  });
});

Deno.test("the receiver knows addresses as soon as they are there, and no longer than they are", async () => {
  await withReceiver(async ({ inbox, channelId, send }) => {
    assert.equal(await send("support@elsewhere.example", MAIL), 550);
    const config = { address: "support@elsewhere.example" };
    assert.ok((await inbox.core.channels.update(ROOT, channelId, { config })).ok);

    assert.equal(await send("support@elsewhere.example", MAIL), 250);
    assert.equal(await send("support@in.veloce.example", MAIL), 550);
  });
});

Deno.test("a mail to two channels is stored in both", async () => {
  await withReceiver(async ({ inbox, channelId, send }) => {
    const second = await inbox.core.channels.create(ROOT, {
      type: "email",
      inboxId: inbox.inboxId,
      name: "Sales",
      config: {
        address: "sales@in.veloce.example",
        inbound: { kind: "receiver" },
        outbound: { kind: "system" },
      },
    });
    assert.ok(second.ok);

    assert.equal(await send(["support@in.veloce.example", "sales@in.veloce.example"], MAIL), 250);

    const list = await inbox.core.conversations.list(inbox.agent, { view: "open" });
    assert.ok(list.ok);
    const channelIds = list.value.items.map((row) => row.channelId).sort();
    assert.deepEqual(channelIds, [channelId, second.value.id].sort());
  });
});

Deno.test("a mail over 64 KiB is stored whole", async () => {
  await withReceiver(async ({ inbox, send, conversationIds }) => {
    const long = Array.from({ length: 6_000 }, (_, i) => `Line ${i} of a long mail`);

    assert.equal(await send("support@in.veloce.example", [...MAIL, ...long]), 250);

    const [id = ""] = await conversationIds();
    const [message] = await inbox.thread(id);
    const whole = await inbox.core.messages.get(inbox.agent, message?.id ?? "");
    assert.ok(whole.ok);
  });
});

Deno.test("a core that ends no longer listens", async () => {
  await withReceiver(async ({ inbox, port, send }) => {
    assert.equal(await send("support@in.veloce.example", MAIL), 250);
    await inbox.core.stop();
    assert.equal(await deliver(port, "support@in.veloce.example", MAIL), 0);
  });
});

Deno.test("what is forwarded to a channel's own address comes to it, its reply codes too", async () => {
  await withReceiver(async ({ inbox, send }) => {
    const made = await inbox.core.channels.create(ROOT, {
      type: "email",
      inboxId: inbox.inboxId,
      name: "Group",
      config: {
        address: "team@groups.example",
        inbound: { kind: "push", provider: "raw", secret: "push-secret" },
        outbound: { kind: "system" },
      },
    });
    assert.ok(made.ok);
    const { id: channelId, forwardAddress } = made.value;
    assert.match(forwardAddress ?? "", /^f\.[a-z0-9]+\.[a-z2-7]{16}@in\.veloce\.example$/);
    const opened = await inbox.core.channels.open(channelId);
    assert.ok(opened.ok);
    const rows = async () => {
      const list = await inbox.core.conversations.list(inbox.agent, { view: "open" });
      assert.ok(list.ok);
      return list.value.items.filter((row) => row.channelId === channelId);
    };

    assert.equal(await send("team@groups.example", MAIL), 550);
    assert.equal(await send(forwardAddress ?? "", MAIL), 250);

    const [{ id = "" } = {}] = await rows();
    const tag = id.replace("cnv_", "");
    const mac = await opened.value.io(new AbortController().signal).signTag(`reply ${tag}`);
    const answer = [
      "From: giulia@posta.example",
      "Message-ID: <two@posta.example>",
      "To: team@groups.example",
      `X-Forwarded-To: team+r.${tag}.${mac}@groups.example`,
      "",
      "Thanks",
    ];
    assert.equal(await send(forwardAddress ?? "", answer), 250);
    assert.deepEqual((await rows()).map((row) => row.id), [id]);
    assert.equal((await inbox.thread(id)).at(-1)?.text, "Thanks");
  });
});

Deno.test("a mail its domain signed is by a verified sender, one that another domain signed is not", async () => {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2_048 });
  const p = publicKey.export({ type: "spki", format: "der" }).toString("base64");
  const zone: Zone = {
    "s1._domainkey.posta.example TXT": [`v=DKIM1; k=rsa; p=${p}`],
    "_dmarc.posta.example TXT": ["v=DMARC1; p=quarantine"],
    "_dmarc.bank.example TXT": ["v=DMARC1; p=reject"],
  };
  await withReceiver(async ({ inbox, port, channelId, conversationIds }) => {
    const transport = nodemailer.createTransport({
      host: "127.0.0.1",
      port,
      ignoreTLS: true,
      dkim: {
        domainName: "posta.example",
        keySelector: "s1",
        privateKey: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
      },
    });
    const send = async (from: string, messageId: string) => {
      const to = "support@in.veloce.example";
      await transport.sendMail({ from, to, subject: "Bike", text: "It is broken", messageId });
      await inbox.runJobs();
    };

    await send("Giulia <giulia@posta.example>", "<one@posta.example>");
    const [id = ""] = await conversationIds();
    const [signed] = await inbox.thread(id);
    assert.equal(signed?.email?.senderVerified, true);
    const step = signed.trace.find((one) => one.step === "sender_check");
    assert.equal(step?.detail, "SPF none, DKIM pass, DMARC pass (says in.veloce.example)");
    const journals = (await Array.fromAsync(inbox.store.list(keys.journals())))
      .map(({ value }) => value).filter((journal) => journal.channelId === channelId);
    assert.match(journals[0]?.headers["parley-authentication-results"] ?? "", /dmarc=pass/);

    // Signed by somebody, but not by whom it says it is from. The test's own address hides what SPF could say.
    await send("Bank <info@bank.example>", "<two@bank.example>");
    const [, second = ""] = (await conversationIds()).toSorted();
    const [forged] = await inbox.thread(second);
    assert.equal(forged?.email?.senderVerified, false);
    assert.match(
      forged.trace.find((one) => one.step === "sender_check")?.detail ?? "",
      /DKIM pass, DMARC could not be checked/,
    );
    transport.close();
  }, { zone });
});
