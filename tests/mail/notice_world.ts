/** A mailbox, an agent who has a conversation of it, and the mails that tell her of it. */
import type { Message } from "../../core/model/message.ts";
import { keys } from "../../core/store/mod.ts";
import type { ReceivedMail } from "../fakes/mail_server.ts";
import { type MailWorld, openMailWorld } from "../fakes/mail_world.ts";

/** Whose word the mailbox trusts. */
export const AUTHSERV = "mx.veloce.example";
/** The agent's address. */
export const NORA = "nora@parley.example";
export const WAIT_MS = 2 * 60_000;

export interface NoticeWorld extends MailWorld {
  /** Ana's, assigned to Nora. */
  readonly id: string;
  /** Ana writes once more; the answer's id may be given. */
  write(text: string): Promise<void>;
  /** Two minutes go by; what Nora was sent since the last time. */
  wait(): Promise<readonly ReceivedMail[]>;
  /** Ana writes, Nora does not look: the mail that tells her. */
  notice(text?: string): Promise<Notice>;
  /** Nora's mail program sends an answer. */
  answer(notice: Notice, draft?: AnswerDraft): Promise<string>;
  /** The messages since Nora's first reply. */
  news(): Promise<readonly Message[]>;
}

/** What a mail program reads of a notification. */
export interface Notice {
  readonly mail: ReceivedMail;
  readonly raw: string;
  readonly replyTo: string;
  /** With brackets. */
  readonly messageId: string;
}

export interface AnswerDraft {
  readonly from?: string;
  readonly to?: string;
  readonly text?: string;
  /** Header lines in place of the trusted server's word. */
  readonly headers?: readonly string[];
  /** False: the mail program names no mail that it answers. */
  readonly isThreaded?: boolean;
  /** In place of text and its type. */
  readonly body?: readonly string[];
  readonly messageId?: string;
  /** Of another mailbox that it comes to. */
  readonly channelId?: string;
}

/** Opens it. @param config of the mailbox */
export async function openNoticeWorld(
  config: Readonly<Record<string, unknown>> = {},
): Promise<NoticeWorld> {
  const world = await openMailWorld({ authservId: AUTHSERV, ...config });
  const { inbox, server } = world;
  let count = 0;
  let seen = 0;

  async function write(text: string): Promise<void> {
    await world.post([
      "From: Ana <ana@posta.example>",
      "To: support@veloce.example",
      "Subject: The bike is broken",
      `Message-ID: <w${++count}@posta.example>`,
      ...count === 1 ? [] : ["In-Reply-To: <w1@posta.example>"],
      "",
      text,
    ].join("\r\n"));
  }

  await write("My bike is broken");
  const id = await world.conversationId();
  await world.reply(id, "We look at it.");
  const since = (await inbox.conversation(id)).lastSeq;

  async function wait(): Promise<readonly ReceivedMail[]> {
    await inbox.core.notifications.drain();
    inbox.ports.clock.advance(WAIT_MS);
    await inbox.runJobs();
    const told = server.received.slice(seen).filter(({ to }) => to.includes(NORA));
    seen = server.received.length;
    return told;
  }
  await wait();

  return {
    ...world,
    id,
    write,
    wait,

    async notice(text = "Any news?") {
      await write(text);
      const [mail, ...more] = await wait();
      if (mail === undefined || more.length > 0) throw new Error("Not one notification");
      return {
        mail,
        raw: new TextDecoder().decode(mail.raw),
        replyTo: /[^<\s]+@[^>\s]+/.exec(world.headerOf(mail.raw, "Reply-To"))?.[0] ?? "",
        messageId: world.headerOf(mail.raw, "Message-ID"),
      };
    },

    async answer(notice, draft = {}) {
      const { from = `Nora <${NORA}>`, to = notice.replyTo, isThreaded = true } = draft;
      const {
        headers = [`Authentication-Results: ${AUTHSERV}; dmarc=pass header.from=parley.example`],
      } = draft;
      const { text = "It is mended.", messageId = `<n${++count}@parley.example>` } = draft;
      const lines = [
        ...headers,
        `From: ${from}`,
        `To: ${to}`,
        "Subject: Re: [#1] Ana: The bike is broken",
        `Message-ID: ${messageId}`,
        ...isThreaded ? [`In-Reply-To: ${notice.messageId}`] : [],
        ...draft.body ?? [
          "",
          text,
          "",
          "On Mon, 2 Mar 2026 at 10:00, Parley <support@veloce.example> wrote:",
          "> --- Write your answer above this line ---",
          "> Any news?",
        ],
      ];
      return await world.post(lines.join("\r\n"), draft.channelId);
    },

    async news() {
      const found: Message[] = [];
      for await (const { value } of inbox.store.list(keys.messages(id))) found.push(value);
      return found.filter(({ seq }) => seq > since);
    },
  };
}
