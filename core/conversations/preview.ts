import { clip } from "../clip.ts";

const MAX = 140;

/** The first words of a text on one line, at most 140 characters, never half a surrogate pair. */
export function previewOf(text: string, fallback = ""): string {
  const line = text.slice(0, 2_000).replace(/[\s\p{Cc}]+/gu, " ").trim();
  return clip(line === "" ? fallback : line, MAX);
}
