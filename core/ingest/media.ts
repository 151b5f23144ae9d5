import type { PartInput } from "../channel/mod.ts";
import type { CoreContext } from "../context.ts";
import type { AttachmentRef } from "../model/message.ts";
import { type BlobRef, keys, type Tx } from "../store/mod.ts";
import { safeFileName } from "../attachments/mod.ts";

/** A message holds at most this many attachments; the raw delivery keeps the rest. */
export const MAX_ATTACHMENTS = 100;
/** What goes into the message's own commit; more is staged before it. */
const BYTES_IN_COMMIT = 128 * 1024;

type Media = Extract<PartInput, { kind: "media" }>;
/** A file of a message on its way into the store. */
export type StagedMedia =
  | { readonly kind: "bytes"; readonly part: Media; readonly bytes: Uint8Array }
  | { readonly kind: "staged"; readonly part: Media; readonly blob: BlobRef }
  | { readonly kind: "uploaded"; readonly id: string };

/** Brings the bytes of large files into the store before the commit that links them. */
export async function stageMedia(
  context: CoreContext,
  parts: readonly PartInput[],
): Promise<readonly StagedMedia[]> {
  const staged: StagedMedia[] = [];
  let inCommit = 0;
  for (const part of parts) {
    if (part.kind !== "media" || staged.length === MAX_ATTACHMENTS) continue;
    if (part.attachmentId !== undefined) {
      staged.push({ kind: "uploaded", id: part.attachmentId });
    } else if (part.bytes !== undefined) {
      inCommit += part.bytes.length;
      if (inCommit <= BYTES_IN_COMMIT) staged.push({ kind: "bytes", part, bytes: part.bytes });
      else {
        const blob = await context.store.blobs.stage(part.bytes);
        if ("code" in blob) throw new RangeError(`Cannot stage an attachment: ${blob.code}`);
        staged.push({ kind: "staged", part, blob });
      }
    }
  }
  return staged;
}

/** Makes the files a message's own, within its commit. Uploads that are gone or somebody else's by now are left out. */
export async function linkMedia(
  tx: Tx,
  media: readonly StagedMedia[],
  owner: { readonly conversationId: string; readonly messageId: string },
): Promise<readonly AttachmentRef[]> {
  const refs: AttachmentRef[] = [];
  for (const [index, one] of media.entries()) {
    if (one.kind === "uploaded") {
      const record = await tx.read(keys.attachment(one.id));
      if (record === null || record.owner.kind !== "upload") continue;
      tx.adopt(record.blob);
      tx.set(keys.attachment(record.id), { ...record, owner: { kind: "message", ...owner } });
      refs.push({ id: record.id, name: record.name, type: record.type, size: record.size });
      continue;
    }
    const blob = one.kind === "bytes" ? tx.blob(one.bytes) : one.blob;
    if (one.kind === "staged") tx.adopt(blob);
    const id = `${owner.messageId.replace(/^msg_/, "att_")}_${index}`;
    const name = safeFileName(one.part.name);
    const inline = one.part.contentId === undefined ? {} : { contentId: one.part.contentId };
    const ref = { id, name, type: one.part.type, size: blob.size, ...inline };
    // Not checked: its id is made of the message's fresh one, and a commit has only ten checks.
    tx.set(keys.attachment(id), {
      ...ref,
      blob,
      createdAt: tx.now,
      owner: { kind: "message", ...owner },
    });
    refs.push(ref);
  }
  return refs;
}
