import type { AttachmentRecord } from "../store/mod.ts";

/** A picture in sanitised HTML that comes along with it. */
const PLACE = /<img [^>]*?\bsrc="cid:([A-Za-z0-9_]+)"/g;

/**
 * The files of a message, those its HTML shows among its words (`<img src="cid:<attachment id>">`) with a Content-ID.
 * Pure. @param html sanitised
 */
export function withInlineFiles(
  files: readonly AttachmentRecord[],
  html: string | undefined,
): readonly AttachmentRecord[] {
  const shown = new Set(Array.from((html ?? "").matchAll(PLACE), ([, id = ""]) => id));
  return files.map((file) =>
    shown.has(file.id) && file.type.startsWith("image/") ? { ...file, contentId: file.id } : file
  );
}
