const MAX = 140;

/** The first words of a text on one line, at most 140 characters, never half a surrogate pair. */
export function previewOf(text: string, fallback = ""): string {
  const line = text.slice(0, 2_000).replace(/[\s\p{Cc}]+/gu, " ").trim();
  if (line === "") return fallback;
  return clip(line, MAX);
}

/** Cuts at `max` UTF-16 units, before a surrogate pair rather than inside one. */
export function clip(text: string, max: number): string {
  if (text.length <= max) return text;
  const last = text.charCodeAt(max - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? max - 1 : max);
}
