import type { AttachmentRef } from "../model/message.ts";
import type { AttachmentRecord } from "../store/mod.ts";

/** A file as its message names it. Pure. */
export function fileRef({ id, name, type, size, contentId }: AttachmentRecord): AttachmentRef {
  return { id, name, type, size, ...contentId === undefined ? {} : { contentId } };
}
