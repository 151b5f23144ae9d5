import { safeFileName } from "../attachments/mod.ts";
import type { Channels } from "../channels/mod.ts";
import type { CoreContext } from "../context.ts";
import { findMessage, placeNow } from "../conversations/mod.ts";
import type { JobContext, JobHandler } from "../jobs/mod.ts";
import type { AttachmentRef, Message } from "../model/message.ts";
import { keys, type MediaRecord, transact, type Tx } from "../store/mod.ts";
import { type Fetched, fetchMedia } from "./fetch_media.ts";
import { nameForType } from "./file_type.ts";
import { nextFetch } from "./next_fetch.ts";
import { SYSTEM } from "../model/change.ts";

/** Downloads of one channel at once, so that a slow provider leaves places to the others. */
const AT_ONCE = 4;
/** How long a file waits before it looks for a free place again, at least and at most, in ms. */
const PLACE_WAIT_MS = [500, 3_000] as const;
/** A file's name from its provider: the message's record has room for as much. */
const MAX_NAME = 40;
/** The same for its type: the longest one of an office's files has 73 characters. */
const MAX_TYPE = 75;

/**
 * The handler of the media job: fetches one file and makes it its message's own, or notes why there is none. The message
 * may have been moved, changed or deleted meanwhile; then what was fetched is dropped.
 */
export function createMediaFetcher(
  context: CoreContext,
  channels: Pick<Channels, "open">,
): JobHandler {
  const { store, ports } = context;
  const running = new Map<string, number>();

  return async function fetchFile(job, run) {
    const attachmentId = String(job.payload.attachmentId);
    const record = await store.get(keys.media(attachmentId));
    // Asked for again meanwhile, or gone with its message.
    if (record === null || record.job?.id !== job.id) return;
    const message = await findMessage((key) => store.get(key), record.messageId);
    if (message === null || !isAwaited(message, attachmentId)) {
      await settle(run, record, null);
      return;
    }
    const { channelId } = record;
    const others = running.get(channelId) ?? 0;
    if (others >= AT_ONCE) {
      const [least, most] = PLACE_WAIT_MS;
      const dueAt = ports.clock.now() + least + Math.round((most - least) * share());
      await transact(store, (tx) => {
        tx.set(keys.media(attachmentId), { ...record, job: run.reschedule(tx, dueAt) });
        return Promise.resolve();
      });
      return;
    }
    running.set(channelId, others + 1);
    try {
      await settle(run, record, await fetchMedia(context, channels, record, run.signal));
    } finally {
      const left = (running.get(channelId) ?? 1) - 1;
      if (left === 0) running.delete(channelId);
      else running.set(channelId, left);
    }
  };

  function share(): number {
    return (ports.random.bytes(1)[0] ?? 0) / 255;
  }

  /** One commit for what became of it, with the end of the job. Null: nobody waits for it. */
  async function settle(run: JobContext, found: MediaRecord, fetched: Fetched | null) {
    const { attachmentId, messageId } = found;
    const { conversationId } = await placeNow((key) => store.get(key), { messageId });
    await transact(store, async (tx) => {
      const record = await tx.get(keys.media(attachmentId));
      const place = await placeNow((key) => tx.read(key), { messageId });
      const [message, conversation] = await Promise.all([
        tx.get(keys.message(place.conversationId, place.seq)),
        tx.get(keys.conversation(place.conversationId)),
      ]);
      const isWanted = record !== null && message !== null && conversation !== null &&
        isAwaited(message, attachmentId);
      if (!isWanted || fetched === null) {
        run.complete(tx);
        tx.delete(keys.media(attachmentId));
        if (fetched?.kind === "file") tx.dropBlob(fetched.blob.id);
        return;
      }
      const after = fetched.kind === "file"
        ? link(tx, run, message, record, fetched)
        : putOff(tx, run, record, fetched);
      if (after === null) return;
      tx.set(keys.message(message.conversationId, message.seq), {
        ...message,
        attachments: message.attachments.map((one) => one.id === attachmentId ? after(one) : one),
      });
      tx.emit({
        type: "message.updated",
        actor: SYSTEM,
        conversationId: conversation.id,
        inboxId: conversation.inboxId,
        messageId: message.id,
        seq: message.seq,
        changed: ["attachments"],
      });
    }, { queue: conversationId });
  }

  function link(
    tx: Tx,
    run: JobContext,
    message: Message,
    record: MediaRecord,
    { blob, type, name: given }: Extract<Fetched, { kind: "file" }>,
  ): (ref: AttachmentRef) => AttachmentRef {
    run.complete(tx);
    const id = record.attachmentId;
    const name = record.name !== ""
      ? record.name
      : given.trim() === ""
      ? nameForType(type)
      : safeFileName(given, MAX_NAME);
    const isShort = type.length <= MAX_TYPE || type === record.type;
    const file = { id, name, type: isShort ? type : "application/octet-stream", size: blob.size };
    tx.adopt(blob);
    tx.delete(keys.media(id));
    const { conversationId, id: messageId } = message;
    return ({ contentId, width, height }) => {
      const inline = contentId === undefined ? {} : { contentId };
      tx.set(keys.attachment(id), {
        ...file,
        ...inline,
        blob,
        createdAt: tx.now,
        owner: { kind: "message", conversationId, messageId },
      });
      return {
        ...file,
        ...inline,
        ...width === undefined || height === undefined ? {} : { width, height },
      };
    };
  }

  /** @returns null while it will be tried again: nothing changes for whoever looks */
  function putOff(
    tx: Tx,
    run: JobContext,
    record: MediaRecord,
    { problem, retryAfterMs }: Extract<Fetched, { kind: "problem" }>,
  ): ((ref: AttachmentRef) => AttachmentRef) | null {
    const tries = record.tries + 1;
    const next = nextFetch(problem, { tries, retryAfterMs, now: tx.now, share: share() });
    const job = next.kind === "retry" ? run.reschedule(tx, next.dueAt) : null;
    tx.set(keys.media(record.attachmentId), { ...record, tries, job });
    if (next.kind === "retry") return null;
    run.complete(tx);
    return (ref) => ({ ...ref, state: "missing", problem });
  }
}

function isAwaited({ attachments }: Message, id: string): boolean {
  return attachments.some((file) => file.id === id && file.state !== undefined);
}
