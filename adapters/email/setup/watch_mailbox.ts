import type { ImapFlow, MailboxObject } from "imapflow";
import type { Io } from "../../../core/channel/mod.ts";
import type { Arrivals } from "./arrivals.ts";
import { readTestSubject } from "./test_id.ts";

/** As many of the latest mails of another folder are looked at. */
const LOOKED_AT = 30;

/** Looks for test mails in an open folder, from now on. Closing it closes the connection. */
export function watchMailbox(
  client: ImapFlow,
  mailbox: MailboxObject,
  io: Pick<Io, "verifyTag" | "signal">,
): Arrivals {
  const found = new Set<string>();
  let nextUid = mailbox.uidNext;
  const onAbort = () => client.close();
  io.signal.addEventListener("abort", onAbort, { once: true });

  return {
    advice: "It may be late: look for “Parley test” in the mailbox, and test again.",

    async look() {
      // News of an open folder comes with a command.
      await client.noop();
      const mails = await client.fetchAll(`${nextUid}:*`, { envelope: true }, { uid: true });
      for (const { uid, envelope } of mails) {
        // "n:*" always has the last mail, however old.
        if (uid < nextUid) continue;
        nextUid = uid + 1;
        const id = await readTestSubject(envelope?.subject ?? "", io);
        if (id !== null) found.add(id);
      }
      return found;
    },

    async lookElsewhere(id) {
      try {
        const junk = (await client.list()).find(({ specialUse }) => specialUse === "\\Junk");
        if (junk === undefined) return null;
        const { exists } = await client.mailboxOpen(junk.path, { readOnly: true });
        if (exists === 0) return null;
        const range = `${Math.max(exists - LOOKED_AT + 1, 1)}:*`;
        const mails = await client.fetchAll(range, { envelope: true });
        for (const { envelope } of mails) {
          if (await readTestSubject(envelope?.subject ?? "", io) !== id) continue;
          return `It went into the folder ${junk.path}: mark it there as no spam.`;
        }
        return null;
      } catch {
        // Only a hint was asked for.
        return null;
      }
    },

    close() {
      io.signal.removeEventListener("abort", onAbort);
      client.close();
    },
  };
}
