const MAX = 180;

/**
 * A file name that is only a name: no folders, no control or direction characters, at most `max` characters with its
 * ending kept; "attachment" when nothing is left.
 */
export function safeFileName(name: string, max = MAX): string {
  const last = name.slice(-2_000).split(/[/\\]/).at(-1) ?? "";
  const clean = last.toWellFormed().replace(
    /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069<>:"|?*]/gu,
    "",
  ).replace(
    /\s+/g,
    " ",
  ).trim()
    .replace(/^\.+/, "");
  if (clean === "") return "attachment";
  if (clean.length <= max) return clean;
  const ending = /\.[^.]{1,10}$/.exec(clean)?.[0] ?? "";
  const stem = clean.slice(0, max - ending.length);
  // Half of a surrogate pair at the cut is left out.
  return (stem.isWellFormed() ? stem : stem.slice(0, -1)) + ending;
}
