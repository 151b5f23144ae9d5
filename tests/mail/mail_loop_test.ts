/** Mail through the whole core: posted in, answered by an agent, sent by SMTP, answered by the customer. */
import assert from "node:assert/strict";
import { email } from "../../adapters/email/mod.ts";
import type { Principal } from "../../core/mod.ts";
import { type MailServer, openMailServer } from "../fakes/mail_server.ts";
import { openTestInbox, type TestInbox } from "../fakes/test_inbox.ts";

const SECRET = "push-secret";
const ROOT: Principal = { type: "token", id: "tok_root", name: "Root", role: "owner" };
const MAIL = [
  "From: Giulia Ferrari <giulia@posta.example>",
  "To: support@veloce.example",
  "Subject: The bike is broken",
  "Date: Mon, 2 Mar 2026 08:00:00 +0000",
  "Message-ID: <one@posta.example>",
  "Content-Type: text/html; charset=utf-8",
  "",
  "<p>Help! <script>alert(1)</script><img src=https://evil.example/1.png></p>",
  "",
].join("\r\n");

interface MailWorld {
  readonly inbox: TestInbox;
  readonly channelId: string;
  /** Posts a mail as the mail server would; its journal id, or the code of the refusal. */
  post(mail: string | Uint8Array<ArrayBuffer>, authorization?: string): Promise<string>;
  /** The only conversation of this channel. */
  conversationId(): Promise<string>;
}

async function withMail(
  run: (world: MailWorld, server: MailServer) => Promise<void>,
): Promise<void> {
  await using server = await openMailServer();
  const env = { PARLEY_ALLOW_PRIVATE_HOSTS: `127.0.0.1:${server.port}` };
  await using inbox = await openTestInbox({ adapters: [email], env });
  const made = await inbox.core.channels.create(ROOT, {
    type: "email",
    inboxId: inbox.inboxId,
    name: "Support",
    config: {
      address: "support@veloce.example",
      fromName: "Veloce",
      inbound: { kind: "push", provider: "raw", secret: SECRET },
      outbound: { kind: "smtp", host: "127.0.0.1", port: server.port, security: "none" },
    },
  });
  assert.ok(made.ok, JSON.stringify(made));
  const channelId = made.value.id;
  const conversations = async () => {
    const list = await inbox.core.conversations.list(inbox.agent, { view: "open" });
    assert.ok(list.ok);
    return list.value.items.filter((row) => row.channelId === channelId);
  };
  await run({
    inbox,
    channelId,
    async post(mail, authorization = `Bearer ${SECRET}`) {
      const received = await inbox.core.inbound.receive(channelId, {
        method: "POST",
        url: new URL(`https://parley.example/hooks/${channelId}`),
        headers: new Headers({ authorization, "content-type": "message/rfc822" }),
        body: typeof mail === "string" ? new TextEncoder().encode(mail) : mail,
      }, new AbortController().signal);
      if (!received.ok) return received.error.code;
      await inbox.runJobs();
      return received.value.journalId;
    },
    async conversationId() {
      const rows = await conversations();
      assert.equal(rows.length, 1);
      return rows[0]?.id ?? "";
    },
  }, server);
}

/** A header of a received mail, unfolded. */
function headerOf(raw: Uint8Array, name: string): string {
  const head = new TextDecoder().decode(raw).split("\r\n\r\n")[0]?.replace(/\r\n[ \t]/g, " ") ?? "";
  return new RegExp(`^${name}: (.*)$`, "im").exec(head)?.[1] ?? "";
}

Deno.test("a mail is answered, and the customer's answer joins by the reply address or by headers alone", async () => {
  await withMail(async ({ inbox, post, conversationId }, server) => {
    await post(MAIL);
    const id = await conversationId();
    const posted = await inbox.core.messages.post(inbox.agent, id, {
      kind: "reply",
      text: "We look at it.",
      undoSeconds: 0,
    });
    assert.ok(posted.ok, JSON.stringify(posted));
    await inbox.runJobs();

    const [sent] = server.received;
    assert.ok(sent, JSON.stringify((await inbox.thread(id)).at(-1)));
    assert.deepEqual(sent.to, ["giulia@posta.example"]);
    assert.equal(headerOf(sent.raw, "Subject"), "Re: The bike is broken");
    assert.equal(headerOf(sent.raw, "In-Reply-To"), "<one@posta.example>");
    assert.match(headerOf(sent.raw, "References"), /<one@posta\.example>/);
    assert.match(headerOf(sent.raw, "From"), /Nora Visser \(Veloce\).*<support@veloce\.example>/);
    const replyTo = /<(.+)>/.exec(headerOf(sent.raw, "Reply-To"))?.[1] ?? "";
    assert.match(replyTo, /^support\+r\.[a-z0-9]+\.[a-z2-7]{16}@veloce\.example$/);
    const messageId = headerOf(sent.raw, "Message-ID");

    const from = "From: giulia@posta.example";
    await post(`${from}\r\nMessage-ID: <two@posta.example>\r\nTo: ${replyTo}\r\n\r\nThanks`);
    await post(
      `${from}\r\nMessage-ID: <three@posta.example>\r\nTo: support@veloce.example\r\n` +
        `In-Reply-To: ${messageId}\r\n\r\nAgain`,
    );
    assert.equal(await conversationId(), id);
    const thread = await inbox.thread(id);
    const inbound = thread.filter(({ kind }) => kind === "inbound");
    assert.deepEqual(inbound.map(({ text }) => text), ["Help!", "Thanks", "Again"]);
    assert.equal(thread.find(({ kind }) => kind === "reply")?.status, "sent");
  });
});

Deno.test("a forged reply code starts a conversation of its own, and the trace says why", async () => {
  await withMail(async ({ inbox, post, conversationId }) => {
    await post(
      "From: eve@x.example\r\nMessage-ID: <e@x.example>\r\n" +
        "To: support+r.00000001.aaaaaaaaaaaaaaaa@veloce.example\r\n\r\nLet me in",
    );

    const [message] = await inbox.thread(await conversationId());
    assert.ok(message?.trace.some(({ step }) => step === "reply_code_refused"));
  });
});

Deno.test("a mail's HTML is shown without what runs or loads", async () => {
  await withMail(async ({ inbox, post, conversationId }) => {
    await post(MAIL);

    const [message] = await inbox.thread(await conversationId());
    const page = await inbox.core.messages.html(inbox.agent, message?.id ?? "", { images: false });
    assert.ok(page.ok);
    assert.match(page.value, /data-blocked-images="1"/);
    assert.doesNotMatch(page.value, /<script|evil\.example/);
  });
});

Deno.test("deliveries are refused, repeated, listed or stored, each with its clear answer", async () => {
  await withMail(async ({ inbox, channelId, post, conversationId }) => {
    assert.equal(await post(MAIL, "Bearer wrong-secret"), "refused");
    assert.equal(await post(MAIL, "Bearer par_some_api_token"), "refused");
    assert.equal(await post(MAIL, ""), "refused");
    assert.equal(await post(new Uint8Array(25 * 1024 * 1024 + 1)), "too_large");

    const first = await post(MAIL);
    assert.equal(await post(MAIL), first);
    const copy = await post(MAIL.replace("Date:", "X-Copy: 1\r\nDate:"));
    assert.notEqual(copy, first);
    assert.equal((await inbox.thread(await conversationId())).length, 1, "same Message-ID");

    const junk = new Uint8Array(5_000).fill(0xfe);
    const journalId = await post(junk);
    await post("");
    const failed = await inbox.core.inbound.failed(ROOT, { channelId });
    assert.ok(failed.ok);
    assert.deepEqual(
      failed.value.map(({ error }) => error).sort(),
      ["No mail header was found", "The body is empty"],
    );
    assert.ok(failed.value.some(({ id }) => id === journalId));
  });
});

Deno.test("mails without Message-ID, From or Date, cut, or nested too deeply all become messages", async () => {
  const deep = Array.from(
    { length: 200 },
    (_, i) => `Content-Type: multipart/mixed; boundary=b${i}\r\n\r\n--b${i}\r\n`,
  ).join("");
  const mails = [
    "From: a@x.example\r\nSubject: no id\r\n\r\nx",
    "Subject: no sender\r\nMessage-ID: <1@x.example>\r\n\r\nx",
    "From: b@x.example\r\nMessage-ID: <2@x.example>\r\nDate: never\r\n\r\nx",
    MAIL.slice(0, MAIL.indexOf("Content-Type")).replace("one@", "3@"),
    `From: c@x.example\r\nMessage-ID: <4@x.example>\r\n${deep}x`,
    "From: d@x.example\r\nMessage-ID: <5@x.example>\r\nContent-Type: text/html\r\n\r\n" +
    "<div>".repeat(200_000),
    "From: e@x.example\r\nMessage-ID: <6@x.example>\r\nContent-Type: text/plain; charset=none\r\n\r\n\xe9",
  ];
  await withMail(async ({ inbox, channelId, post }) => {
    for (const mail of mails) {
      const start = performance.now();
      await post(mail);
      assert.ok(performance.now() - start < 1_000, mail.slice(0, 60));
    }

    const list = await inbox.core.conversations.list(inbox.agent, { view: "open" });
    assert.ok(list.ok);
    assert.equal(list.value.items.length, mails.length);
    const failed = await inbox.core.inbound.failed(ROOT, { channelId });
    assert.deepEqual(failed.ok && failed.value, []);
  });
});

Deno.test("a reply quotes the earlier mails, and an answer that kept only the quote finds its thread", async () => {
  await withMail(async ({ inbox, channelId, post, conversationId }, server) => {
    await inbox.core.channels.update(ROOT, channelId, {
      config: { includeHistory: true, signature: "{{agent.name}}, {{company}}" },
    });
    await post(MAIL);
    await inbox.runJobs();
    const id = await conversationId();
    const answer = async (history?: boolean) => {
      const input = { kind: "reply", text: "Bring it in", undoSeconds: 0, history } as const;
      assert.ok((await inbox.core.messages.post(inbox.agent, id, input)).ok);
      await inbox.runJobs();
      return new TextDecoder().decode(server.received.at(-1)?.raw);
    };

    assert.doesNotMatch(await answer(false), /parley_history/);
    const quoting = await answer();
    assert.match(quoting, /Nora Visser, Veloce/);
    assert.match(quoting, /> +Help!/);
    const code = /parley_[a-z0-9]+_[a-z2-7]{16}/.exec(quoting.replaceAll("=\r\n", ""))?.[0];
    assert.ok(code);
    await post([
      "From: Giulia Ferrari <giulia@posta.example>",
      "To: support@veloce.example",
      "Subject: No headers left",
      "Message-ID: <three@posta.example>",
      "Content-Type: text/html",
      "",
      `<p>Tomorrow?</p><div class="${code}">old words</div>`,
    ].join("\r\n"));
    await inbox.runJobs();

    assert.equal((await inbox.thread(id)).at(-1)?.email?.messageId, "three@posta.example");
  });
});
