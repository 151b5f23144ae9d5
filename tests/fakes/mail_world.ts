/** A core with one mailbox: mail is posted in, replies leave through a real SMTP server of the test's own. */
import { email } from "../../adapters/email/mod.ts";
import type { Contact } from "../../core/model/contact.ts";
import type { Message } from "../../core/model/message.ts";
import type { Principal } from "../../core/mod.ts";
import { keys } from "../../core/store/mod.ts";
import { type MailServer, openMailServer } from "./mail_server.ts";
import { openTestInbox, type TestInbox, type TestInboxOptions } from "./test_inbox.ts";

const SECRET = "push-secret";
const ROOT: Principal = { type: "token", id: "tok_root", name: "Root", role: "owner" };

export interface MailWorld extends AsyncDisposable {
  readonly inbox: TestInbox;
  readonly server: MailServer;
  readonly root: Principal;
  readonly channelId: string;
  /** Posts a mail as the mail server would, and lets it be parsed; its journal id. */
  post(mail: string, channelId?: string): Promise<string>;
  /** Of the only conversation of the mailbox, whatever its status. */
  conversationId(channelId?: string): Promise<string>;
  /** An agent's reply, once it was tried. */
  reply(conversationId: string, text: string): Promise<Message>;
  /** Whom a conversation is with. */
  contact(conversationId: string): Promise<Contact>;
  /** A second mailbox; its id. */
  addChannel(address: string, config?: Readonly<Record<string, unknown>>): Promise<string>;
  /** A header of a mail the server got, unfolded. */
  headerOf(raw: Uint8Array, name: string): string;
}

/** @param config of the mailbox support@veloce.example, besides what it needs. */
export async function openMailWorld(
  config: Readonly<Record<string, unknown>> = {},
  options: Pick<TestInboxOptions, "sideThread"> = {},
): Promise<MailWorld> {
  const server = await openMailServer();
  const env = { PARLEY_ALLOW_PRIVATE_HOSTS: `127.0.0.1:${server.port}` };
  const inbox = await openTestInbox({ adapters: [email], env, ...options });
  const addChannel: MailWorld["addChannel"] = async (address, more = {}) => {
    const made = await inbox.core.channels.create(ROOT, {
      type: "email",
      inboxId: inbox.inboxId,
      name: address,
      config: {
        address,
        fromName: "Veloce",
        inbound: { kind: "push", provider: "raw", secret: SECRET },
        outbound: { kind: "smtp", host: "127.0.0.1", port: server.port, security: "none" },
        ...more,
      },
    });
    if (!made.ok) throw new Error(JSON.stringify(made.error));
    return made.value.id;
  };
  const mailbox = await addChannel("support@veloce.example", config);

  return {
    inbox,
    server,
    root: ROOT,
    channelId: mailbox,
    addChannel,

    async post(mail, channelId = mailbox) {
      const received = await inbox.core.inbound.receive(channelId, {
        method: "POST",
        url: new URL(`https://parley.example/hooks/${channelId}`),
        headers: new Headers({
          authorization: `Bearer ${SECRET}`,
          "content-type": "message/rfc822",
        }),
        body: new TextEncoder().encode(mail),
      }, new AbortController().signal);
      if (!received.ok) throw new Error(received.error.code);
      await inbox.runJobs();
      return received.value.journalId;
    },

    async conversationId(channelId = mailbox) {
      const ids: string[] = [];
      for await (const { value } of inbox.store.list(keys.conversations())) {
        if (value.channelId === channelId) ids.push(value.id);
      }
      const [id] = ids;
      if (id === undefined || ids.length > 1) throw new Error(`${ids.length} conversations`);
      return id;
    },

    async reply(conversationId, text) {
      const posted = await inbox.core.messages.post(inbox.agent, conversationId, {
        kind: "reply",
        text,
        undoSeconds: 0,
      });
      if (!posted.ok) throw new Error(JSON.stringify(posted.error));
      await inbox.runJobs();
      const { seq } = posted.value.message;
      const message = await inbox.store.get(keys.message(conversationId, seq));
      if (message === null) throw new Error("The reply is gone");
      return message;
    },

    async contact(conversationId) {
      const { contactId } = await inbox.conversation(conversationId);
      const contact = await inbox.store.get(keys.contact(contactId));
      if (contact === null) throw new Error("The contact is gone");
      return contact;
    },

    headerOf(raw, name) {
      const head = new TextDecoder().decode(raw).split("\r\n\r\n")[0]?.replace(/\r\n[ \t]/g, " ") ??
        "";
      return new RegExp(`^${name}: (.*)$`, "im").exec(head)?.[1] ?? "";
    },

    async [Symbol.asyncDispose]() {
      await inbox[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}
