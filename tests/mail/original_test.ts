/** A mail can be taken out again as a file, whatever its provider wrapped it in. */
import assert from "node:assert/strict";
import { email } from "../../adapters/email/mod.ts";
import { parseMime } from "../../adapters/email/mime/mod.ts";
import type { Principal } from "../../core/mod.ts";
import { openTestInbox, type TestInbox } from "../fakes/test_inbox.ts";

const SECRET = "push-secret";
const ROOT: Principal = { type: "token", id: "tok_root", name: "Root", role: "owner" };
const RAW = [
  "From: Giulia Ferrari <giulia@posta.example>",
  "To: support@veloce.example",
  "Subject: The bike is broken",
  "Message-ID: <one@posta.example>",
  "",
  "Ciao\tGiulia",
  "",
].join("\r\n");

async function openMailbox(inbox: TestInbox, provider: string): Promise<string> {
  const made = await inbox.core.channels.create(ROOT, {
    type: "email",
    inboxId: inbox.inboxId,
    name: provider,
    config: {
      address: `${provider}@veloce.example`,
      inbound: { kind: "push", provider, secret: SECRET },
      outbound: { kind: "smtp", host: "127.0.0.1", port: 25, security: "none" },
    },
  });
  assert.ok(made.ok, JSON.stringify(made));
  return made.value.id;
}

/** Posts a delivery and gives the message it became. */
async function post(inbox: TestInbox, channelId: string, contentType: string, body: string) {
  const login = contentType === "message/rfc822"
    ? `Bearer ${SECRET}`
    : `Basic ${btoa(`parley:${SECRET}`)}`;
  const received = await inbox.core.inbound.receive(channelId, {
    method: "POST",
    url: new URL(`https://parley.example/hooks/${channelId}`),
    headers: new Headers({ "content-type": contentType, authorization: login }),
    body: new TextEncoder().encode(body),
  }, new AbortController().signal);
  assert.ok(received.ok, JSON.stringify(received));
  await inbox.runJobs();
  const list = await inbox.core.conversations.list(inbox.agent, { channelId });
  const [message] = await inbox.thread(list.ok ? list.value.items[0]?.id ?? "" : "");
  assert.ok(message);
  return message;
}

async function originalOf(inbox: TestInbox, messageId: string) {
  const found = await inbox.core.messages.original(inbox.agent, messageId);
  assert.ok(found.ok, JSON.stringify(found));
  const bytes = await new Response(found.value.stream()).bytes();
  assert.equal(bytes.length, found.value.size);
  const part = await new Response(found.value.stream({ start: 2, end: 6 })).text();
  const text = new TextDecoder().decode(bytes);
  assert.equal(part, text.slice(2, 6));
  return { text, bytes, isRebuilt: found.value.isRebuilt };
}

Deno.test("a mail that was posted as it is comes out byte by byte", async () => {
  await using inbox = await openTestInbox({ adapters: [email] });
  const channelId = await openMailbox(inbox, "raw");
  const { id } = await post(inbox, channelId, "message/rfc822", RAW);

  const { text, isRebuilt } = await originalOf(inbox, id);

  assert.equal(text, RAW);
  assert.equal(isRebuilt, false);
});

Deno.test("a mail that a provider wrapped whole comes out of its wrapping", async () => {
  await using inbox = await openTestInbox({ adapters: [email] });
  const channelId = await openMailbox(inbox, "postmark");
  const wrapped = JSON.stringify({ MessageID: "pm-1", RawEmail: RAW, TextBody: "not this" });
  const { id } = await post(inbox, channelId, "application/json", wrapped);

  const { text, isRebuilt } = await originalOf(inbox, id);

  assert.equal(text, RAW);
  assert.equal(isRebuilt, false);
});

Deno.test("a mail that came in pieces is put together again and says so", async () => {
  await using inbox = await openTestInbox({ adapters: [email] });
  const channelId = await openMailbox(inbox, "postmark");
  const pieces = JSON.stringify({
    MessageID: "pm-2",
    FromFull: { Email: "giulia@posta.example", Name: "Giulia" },
    Subject: "In pieces",
    TextBody: "Ciao",
    Headers: [{ Name: "Message-ID", Value: "<two@posta.example>" }],
  });
  const { id } = await post(inbox, channelId, "application/json", pieces);

  const { text, bytes, isRebuilt } = await originalOf(inbox, id);

  assert.equal(isRebuilt, true);
  assert.match(text, /^X-Parley-Rebuilt: from the pieces that Postmark delivered\r\n/);
  const { root } = parseMime(bytes, { maxDepth: 5, maxParts: 5, maxHeaderBytes: 10_000 });
  assert.deepEqual(root.fields.slice(0, 2).map(({ value }) => value), [
    "from the pieces that Postmark delivered",
    "<two@posta.example>",
  ]);
});

Deno.test("what is no mail, or not the reader's, has no original", async () => {
  await using inbox = await openTestInbox({ adapters: [email] });
  const channelId = await openMailbox(inbox, "raw");
  const mail = await post(inbox, channelId, "message/rfc822", RAW);
  const chat = await inbox.write("Hello");
  const stranger: Principal = { ...inbox.agent, inboxIds: new Set() };
  const codeOf = async (principal: Principal, id: string) => {
    const found = await inbox.core.messages.original(principal, id);
    return found.ok ? "ok" : found.error.code;
  };

  assert.equal(await codeOf(inbox.agent, mail.id), "ok");
  assert.equal(await codeOf(stranger, mail.id), "not_found");
  assert.equal(await codeOf(inbox.agent, chat.messageId), "not_found");
  assert.equal(await codeOf(inbox.agent, "msg_nowhere"), "not_found");
});
