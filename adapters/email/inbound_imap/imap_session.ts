import type { ImapFlow } from "imapflow";
import {
  err,
  ok,
  type PollAsk,
  type PollError,
  type PollPage,
  type PollSession,
  type Result,
} from "../../../core/channel/mod.ts";
import {
  firstCursor,
  formatCursor,
  type ImapCursor,
  parseCursor,
  settleCursor,
} from "./imap_cursor.ts";
import { imapError } from "./imap_error.ts";
import type { ImapInbound } from "./imap_inbound.ts";
import { readFolder } from "./read_folder.ts";
import { settleMails } from "./settle_mails.ts";

const DAY_MS = 24 * 60 * 60 * 1_000;

/** A signed-in connection that reads a folder. */
export function imapSession(
  client: ImapFlow,
  inbound: ImapInbound,
  now: () => number,
): PollSession {
  const source = sourceOf(inbound);
  /** The server said that the open folder got mail since it was last asked. */
  let hasNews = false;
  client.on("exists", ({ count, prevCount }) => {
    hasNews ||= count > prevCount;
  });

  async function poll(text: string | null, ask: PollAsk): Promise<Result<PollPage, PollError>> {
    const stored = text === null ? null : parseCursor(text);
    const isSame = stored?.source === source &&
      (stored.isHistory || stored.folder === inbound.folder);
    if (stored?.isHistory === true && !isSame) {
      const message = "The channel has another mailbox now: this import cannot go on.";
      return err({ code: "config", message });
    }
    const begun = stored !== null && isSame ? stored : firstCursor(source, inbound.folder, {
      sinceAt: inbound.days === 0 ? null : now() - inbound.days * DAY_MS,
      isHistory: false,
    });
    const cursor = await openFolder(begun);
    const read = await readFolder(client, await mark(cursor), ask, now());
    if (!read.ok) return read;
    const { mails, cursor: after, hasMore, progress } = read.value;
    return ok({
      deliveries: mails.map(({ uid: _uid, isWhole: _isWhole, cursor, ...delivery }) => ({
        ...delivery,
        cursor: formatCursor(forget(cursor)),
      })),
      cursor: formatCursor(forget(after)),
      hasMore: hasMore || after.review !== null || forget(after).unmarked.length > 0,
      ...progress === undefined ? {} : { progress },
    });
  }

  async function openFolder(cursor: ImapCursor): Promise<ImapCursor> {
    const open = client.mailbox;
    const isOpen = open !== false && open.path === cursor.folder;
    const readOnly = !isMarking(cursor);
    hasNews = false;
    const mailbox = isOpen ? open : await client.mailboxOpen(cursor.folder, { readOnly });
    // An open folder is shown as it was at the last command.
    if (isOpen) await client.noop();
    return settleCursor(cursor, {
      uidValidity: String(mailbox.uidValidity),
      uidNext: mailbox.uidNext > 0 ? mailbox.uidNext : await findNext(client),
    }, now());
  }

  /** Marks, moves or deletes what was passed: it is stored by now, or the cursor would not say so. */
  async function mark(cursor: ImapCursor): Promise<ImapCursor> {
    if (cursor.unmarked.length > 0) await settleMails(client, cursor.unmarked, inbound);
    return { ...cursor, unmarked: [] };
  }

  const isMarking = (cursor: ImapCursor) => inbound.afterwards !== "leave" && !cursor.isHistory;
  const forget = (cursor: ImapCursor): ImapCursor =>
    isMarking(cursor) ? cursor : { ...cursor, unmarked: [] };

  return {
    async poll(cursor, ask) {
      const onAbort = () => client.close();
      ask.signal.addEventListener("abort", onAbort, { once: true });
      try {
        ask.signal.throwIfAborted();
        return await poll(cursor, ask);
      } catch (error) {
        return err(imapError(error));
      } finally {
        ask.signal.removeEventListener("abort", onAbort);
      }
    },

    waitForNews(signal) {
      if (hasNews) return Promise.resolve("news");
      if (!client.usable || signal.aborted) return Promise.resolve("ended");
      return new Promise((resolve) => {
        const end = () => {
          client.off("exists", end);
          client.off("close", end);
          signal.removeEventListener("abort", end);
          resolve(hasNews && client.usable ? "news" : "ended");
        };
        client.on("exists", end);
        client.on("close", end);
        signal.addEventListener("abort", end, { once: true });
        void idle(client);
      });
    },

    close() {
      client.close();
      return Promise.resolve();
    },
  };
}

/** Listens until the next command. A server that refuses IDLE is asked with NOOP from the second call on. */
async function idle(client: ImapFlow): Promise<void> {
  try {
    if (await client.idle() === false && client.usable) await client.idle();
  } catch {
    // The connection broke: its "close" event tells.
  }
}

/** For servers that do not tell the next UID. */
async function findNext(client: ImapFlow): Promise<number> {
  const last = await client.search({ uid: "*" }, { uid: true });
  return Math.max(0, ...Array.isArray(last) ? last : []) + 1;
}

/** Which mailbox this is: not its password, which may change. */
export function sourceOf(
  { host, port, user }: Pick<ImapInbound, "host" | "port" | "user">,
): string {
  return `${user}@${host}:${port}`;
}
