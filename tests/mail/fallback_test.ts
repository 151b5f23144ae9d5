/** The mail address that comes with each inbox, from real clients to a real server. */
import assert from "node:assert/strict";
import nodemailer from "nodemailer";
import { email } from "../../adapters/email/mod.ts";
import type { Principal } from "../../core/mod.ts";
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

async function send(port: number, to: string, text: string): Promise<void> {
  const transport = nodemailer.createTransport({ host: "127.0.0.1", port, ignoreTLS: true });
  await transport.sendMail({ from: "Giulia <giulia@posta.example>", to, subject: "Bike", text });
  transport.close();
}
