/** Mail by providers through the whole core: posted in, answered by an HTTP API, receipts, replays, set-up requests. */
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { email } from "../../adapters/email/mod.ts";
import { openProvider } from "../../adapters/email/outbound_api/fixtures/fake_provider.ts";
import type { Principal } from "../../core/mod.ts";
import { openTestInbox, type TestInbox } from "../fakes/test_inbox.ts";

const SECRET = "push-secret";
const ROOT: Principal = { type: "token", id: "tok_root", name: "Root", role: "owner" };

interface World {
  readonly inbox: TestInbox;
  readonly channelId: string;
  post(body: string, headers: Record<string, string>): Promise<string>;
  onlyConversation(): Promise<string>;
}

async function withMailbox(
  settings: {
    readonly provider: string;
    readonly baseUrl: string;
    readonly allowed?: boolean;
  },
  run: (world: World) => Promise<void>,
): Promise<void> {
  const { host } = new URL(settings.baseUrl);
  const env = settings.allowed === false ? {} : { PARLEY_ALLOW_PRIVATE_HOSTS: host };
  await using inbox = await openTestInbox({ adapters: [email], env, fetch });
  const made = await inbox.core.channels.create(ROOT, {
    type: "email",
    inboxId: inbox.inboxId,
    name: "Support",
    config: {
      address: "support@veloce.example",
      inbound: { kind: "push", provider: settings.provider, secret: SECRET },
      outbound: {
        kind: "api",
        provider: "postmark",
        key: "server-token",
        baseUrl: settings.baseUrl,
      },
    },
  });
  assert.ok(made.ok, JSON.stringify(made));
  const channelId = made.value.id;
  await run({
    inbox,
    channelId,
    async post(body, headers) {
      const received = await inbox.core.inbound.receive(channelId, {
        method: "POST",
        url: new URL(`https://parley.example/hooks/${channelId}`),
        headers: new Headers(headers),
        body: new TextEncoder().encode(body),
      }, new AbortController().signal);
      await inbox.runJobs();
      if (received.ok) return received.value.isRepeated ? "repeated" : "taken";
      const { error } = received;
      return error.code === "refused" ? error.reason : error.code;
    },
    async onlyConversation() {
      const list = await inbox.core.conversations.list(inbox.agent, { view: "open" });
      assert.ok(list.ok);
      const rows = list.value.items.filter((row) => row.channelId === channelId);
      assert.equal(rows.length, 1);
      return rows[0]?.id ?? "";
    },
  });
}

const LOGIN = {
  "content-type": "application/json; charset=utf-8",
  authorization: `Basic ${btoa(`parley:${SECRET}`)}`,
};

/** A mail as Postmark posts it. */
function postmarkMail(messageId: string, text: string, headers: Record<string, string> = {}) {
  const all = { "Message-ID": `<${messageId}>`, ...headers };
  return JSON.stringify({
    FromFull: { Email: "giulia@posta.example", Name: "Giulia Ferrari" },
    ToFull: [{ Email: "support@veloce.example", Name: "" }],
    Subject: "The bike is broken",
    MessageID: `uuid-of-${messageId}`,
    TextBody: text,
    Headers: Object.entries(all).map(([Name, Value]) => ({ Name, Value })),
  });
}

async function reply({ inbox }: World, conversationId: string) {
  const input = { kind: "reply", text: "We look at it.", undoSeconds: 0 } as const;
  const posted = await inbox.core.messages.post(inbox.agent, conversationId, input);
  assert.ok(posted.ok, JSON.stringify(posted));
  await inbox.runJobs();
  return (await inbox.thread(conversationId)).find(({ kind }) => kind === "reply");
}

Deno.test("a mail posted by Postmark is answered by its API; an answer to its own id joins, a receipt counts", async () => {
  await using service = openProvider(() => Response.json({ ErrorCode: 0, MessageID: "pm-1" }));
  await withMailbox({ provider: "postmark", baseUrl: service.baseUrl }, async (world) => {
    const { post, onlyConversation, inbox } = world;
    assert.equal(await post(postmarkMail("one@posta.example", "Help!"), LOGIN), "taken");
    assert.equal(await post(postmarkMail("one@posta.example", "Help!"), LOGIN), "repeated");
    const id = await onlyConversation();
    const sent = await reply(world, id);
    assert.equal(sent?.status, "sent", JSON.stringify(sent));
    const mail = JSON.parse(new TextDecoder().decode(service.received[0]?.body));
    assert.equal(mail.To, '"Giulia Ferrari" <giulia@posta.example>');

    const answer = postmarkMail("two@posta.example", "Thanks", {
      "In-Reply-To": "<pm-1@mtasv.net>",
    });
    assert.equal(await post(answer, LOGIN), "taken");
    assert.equal(await onlyConversation(), id);
    const receipt = {
      RecordType: "Delivery",
      MessageID: "pm-1",
      Recipient: "giulia@posta.example",
    };
    assert.equal(await post(JSON.stringify(receipt), LOGIN), "taken");
    const thread = await inbox.thread(id);
    assert.equal(thread.find(({ kind }) => kind === "reply")?.status, "delivered");
    assert.equal(thread.filter(({ kind }) => kind === "inbound").length, 2);
  });
});

Deno.test("a reply refused by the service fails with its words, one that was limited goes out later", async () => {
  const answers = [
    Response.json({ ErrorCode: 429, Message: "Slow down" }, { status: 429 }),
    Response.json({ ErrorCode: 0, MessageID: "pm-1" }),
    Response.json({ ErrorCode: 406, Message: "Inactive recipient" }, { status: 422 }),
  ];
  await using service = openProvider((index) => answers[index] ?? new Response(null));
  await withMailbox({ provider: "postmark", baseUrl: service.baseUrl }, async (world) => {
    const { post, onlyConversation, inbox } = world;
    await post(postmarkMail("one@posta.example", "Help!"), LOGIN);
    const id = await onlyConversation();
    assert.equal((await reply(world, id))?.status, "queued");
    inbox.ports.clock.advance(61_000);
    await inbox.runJobs();
    assert.equal((await inbox.thread(id)).find(({ kind }) => kind === "reply")?.status, "sent");
    await reply(world, id);
    const failed = (await inbox.thread(id)).findLast(({ kind }) => kind === "reply");
    assert.equal(failed?.status, "failed");
    assert.equal(failed?.error?.code, "recipient_unreachable");
    assert.equal(failed?.error?.provider, "HTTP 422 406 Inactive recipient");
  });
});

Deno.test("a service at a private address is not called unless it is allowed", async () => {
  await using service = openProvider(() => Response.json({ ErrorCode: 0, MessageID: "pm-1" }));
  const settings = { provider: "postmark", baseUrl: service.baseUrl, allowed: false };
  await withMailbox(settings, async (world) => {
    await world.post(postmarkMail("one@posta.example", "Help!"), LOGIN);
    const sent = await reply(world, await world.onlyConversation());

    assert.equal(sent?.status, "failed");
    assert.equal(sent?.error?.code, "config");
    assert.match(sent?.error?.message ?? "", /PARLEY_ALLOW_PRIVATE_HOSTS/);
    assert.equal(service.received.length, 0);
  });
});

Deno.test("a proof of Mailgun's is good for one delivery; with another mail it is refused", async () => {
  await withMailbox({ provider: "mailgun", baseUrl: "http://127.0.0.1:1" }, async (world) => {
    const { inbox, post, onlyConversation } = world;
    const timestamp = String(Math.floor(inbox.ports.clock.now() / 1_000));
    const token = "t".repeat(50);
    const signature = createHmac("sha256", SECRET).update(timestamp + token).digest("hex");
    const form = (text: string) =>
      new URLSearchParams({
        "body-mime": `From: giulia@posta.example\r\nMessage-ID: <${text}@x>\r\n\r\n${text}`,
        timestamp,
        token,
        signature,
      }).toString();
    const headers = { "content-type": "application/x-www-form-urlencoded" };

    assert.equal(await post(form("one"), headers), "taken");
    assert.equal(await post(form("one"), headers), "repeated");
    assert.equal(await post(form("two"), headers), "replayed");
    const thread = await inbox.thread(await onlyConversation());
    assert.deepEqual(thread.filter(({ kind }) => kind === "inbound").map(({ text }) => text), [
      "one",
    ]);
  });
});

Deno.test("a mailbox takes its provider's types only", async () => {
  await withMailbox({ provider: "mailgun", baseUrl: "http://127.0.0.1:1" }, async ({ post }) => {
    const headers = { "content-type": "message/rfc822", authorization: `Bearer ${SECRET}` };

    assert.equal(await post("From: a@b.example\r\n\r\nx", headers), "missing");
  });
  await withMailbox({ provider: "raw", baseUrl: "http://127.0.0.1:1" }, async ({ post }) => {
    const headers = { "content-type": "application/json", authorization: `Bearer ${SECRET}` };

    assert.equal(await post("{}", headers), "unsupported_type");
  });
});
