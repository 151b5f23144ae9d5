import type { ImapFlow } from "imapflow";
import { type ArchivePort, err, ok } from "../../../core/channel/mod.ts";
import { composeMail } from "../compose_mail.ts";
import type { EmailConfig } from "../config.ts";
import { letterOf } from "../send_mail.ts";
import { imapError } from "./imap_error.ts";
import { openImap } from "./open_imap.ts";

/** Servers for outgoing mail that put what they send into the Sent folder themselves. */
const SAVES_ITSELF = /(?:^|\.)(?:gmail\.com|googlemail\.com|office365\.com|outlook\.com)$/;

/** Puts a copy of each reply into the mailbox's Sent folder, read, unless it is there already. */
export const saveToSent: ArchivePort<EmailConfig> = {
  isUsed: ({ inbound, outbound }) => {
    if (inbound.kind !== "imap" || inbound.saveToSent === "off") return false;
    if (inbound.saveToSent === "on") return true;
    return !(outbound.kind === "smtp" && SAVES_ITSELF.test(outbound.host));
  },

  async file(part, { externalId, sentAt }, channel, io) {
    const { inbound } = channel.config;
    if (inbound.kind !== "imap") return ok(null);
    const letter = await letterOf(part, channel, io, sentAt);
    const opened = await openImap(channel, inbound, io);
    if (!opened.ok) return opened;
    const client = opened.value;
    const onAbort = () => client.close();
    io.signal.addEventListener("abort", onAbort, { once: true });
    try {
      const folder = await findSentFolder(client);
      await client.mailboxOpen(folder, { readOnly: true });
      const ids = new Set([letter.headers.messageId, ...externalId === null ? [] : [externalId]]);
      for (const id of ids) if (await holds(client, id)) return ok(null);
      const mail = await composeMail(letter.headers, letter.content);
      await client.append(folder, Buffer.from(mail), ["\\Seen"], new Date(sentAt));
      return ok(null);
    } catch (error) {
      return err(imapError(error));
    } finally {
      io.signal.removeEventListener("abort", onAbort);
      client.close();
    }
  },
};

/** The folder the server names as that for sent mail, or one that is called so; made where there is none. */
async function findSentFolder(client: ImapFlow): Promise<string> {
  const folders = await client.list({ listOnly: true });
  const sent = folders.find(({ specialUse }) => specialUse === "\\Sent");
  return sent?.path ?? (await client.mailboxCreate(["Sent"])).path;
}

async function holds(client: ImapFlow, messageId: string): Promise<boolean> {
  const found = await client.search({ header: { "message-id": messageId } }, { uid: true });
  return Array.isArray(found) && found.length > 0;
}
