import type { ImapFlow } from "imapflow";
import { ImapRefusal } from "./imap_error.ts";
import type { ImapInbound } from "./imap_inbound.ts";

/** As many as one command names. */
const AT_ONCE = 500;

type Afterwards = Pick<ImapInbound, "afterwards" | "moveTo">;

/**
 * Does with mails of the open folder what the mailbox's settings say: call it only with what is stored whole. Mails that
 * are gone already are passed.
 * @throws ImapRefusal when the server does not do it: the mails are as they were
 */
export async function settleMails(
  client: ImapFlow,
  uids: readonly number[],
  { afterwards, moveTo }: Afterwards,
): Promise<void> {
  for (let i = 0; i < uids.length; i += AT_ONCE) {
    const some = uids.slice(i, i + AT_ONCE);
    switch (afterwards) {
      case "leave":
        break;
      case "seen":
        await client.messageFlagsAdd(some, ["\\Seen"], { uid: true, silent: true });
        break;
      case "move":
        await move(client, some, moveTo ?? "");
        break;
      case "delete":
        await remove(client, some);
        break;
    }
  }
}

async function move(client: ImapFlow, uids: number[], folder: string): Promise<void> {
  if (await client.messageMove(uids, folder, { uid: true })) return;
  // Mostly it is not there yet. Whether it can be made shows when it is used.
  await client.mailboxCreate(folder).catch(() => {});
  if (await client.messageMove(uids, folder, { uid: true })) return;
  throw refusal(client, `The mail server does not move fetched mail into the folder ${folder}.`);
}

async function remove(client: ImapFlow, uids: number[]): Promise<void> {
  // Without UIDPLUS (RFC 4315) only all that is marked in the folder can be removed, by whomever: it is left marked.
  const isRemoved = client.capabilities.has("UIDPLUS")
    ? await client.messageDelete(uids, { uid: true })
    : await client.messageFlagsAdd(uids, ["\\Deleted"], { uid: true });
  if (!isRemoved) throw refusal(client, "The mail server does not delete fetched mail.");
}

/** Commands of these give no reason: a broken connection is nothing the settings are to blame for. */
function refusal(client: ImapFlow, message: string): Error {
  return client.usable ? new ImapRefusal(message) : new Error("The connection is gone");
}
