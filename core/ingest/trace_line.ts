import { clip } from "../clip.ts";
import type { CoreContext } from "../context.ts";
import {
  eventLine,
  findConversation,
  isEarly,
  putConversation,
  putMessage,
} from "../conversations/mod.ts";
import type { Channel } from "../model/channel.ts";
import { SYSTEM } from "../model/change.ts";
import type { ThreadEvent } from "../model/message.ts";
import { keys, type Tx } from "../store/mod.ts";
import type { IngestResult } from "./ingest_message.ts";
const MAX_TEXT = 300;
/** How many conversations of a contact are looked through. */
const LOOK_BACK = 20;

/** A quiet line in a thread about something that came from its provider. */
export interface TraceLine {
  /** The provider's id of what it tells: it is told once. */
  readonly externalId: string;
  readonly event: ThreadEvent;
  /** A sentence. */
  readonly text: string;
  readonly journalId?: string;
}

/** Writes the line within a commit. Nobody is notified, and nothing is unread by it. */
export async function putTraceLine(
  { tx, context, channel }: {
    readonly tx: Tx;
    readonly context: Pick<CoreContext, "ports">;
    readonly channel: Channel;
  },
  conversationId: string,
  line: TraceLine,
): Promise<IngestResult> {
  const dedupeKey = keys.dedupe(channel.id, line.externalId);
  const seen = await tx.get(dedupeKey);
  if (seen !== null && !isEarly(seen)) return { kind: "duplicate", ...seen };
  const before = await tx.get(keys.conversation(conversationId));
  if (before === null) return { kind: "ignored", reason: "its conversation is gone" };
  const after = { ...before, lastSeq: before.lastSeq + 1 };
  const id = context.ports.ids.next("msg");
  const message = {
    ...eventLine(id, after, after.lastSeq, line.event, SYSTEM, tx.now),
    text: clip(line.text, MAX_TEXT),
    ...line.journalId === undefined ? {} : { journalId: line.journalId },
  };
  putConversation(tx, before, after);
  putMessage(tx, after, message);
  const place = { conversationId, messageId: id, seq: after.lastSeq };
  tx.set(dedupeKey, place);
  tx.emit({
    type: "message.created",
    actor: SYSTEM,
    conversationId,
    inboxId: after.inboxId,
    messageId: id,
    seq: after.lastSeq,
  });
  return { kind: "stored", ...place, message };
}

/** The latest conversation with a contact over a channel; null when there is none. */
export async function conversationWith(
  tx: Tx,
  channelId: string,
  contactId: string,
): Promise<string | null> {
  const range = keys.conversationsOfContact(contactId);
  for await (const { path } of tx.list(range, { reverse: true, limit: LOOK_BACK })) {
    const found = await findConversation((key) => tx.read(key), String(path.at(-1)));
    if (found?.channelId === channelId && found.mergedIntoId === undefined) return found.id;
  }
  return null;
}
