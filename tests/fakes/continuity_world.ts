/** A chat beside a mailbox: a visitor who comes and goes, an agent who answers, and the mail between them. */
import { chat } from "../../adapters/chat/mod.ts";
import { email } from "../../adapters/email/mod.ts";
import { form } from "../../adapters/form/mod.ts";
import type { Principal } from "../../core/mod.ts";
import type { Visitor, VisitorMessage } from "../../core/mod.ts";
import type { Message } from "../../core/model/message.ts";
import { type MailServer, openMailServer, type ReceivedMail } from "./mail_server.ts";
import { openTestInbox, type TestInbox } from "./test_inbox.ts";

const ROOT: Principal = { type: "token", id: "tok_root", name: "Root", role: "owner" };
const SECRET = "push-secret";
const ADDRESS = "192.0.2.1";
export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
/** Whom the visitor says they are reached at. */
export const LEA = "lea@posta.example";

export interface ContinuityWorld extends AsyncDisposable {
  readonly inbox: TestInbox;
  readonly server: MailServer;
  /** What visitors got, oldest first: mails to the team are not among it. */
  mails(): readonly ReceivedMail[];
  readonly root: Principal;
  readonly chatId: string;
  readonly mailboxId: string;
  /** Somebody who begins a chat and leaves an address, unless told not to. */
  begin(options?: BeginOptions): Promise<{ readonly visitor: Visitor; readonly id: string }>;
  /** The agent's reply, visible to the visitor. */
  answer(id: string, text: string): Promise<Message>;
  /** Time passes, and what is due is done. */
  pass(ms: number): Promise<void>;
  /** The "mailed" lines of a chat. */
  letters(id: string): Promise<readonly Message[]>;
  /** What a visitor sees. */
  seen(visitor: Visitor, id: string): Promise<readonly VisitorMessage[]>;
  /** A mail to the address the last letter is to be answered at. */
  mailBack(text: string, options?: MailOptions): Promise<void>;
  /** A header of a letter, the latest unless `index` says which, unfolded. */
  header(name: string, index?: number): string;
  /** A letter's plain text part, decoded. */
  text(index?: number): string;
}

export interface BeginOptions {
  readonly text?: string;
  readonly email?: string | null;
  readonly locale?: string;
}

export interface MailOptions {
  readonly from?: string;
  /** Default: the signed address of the latest letter. */
  readonly to?: string;
  readonly headers?: readonly string[];
  /** Message-ID of what it answers. Default: that of the latest letter; null: it names none. */
  readonly answers?: string | null;
}

export interface ContinuityOptions {
  /** Of the chat, besides its defaults. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Of the mailbox; null for none. */
  readonly mailbox?: Readonly<Record<string, unknown>> | null;
  /** Environment besides what it needs. */
  readonly env?: Readonly<Record<string, string>>;
  readonly kv?: Deno.Kv;
}

/** Opens it; `await using world = await openContinuityWorld()` closes it. */
export async function openContinuityWorld(
  { config = {}, mailbox = {}, env = {}, kv }: ContinuityOptions = {},
): Promise<ContinuityWorld> {
  const server = await openMailServer();
  const inbox = await openTestInbox({
    adapters: [chat, email, form],
    env: {
      PARLEY_ALLOW_PRIVATE_HOSTS: `127.0.0.1:${server.port}`,
      PARLEY_URL: "https://parley.example",
      ...env,
    },
    ...kv === undefined ? {} : { kv },
  });
  // Whatever the mail server gets is for the visitor.
  await inbox.core.access.updateProfile(inbox.agent, { notifications: { mail: [] } });
  const { core, ports, inboxId } = inbox;
  const create = async (type: string, name: string, settings: Record<string, unknown>) => {
    const made = await core.channels.create(ROOT, { type, inboxId, name, config: settings });
    if (!made.ok) throw new Error(JSON.stringify(made.error));
    return made.value.id;
  };
  const chatId = await create("chat", "Website", { title: "Veloce", ...config });
  const mailboxId = mailbox === null ? "" : await create("email", "Support", {
    address: "support@veloce.example",
    fromName: "Veloce",
    inbound: { kind: "push", provider: "raw", secret: SECRET },
    outbound: { kind: "smtp", host: "127.0.0.1", port: server.port, security: "none" },
    ...mailbox,
  });
  // Past the time in which those who were here before a start come back.
  ports.clock.advance(MINUTE_MS);
  let written = 0;

  const mails = () => server.received.filter(({ to }) => !to.includes(inbox.agent.user.email));
  const rawOf = (index = -1) => {
    const mail = mails().at(index);
    if (mail === undefined) throw new Error("No mail was sent");
    return new TextDecoder().decode(mail.raw);
  };
  const header = (name: string, index?: number) => {
    const head = rawOf(index).split("\r\n\r\n")[0]?.replace(/\r\n[ \t]/g, " ") ?? "";
    return new RegExp(`^${name}: (.*)$`, "im").exec(head)?.[1] ?? "";
  };

  return {
    inbox,
    server,
    mails,
    root: ROOT,
    chatId,
    mailboxId,
    header,

    async begin({ text = "Do you have the Corsa in 56?", email = LEA, locale = "en" } = {}) {
      const session = await core.visitors.createSession(chatId, { locale, remoteAddress: ADDRESS });
      if (!session.ok) throw new Error(session.error.code);
      const { visitor } = session.value;
      const message = { id: `first-${++written}`, text };
      const posted = await core.visitors.start(visitor, message, ADDRESS);
      if (!posted.ok) throw new Error(posted.error.code);
      if (email !== null) await core.visitors.leaveEmail(visitor, email, ADDRESS);
      return { visitor, id: posted.value.message.conversationId };
    },

    async answer(id, text) {
      const { seq } = await inbox.reply(id, text);
      await inbox.runJobs();
      const message = (await inbox.thread(id)).find((one) => one.seq === seq);
      if (message === undefined) throw new Error("The reply is gone");
      return message;
    },

    async pass(ms) {
      ports.clock.advance(ms);
      await inbox.runJobs();
    },

    async letters(id) {
      return (await inbox.thread(id)).filter(({ letter }) => letter !== undefined);
    },

    async seen(visitor, id) {
      const page = await core.visitors.messages(visitor, id, { limit: 100 });
      if (!page.ok) throw new Error(page.error.code);
      return page.value.items;
    },

    async mailBack(
      text,
      { from = `Lea <${LEA}>`, to, headers = [], answers = header("Message-ID") } = {},
    ) {
      const received = await core.inbound.receive(mailboxId, {
        method: "POST",
        url: new URL(`https://parley.example/hooks/${mailboxId}`),
        headers: new Headers({
          authorization: `Bearer ${SECRET}`,
          "content-type": "message/rfc822",
        }),
        body: new TextEncoder().encode(
          [
            `From: ${from}`,
            `To: ${to ?? /<(.+)>/.exec(header("Reply-To"))?.[1]}`,
            `Message-ID: <back-${++written}@posta.example>`,
            "Subject: Re: Your chat with Veloce",
            ...answers === null ? [] : [`In-Reply-To: ${answers}`],
            ...headers,
            "",
            text,
          ].join("\r\n"),
        ),
      }, new AbortController().signal);
      if (!received.ok) throw new Error(received.error.code);
      await inbox.runJobs();
    },

    text(index) {
      const raw = rawOf(index);
      const part = /Content-Type: text\/plain[^]*?\r\n\r\n([^]*?)\r\n--/.exec(raw)?.[1] ?? raw;
      const head = /Content-Type: text\/plain[^]*?\r\n\r\n/.exec(raw)?.[0] ?? "";
      if (/base64/i.test(head)) return Buffer.from(part, "base64").toString("utf8");
      if (!/quoted-printable/i.test(head)) return part;
      const bytes = part.replaceAll("=\r\n", "").replace(
        /=([0-9A-F]{2})/g,
        (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)),
      );
      return Buffer.from(bytes, "latin1").toString("utf8");
    },

    async [Symbol.asyncDispose]() {
      await inbox[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}
