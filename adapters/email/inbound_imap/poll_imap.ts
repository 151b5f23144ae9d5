import { err, type HistoryPort, ok, type PollPort } from "../../../core/channel/mod.ts";
import type { EmailConfig } from "../config.ts";
import { parseMail } from "../parse_mail.ts";
import { firstCursor, formatCursor } from "./imap_cursor.ts";
import { imapError } from "./imap_error.ts";
import { imapSession, sourceOf } from "./imap_session.ts";
import { listFolders } from "./list_folders.ts";
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
  async folders(channel, io) {
    const { inbound } = channel.config;
    if (inbound.kind !== "imap") {
      return err({ code: "config", message: "This mailbox is not read by IMAP." });
    }
    const opened = await openImap(channel, inbound, io);
    if (!opened.ok) return opened;
    try {
      return ok(await listFolders(opened.value));
    } catch (error) {
      return err(imapError(error));
    } finally {
      opened.value.close();
    }
  },

  begin({ config: { inbound } }, { folder, sinceAt }) {
    if (inbound.kind !== "imap") throw new TypeError("Cannot begin a history: no IMAP mailbox");
    return formatCursor(firstCursor(sourceOf(inbound), folder, { sinceAt, isHistory: true }));
  },
};
