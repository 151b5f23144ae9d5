const MAX = 180;

/**
 * A file name that is only a name: no folders, no control or direction characters, at most 180 characters with its
 * ending kept; "attachment" when nothing is left.
 */
export function safeFileName(name: string): string {
  const last = name.slice(-2_000).split(/[/\\]/).at(-1) ?? "";
  const clean = last.replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069<>:"|?*]/gu, "").replace(
    /\s+/g,
    " ",
  ).trim()
    .replace(/^\.+/, "");
  if (clean === "") return "attachment";
  if (clean.length <= MAX) return clean;
  const ending = /\.[^.]{1,10}$/.exec(clean)?.[0] ?? "";
  return clean.slice(0, MAX - ending.length) + ending;
}
