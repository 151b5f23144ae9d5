import type { ImapFlow, ListResponse } from "imapflow";
import type { HistoryFolder } from "../../../core/channel/mod.ts";

/** More than anybody looks through; each is asked how many mails it holds. */
const MAX_FOLDERS = 500;
/** Names that hold no mail themselves, or are not there any more (RFC 9051). */
const EMPTY = ["\\Noselect", "\\NonExistent"];
/** What their mails are is said by their use: drafts are no messages, and "all mail" repeats the other folders. */
const LAST = new Set(["\\Drafts", "\\Junk", "\\Trash", "\\All"]);

/** The folders of a mailbox that can be opened: INBOX first, by name, and last what is rarely wanted. */
export async function listFolders(client: ImapFlow): Promise<readonly HistoryFolder[]> {
  const all = await client.list({ statusQuery: { messages: true } });
  const rank = ({ path, specialUse }: Pick<ListResponse, "path" | "specialUse">) =>
    path.toUpperCase() === "INBOX" ? 0 : LAST.has(specialUse ?? "") ? 2 : 1;
  return all
    .filter(({ flags }) => !EMPTY.some((flag) => flags.has(flag)))
    .toSorted((a, b) => rank(a) - rank(b) || a.path.localeCompare(b.path))
    .slice(0, MAX_FOLDERS)
    .map(({ path, status }) => ({ name: path, count: status?.messages ?? null }));
}
