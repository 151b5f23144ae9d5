import {
  type ChannelView,
  err,
  type HistoryPort,
  type Io,
  ok,
  type PollPort,
  type SetupStep,
} from "../../../core/channel/mod.ts";
import type { EmailConfig } from "../config.ts";
import { parseMail } from "../parse_mail.ts";
import { firstCursor, formatCursor } from "./imap_cursor.ts";
import { imapError } from "./imap_error.ts";
import type { ImapInbound } from "./imap_inbound.ts";
import { imapSession, sourceOf } from "./imap_session.ts";
import { openImap } from "./open_imap.ts";

/** Fetches mail from a mailbox: IDLE tells of it, the cursor is the folder's UIDVALIDITY and last UID. */
export const pollImap: PollPort<EmailConfig> = {
  isUsed: (config) => config.inbound.kind === "imap",

  async open(channel, io) {
    const { inbound } = channel.config;
    if (inbound.kind !== "imap") {
      return err({ code: "config", message: "This mailbox is not read by IMAP." });
    }
    const opened = await openImap(channel, inbound, io);
    return opened.ok ? ok(imapSession(opened.value, inbound, () => io.now())) : opened;
  },

  parse: parseMail,
};

/** Walks through a folder's mail from before the channel was connected. */
export const imapHistory: HistoryPort<EmailConfig> = {
  begin({ config: { inbound } }, { folder, sinceAt }) {
    if (inbound.kind !== "imap") throw new TypeError("Cannot begin a history: no IMAP mailbox");
    return formatCursor(firstCursor(sourceOf(inbound), folder, { sinceAt, isHistory: true }));
  },
};

/** Tries a mailbox's IMAP settings, without changing anything in it. */
export async function testImap(
  channel: ChannelView<EmailConfig>,
  inbound: ImapInbound,
  io: Io,
): Promise<readonly SetupStep[]> {
  const title = `Sign in to ${inbound.host} as ${inbound.user}`;
  const opened = await openImap(channel, inbound, io);
  if (!opened.ok) return [{ title, ok: false, detail: inWords(opened.error) }];
  const client = opened.value;
  const signedIn = { title, ok: true, detail: "The mail server lets this mailbox in." };
  const folderTitle = `Open the folder ${inbound.folder}`;
  try {
    const { exists } = await client.mailboxOpen(inbound.folder, { readOnly: true });
    const detail = exists === 1 ? "It holds 1 mail." : `It holds ${exists} mails.`;
    return [signedIn, { title: folderTitle, ok: true, detail }];
  } catch (error) {
    return [signedIn, { title: folderTitle, ok: false, detail: inWords(imapError(error)) }];
  } finally {
    client.close();
  }
}

function inWords({ message, provider }: { message: string; provider?: string }): string {
  return provider === undefined ? message : `${message} It said: ${provider}`;
}
