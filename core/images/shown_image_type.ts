import { inlineImageType } from "../attachments/mod.ts";

/** Kinds of images that are passed on to a browser. */
export type ShownImageType = NonNullable<ReturnType<typeof inlineImageType>> | "image/avif";

/** The type of an image that may be shown, told by its first 32 bytes; null for everything else, SVG too. */
export function shownImageType(head: Uint8Array): ShownImageType | null {
  const inline = inlineImageType(head);
  if (inline !== null) return inline;
  const text = String.fromCharCode(...head.subarray(4, 32));
  // A box "ftyp" whose main or first compatible brands are still or moving AV1 images.
  return text.startsWith("ftyp") && /avi[fs]/.test(text.slice(4)) ? "image/avif" : null;
}
