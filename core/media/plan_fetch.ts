import type { PartInput } from "../channel/mod.ts";
import type { AttachmentRef } from "../model/message.ts";
import { keys, type Tx } from "../store/mod.ts";
import { nameForType } from "./file_type.ts";

/** Kind of the job that fetches a file: payload `{attachmentId, channelId}`. */
export const MEDIA_JOB = "media.fetch";

type Media = Extract<PartInput, { kind: "media" }>;

/**
 * Has a file of a message fetched, in the commit that stores the message.
 * @param part its name ("" where it has none) and type made harmless
 */
export function planFetch(
  tx: Tx,
  part: Media & { readonly ref: string },
  { id, messageId, channelId }: {
    readonly id: string;
    readonly messageId: string;
    readonly channelId: string;
  },
): AttachmentRef {
  const { contentId, size = 0, width, height, name, type } = part;
  const job = tx.job({
    kind: MEDIA_JOB,
    payload: { attachmentId: id, channelId },
    dueAt: tx.now,
  });
  // Not checked: its id is made of the message's fresh one, and a commit has only ten checks.
  tx.set(keys.media(id), {
    attachmentId: id,
    messageId,
    channelId,
    ref: part.ref,
    name,
    type,
    job,
    tries: 0,
  });
  return {
    id,
    name: name === "" ? nameForType(type) : name,
    type,
    size,
    ...contentId === undefined ? {} : { contentId },
    // One without the other keeps no place.
    ...width === undefined || height === undefined ? {} : { width, height },
    state: "loading",
  };
}
