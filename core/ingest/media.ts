import type { PartInput } from "../channel/mod.ts";
import type { CoreContext } from "../context.ts";
import type { AttachmentRef } from "../model/message.ts";
import { type BlobRef, keys, type Tx } from "../store/mod.ts";
import { isFreeUpload, safeFileName, safeMediaType } from "../attachments/mod.ts";
import { fitFiles } from "../conversations/mod.ts";
import { announcedType, planFetch } from "../media/mod.ts";

/** A message holds at most this many attachments; the raw delivery keeps the rest. */
export const MAX_ATTACHMENTS = 100;
/** What goes into the message's own commit; more is staged before it. */
const BYTES_IN_COMMIT = 128 * 1024;

type Media = Extract<PartInput, { kind: "media" }>;
/** A file of a message on its way into the store. */
export type StagedMedia =
  | { readonly kind: "bytes"; readonly part: Media; readonly bytes: Uint8Array }
  | { readonly kind: "staged"; readonly part: Media; readonly blob: BlobRef }
  | { readonly kind: "uploaded"; readonly part: Media; readonly id: string }
  | {
    readonly kind: "named";
    readonly part: Media & { readonly ref: string };
    /** Whose adapter fetches it. */
    readonly channelId: string;
  };

/**
 * The files of a message that its record has room for, and how many are left to the raw delivery. Pure.
 * @param canFetch the channel's adapter fetches what is only named
 */
export function filesOf(
  parts: readonly PartInput[],
  canFetch = false,
): { readonly files: readonly Media[]; readonly leftOut: number } {
  const all = parts.filter((part) => part.kind === "media");
  const held = all.filter((part) => isHere(part) || (canFetch && part.ref !== undefined));
  const safe = held.slice(0, MAX_ATTACHMENTS).map((part) => ({
    ...part,
    ...isHere(part)
      ? { name: safeFileName(part.name), type: safeMediaType(part.type), ref: undefined }
      : {
        name: part.name.trim() === "" ? "" : safeFileName(part.name),
        type: announcedType(part.type),
      },
  }));
  const files = fitFiles(safe);
  return { files, leftOut: all.length - files.length };
}

function isHere(part: Media): boolean {
  return part.bytes !== undefined || part.attachmentId !== undefined;
}

/**
 * Brings the bytes of large files into the store before the commit that links them.
 * @param channelId by which files that are only named can be had
 */
export async function stageMedia(
  context: CoreContext,
  files: readonly Media[],
  channelId = "",
): Promise<readonly StagedMedia[]> {
  const staged: StagedMedia[] = [];
  let inCommit = 0;
  for (const part of files) {
    if (part.attachmentId !== undefined) {
      staged.push({ kind: "uploaded", part, id: part.attachmentId });
    } else if (part.bytes !== undefined) {
      inCommit += part.bytes.length;
      if (inCommit <= BYTES_IN_COMMIT) staged.push({ kind: "bytes", part, bytes: part.bytes });
      else {
        const blob = await context.store.blobs.stage(part.bytes);
        if ("code" in blob) throw new RangeError(`Cannot stage an attachment: ${blob.code}`);
        staged.push({ kind: "staged", part, blob });
      }
    } else if (part.ref !== undefined) {
      staged.push({ kind: "named", part: { ...part, ref: part.ref }, channelId });
    }
  }
  return staged;
}

/** Makes the files a message's own, within its commit. Uploads that are gone, too old or another's by now are left out. */
export async function linkMedia(
  tx: Tx,
  media: readonly StagedMedia[],
  owner: { readonly conversationId: string; readonly messageId: string },
): Promise<readonly AttachmentRef[]> {
  const refs: AttachmentRef[] = [];
  for (const [index, one] of media.entries()) {
    if (one.kind === "uploaded") {
      const record = await tx.read(keys.attachment(one.id));
      if (record === null || !isFreeUpload(record, tx.now)) continue;
      tx.adopt(record.blob);
      tx.set(keys.attachment(record.id), { ...record, owner: { kind: "message", ...owner } });
      const { type, size } = record;
      refs.push({ id: record.id, name: one.part.name, type, size });
      continue;
    }
    const id = `${owner.messageId.replace(/^msg_/, "att_")}_${index}`;
    if (one.kind === "named") {
      const { channelId } = one;
      refs.push(planFetch(tx, one.part, { id, messageId: owner.messageId, channelId }));
      continue;
    }
    const blob = one.kind === "bytes" ? tx.blob(one.bytes) : one.blob;
    if (one.kind === "staged") tx.adopt(blob);
    const { name, type, contentId } = one.part;
    const inline = contentId === undefined ? {} : { contentId };
    const ref = { id, name, type, size: blob.size, ...inline };
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
