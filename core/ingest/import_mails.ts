import type { Channels } from "../channels/mod.ts";
import type { CoreContext } from "../context.ts";
import { type CoreError, notFound } from "../errors.ts";
import { err, ok, type Result } from "../result.ts";
import { type JournalRecord, keys, transact } from "../store/mod.ts";
import { journalDelivery, stageDelivery } from "./journal_delivery.ts";

/** What became of a mail that was handed over; "missing": it never was, or became nothing and is forgotten. */
export type ImportedState = "missing" | JournalRecord["state"];

/** Bytes a mail of an import may have, as everywhere. */
export const MAX_IMPORTED_BYTES = 25 * 1024 * 1024;

/** What became of the mails with these bytes (SHA-256, hex), in their order. */
export async function lookUpMails(
  { store }: Pick<CoreContext, "store">,
  channelId: string,
  hashes: readonly string[],
): Promise<readonly ImportedState[]> {
  const ids = await store.getMany(hashes.map((hash) => keys.journalDedupe(channelId, hash)));
  const known = ids.filter((id) => id !== null);
  const journals = await store.getMany(known.map((id) => keys.journal(id)));
  const states = new Map(journals.map((journal) => [journal?.id, journal?.state]));
  return ids.map((id) => id === null ? "missing" : states.get(id) ?? "missing");
}

/** Journals a mail from before the channel was connected: nobody is notified, the same bytes are stored once. */
export async function takeMail(
  { store, ports }: CoreContext,
  channels: Channels,
  channelId: string,
  mail: Uint8Array<ArrayBuffer>,
): Promise<Result<ImportedState, CoreError>> {
  const opened = await channels.open(channelId);
  if (!opened.ok) return err(notFound("channel"));
  const { adapter } = opened.value;
  // Whoever walks through mailboxes reads a mail as it is, wherever it was kept.
  if (adapter.history === undefined || adapter.poll === undefined) {
    return err({ code: "unsupported", message: "This kind of channel has no mails" });
  }
  const tooLarge = err({ code: "too_large", maxBytes: MAX_IMPORTED_BYTES } as const);
  if (mail.length > MAX_IMPORTED_BYTES) return tooLarge;
  const staged = await stageDelivery(store, mail);
  if (staged === null) return tooLarge;
  const id = ports.ids.next("jnl");
  return await transact<Result<ImportedState, CoreError>>(store, async (tx) => {
    const known = await tx.read(keys.journalDedupe(channelId, staged.hash));
    if (known !== null) return ok((await tx.get(keys.journal(known)))?.state ?? "missing");
    const delivery = { contentType: "message/rfc822", headers: {}, receivedAt: tx.now };
    journalDelivery(tx, delivery, staged, { id, channelId, via: "poll", isHistory: true });
    return ok("received");
  });
}
