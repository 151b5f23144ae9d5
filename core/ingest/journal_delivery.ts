import type { Delivery } from "../channel/mod.ts";
import {
  type BlobRef,
  type JournalRecord,
  keys,
  MAX_BLOB_IN_COMMIT_BYTES,
  type Store,
  type Tx,
} from "../store/mod.ts";
import { planDrop } from "./drop_delivery.ts";
import { PARSE_JOB } from "./parse_delivery.ts";

/** A delivery whose bytes are where a commit can take them over. */
export interface StagedDelivery {
  /** SHA-256 of the bytes, hex. */
  readonly hash: string;
  readonly body: Uint8Array<ArrayBuffer>;
  /** Null: small enough for the commit itself. */
  readonly blob: BlobRef | null;
}

export interface JournalOptions {
  /** New, with the prefix `jnl`. */
  readonly id: string;
  readonly channelId: string;
  /** By which port it came, whose `parse` reads it. */
  readonly via: NonNullable<JournalRecord["via"]>;
  /** From before the channel was connected: kept without waking anybody. */
  readonly isHistory?: boolean;
  /** Nothing is to be made of it, for this reason: it is kept for a while as it came. */
  readonly ignoredFor?: string;
}

/**
 * Brings large bytes into the store before the commit; null when they are too many for the store.
 * @param known their hash, where the caller has it
 */
export async function stageDelivery(
  store: Store,
  body: Uint8Array<ArrayBuffer>,
  known?: string,
): Promise<StagedDelivery | null> {
  const hash = known ?? await hashOf(body);
  if (body.length <= MAX_BLOB_IN_COMMIT_BYTES / 2) return { hash, body, blob: null };
  const blob = await store.blobs.stage(body);
  return "code" in blob ? null : { hash, body, blob };
}

/** SHA-256 of a delivery's bytes, hex: what the channel knows it again by. */
export async function hashOf(body: Uint8Array<ArrayBuffer>): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", body)).toHex();
}

/**
 * Writes a delivery and the job that parses it into a commit. The caller has looked for the same bytes before
 * (`keys.journalDedupe`); when they come at the same moment, the commit runs again and finds them.
 */
export function journalDelivery(
  tx: Tx,
  delivery: Omit<Delivery, "body">,
  staged: StagedDelivery,
  { id, channelId, via, isHistory = false, ignoredFor }: JournalOptions,
): void {
  const blob = staged.blob ?? tx.blob(staged.body);
  if (staged.blob !== null) tx.adopt(staged.blob);
  const journal: JournalRecord = {
    id,
    channelId,
    receivedAt: delivery.receivedAt,
    contentType: delivery.contentType,
    headers: delivery.headers,
    blob,
    hash: staged.hash,
    ...via === "webhook" ? {} : { via },
    ...isHistory ? { isHistory } : {},
    state: ignoredFor === undefined ? "received" : "ignored",
    attempts: 0,
    error: ignoredFor ?? null,
    messageIds: [],
    conversationIds: [],
    settledAt: ignoredFor === undefined ? null : tx.now,
  };
  tx.insert(keys.journal(id), journal);
  tx.insert(keys.journalDedupe(channelId, staged.hash), id);
  if (ignoredFor !== undefined) return planDrop(tx, journal);
  tx.job({ kind: PARSE_JOB, payload: { journalId: id, channelId }, dueAt: tx.now });
}
