/** A core that takes mail by its own SMTP receiver, on a free port, and a mailbox whose mail comes there. */
import assert from "node:assert/strict";
import nodemailer from "nodemailer";
import { email } from "../../adapters/email/mod.ts";
import type { Principal } from "../../core/mod.ts";
import { fakeDns, type Zone } from "../fakes/dns.ts";
import { type MailServer, openMailServer } from "../fakes/mail_server.ts";
import { openTestInbox, type TestInbox } from "../fakes/test_inbox.ts";

export const ROOT: Principal = { type: "token", id: "tok_root", name: "Root", role: "owner" };

export interface ReceiverWorld {
  readonly inbox: TestInbox;
  readonly server: MailServer;
  readonly port: number;
  readonly channelId: string;
  /** Sends a mail and runs what follows; the code it was refused with, or 250. */
  send(to: string | string[], lines: readonly string[]): Promise<number>;
  conversationIds(): Promise<readonly string[]>;
}

export interface ReceiverWorldOptions {
  /** What name servers know. */
  readonly zone?: Zone;
  /** PEM; without it there is no STARTTLS. */
  readonly certificate?: { readonly cert: string; readonly key: string };
}

/** Opens it while `run` runs. */
export async function withReceiver(
  run: (world: ReceiverWorld) => Promise<void>,
  options: ReceiverWorldOptions = {},
): Promise<void> {
  await using server = await openMailServer();
  await using inbox = await openTestInbox({
    adapters: [email],
    env: {
      PARLEY_ALLOW_PRIVATE_HOSTS: `127.0.0.1:${server.port}`,
      PARLEY_SMTP_LISTEN: "127.0.0.1:0",
      PARLEY_MAIL_DOMAIN: "in.veloce.example",
    },
    dns: fakeDns(options.zone ?? {}),
  });
  const listening = await inbox.core.listen(options.certificate ?? null);
  assert.ok(listening.ok && listening.value !== null, JSON.stringify(listening));
  const port = listening.value;
  const made = await inbox.core.channels.create(ROOT, {
    type: "email",
    inboxId: inbox.inboxId,
    name: "Support",
    config: {
      address: "support@in.veloce.example",
      inbound: { kind: "receiver" },
      outbound: { kind: "smtp", host: "127.0.0.1", port: server.port, security: "none" },
    },
  });
  assert.ok(made.ok, JSON.stringify(made));
  const channelId = made.value.id;
  await run({
    inbox,
    server,
    port,
    channelId,
    async send(to, lines) {
      const code = await deliver(port, to, lines);
      await inbox.runJobs();
      return code;
    },
    async conversationIds() {
      const list = await inbox.core.conversations.list(inbox.agent, { view: "open" });
      assert.ok(list.ok);
      return list.value.items.filter((row) => row.channelId === channelId).map(({ id }) => id);
    },
  });
}

/** Sends a mail by nodemailer; the code it was refused with, or 250. */
export async function deliver(
  port: number,
  to: string | string[],
  lines: readonly string[],
): Promise<number> {
  const transport = nodemailer.createTransport({ host: "127.0.0.1", port, ignoreTLS: true });
  try {
    const raw = lines.join("\r\n");
    await transport.sendMail({ envelope: { from: "giulia@posta.example", to }, raw });
    return 250;
  } catch (error) {
    // What nodemailer throws carries the server's code.
    return (error as { responseCode?: number }).responseCode ?? 0;
  } finally {
    transport.close();
  }
}
