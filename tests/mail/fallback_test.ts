/** The mail address that comes with each inbox, from real clients to a real server. */
import assert from "node:assert/strict";
import nodemailer from "nodemailer";
import { email } from "../../adapters/email/mod.ts";
import { ok, type Principal } from "../../core/mod.ts";
import { keys } from "../../core/store/mod.ts";
import { openMailServer } from "../fakes/mail_server.ts";
import { openTestInbox, type TestInbox } from "../fakes/test_inbox.ts";

const ROOT: Principal = { type: "token", id: "tok_root", name: "Root", role: "owner" };
const RECEIVES = { PARLEY_SMTP_LISTEN: "127.0.0.1:0", PARLEY_MAIL_DOMAIN: "in.veloce.example" };

async function fallbackOf(inbox: TestInbox, id = inbox.inboxId) {
  const found = await inbox.core.inboxes.get(ROOT, id);
  assert.ok(found.ok);
  return found.value.fallback;
}

Deno.test("an inbox comes with an address whose channel goes with it", async () => {
  await using inbox = await openTestInbox({ adapters: [email], env: RECEIVES });
  const { channels, inboxes } = inbox.core;

  const made = await inboxes.create(ROOT, { name: "Équipe Ventes" });

  assert.ok(made.ok && made.value.fallback);
  const { address, channelId } = made.value.fallback;
  assert.match(address, /^equipe-ventes-[a-z2-9]{6}@in\.veloce\.example$/);
  const channel = await channels.get(ROOT, channelId);
  assert.ok(channel.ok);
  assert.equal(channel.value.config.address, address);
  assert.equal(channel.value.inboxId, made.value.id);
  const update = (patch: Parameters<typeof channels.update>[2]) =>
    channels.update(ROOT, channelId, patch);
  assert.ok((await update({ config: { ...channel.value.config, fromName: "Veloce" } })).ok);
  for (
    const patch of [
      { inboxId: inbox.inboxId },
      { config: { address: "me@other.example" } },
      { config: { inbound: { kind: "push", provider: "raw", secret: "long enough" } } },
    ]
  ) {
    const refused = await update(patch);
    assert.ok(!refused.ok && refused.error.code === "invalid", JSON.stringify(patch));
  }
  const kept = await channels.remove(ROOT, channelId);
  assert.ok(!kept.ok && kept.error.code === "conflict");
  assert.ok((await inboxes.remove(ROOT, made.value.id)).ok);
  assert.equal(await inbox.store.get(keys.channel(channelId)), null);
});

Deno.test("without a domain or a receiver there is no such address", async () => {
  const { PARLEY_SMTP_LISTEN, PARLEY_MAIL_DOMAIN } = RECEIVES;
  for (const env of [{}, { PARLEY_SMTP_LISTEN }, { PARLEY_MAIL_DOMAIN }]) {
    await using inbox = await openTestInbox({ adapters: [email], env });

    assert.equal(await fallbackOf(inbox), undefined);
  }
});

Deno.test("a mail to the address that came with an inbox is answered from it", async () => {
  await using server = await openMailServer();
  await using inbox = await openTestInbox({
    adapters: [email],
    env: {
      ...RECEIVES,
      PARLEY_SMTP_URL: `smtp://127.0.0.1:${server.port}`,
      PARLEY_ALLOW_PRIVATE_HOSTS: `127.0.0.1:${server.port}`,
    },
  });
  const listening = await inbox.core.listen(null);
  assert.ok(listening.ok && listening.value !== null);
  const { address = "" } = await fallbackOf(inbox) ?? {};

  await send(listening.value, address, "Hello?");
  await inbox.runJobs();

  const list = await inbox.core.conversations.list(inbox.agent, { view: "open" });
  assert.ok(list.ok);
  const [row] = list.value.items;
  assert.equal(row?.inboxId, inbox.inboxId);
  const reply = { kind: "reply", text: "Here we are.", undoSeconds: 0 } as const;
  assert.ok((await inbox.core.messages.post(inbox.agent, row?.id ?? "", reply)).ok);
  await inbox.runJobs();
  const [sent] = server.received;
  assert.equal(sent?.from, address);
  assert.deepEqual(sent?.to, ["giulia@posta.example"]);
});

Deno.test("while a mailbox does not work, answers leave by its inbox's address and theirs come back", async () => {
  await using server = await openMailServer();
  const copies: (string | null)[] = [];
  const archive: typeof email.archive = {
    isUsed: () => true,
    file(_part, { externalId }) {
      copies.push(externalId);
      return Promise.resolve(ok(null));
    },
  };
  await using inbox = await openTestInbox({
    adapters: [{ ...email, archive }],
    env: {
      ...RECEIVES,
      PARLEY_SMTP_URL: `smtp://127.0.0.1:${server.port}`,
      PARLEY_ALLOW_PRIVATE_HOSTS: `127.0.0.1:${server.port}`,
    },
  });
  const { channels, messages } = inbox.core;
  const listening = await inbox.core.listen(null);
  assert.ok(listening.ok && listening.value !== null);
  const port = listening.value;
  const { address = "", channelId: fallbackId = "" } = await fallbackOf(inbox) ?? {};
  assert.ok((await channels.update(ROOT, fallbackId, { config: { signature: "Team Veloce" } })).ok);
  const smtp = { kind: "smtp", host: "127.0.0.1", security: "none" };
  const made = await channels.create(ROOT, {
    type: "email",
    inboxId: inbox.inboxId,
    name: "Support",
    config: {
      address: "support@in.veloce.example",
      signature: "The mailbox's own",
      inbound: { kind: "receiver" },
      // A private address nobody allowed: the settings are wrong.
      outbound: { ...smtp, port: server.port + 1 },
    },
  });
  assert.ok(made.ok);
  const { id: channelId } = made.value;
  await send(port, "support@in.veloce.example", "Hello?");
  await inbox.runJobs();
  const list = await inbox.core.conversations.list(inbox.agent, { view: "open" });
  assert.ok(list.ok);
  const id = list.value.items.find((row) => row.channelId === channelId)?.id ?? "";
  const answer = async () => {
    const reply = { kind: "reply", text: "Here we are.", undoSeconds: 0 } as const;
    const posted = await messages.post(inbox.agent, id, reply);
    assert.ok(posted.ok, JSON.stringify(posted));
    await inbox.runJobs();
    const stored = (await inbox.thread(id)).find((one) => one.id === posted.value.message.id);
    const sent = server.received.at(-1);
    return { stored, from: sent?.from, text: new TextDecoder().decode(sent?.raw) };
  };
  const statusOf = async () => (await inbox.store.get(keys.channel(channelId)))?.status;

  const first = await answer();

  assert.equal(first.from, address);
  assert.match(first.text, /Team Veloce/);
  assert.doesNotMatch(first.text, /mailbox's own/);
  assert.equal(first.stored?.status, "sent");
  assert.equal(first.stored?.email?.from?.address, address);
  assert.match(
    first.stored?.trace.find(({ step }) => step === "fallback_address")?.detail ?? "",
    /^Sent by support-[a-z2-9]{6}@in\.veloce\.example: .*private address/,
  );
  assert.equal(await statusOf(), "error");
  assert.equal((await answer()).from, address, "at once, while the mailbox is left alone");
  assert.deepEqual(copies, [], "the mailbox's Sent folder gets no copy of what it did not send");

  const coded = /^Reply-To:[^<]*<([^>]+)>/im.exec(first.text.replace(/\r\n[ \t]/g, " "))?.[1] ?? "";
  await send(port, coded, "By the code");
  const messageId = first.stored?.externalId ?? "";
  await send(port, address, "By the headers", { inReplyTo: `<${messageId}>` });
  await inbox.runJobs();
  const inbound = (await inbox.thread(id)).filter(({ kind }) => kind === "inbound");
  assert.deepEqual(inbound.map(({ text }) => text), ["Hello?", "By the code", "By the headers"]);

  const config = { outbound: { ...smtp, port: server.port } };
  assert.ok((await channels.update(ROOT, channelId, { config })).ok);
  const mended = await answer();
  assert.equal(mended.from, "support@in.veloce.example");
  assert.ok(!mended.stored?.trace.some(({ step }) => step === "fallback_address"));
  assert.equal(await statusOf(), "ready");
  assert.deepEqual(copies, [mended.stored?.externalId]);
});

Deno.test("another inbox's fallback address reaches into no conversation", async () => {
  await using inbox = await openTestInbox({ adapters: [email], env: RECEIVES });
  const listening = await inbox.core.listen(null);
  assert.ok(listening.ok && listening.value !== null);
  const { address = "" } = await fallbackOf(inbox) ?? {};
  const other = await inbox.core.inboxes.create(ROOT, { name: "Other" });
  assert.ok(other.ok && other.value.fallback);
  await send(listening.value, address, "Hello?", { messageId: "<one@posta.example>" });
  await inbox.runJobs();

  const inReplyTo = "<one@posta.example>";
  await send(listening.value, other.value.fallback.address, "Let me in", { inReplyTo });
  await inbox.runJobs();

  const list = await inbox.core.conversations.list(ROOT, { view: "open" });
  assert.ok(list.ok);
  assert.deepEqual(
    list.value.items.map((row) => row.inboxId).sort(),
    [inbox.inboxId, other.value.id].sort(),
  );
});

async function send(
  port: number,
  to: string,
  text: string,
  headers: { readonly inReplyTo?: string; readonly messageId?: string } = {},
): Promise<void> {
  const transport = nodemailer.createTransport({ host: "127.0.0.1", port, ignoreTLS: true });
  const from = "Giulia <giulia@posta.example>";
  await transport.sendMail({ from, to, subject: "Bike", text, ...headers });
  transport.close();
}
