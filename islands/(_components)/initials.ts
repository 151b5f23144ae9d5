const graphemes = new Intl.Segmenter("und", { granularity: "grapheme" });

/**
 * Up to two letters that stand for a name: first and last word, or the first of an address.
 * @returns "" when the name holds no letter or digit (an icon is shown then).
 */
export function initialsOf(name: string): string {
  const local = name.includes("@") ? name.slice(0, name.indexOf("@")) : name;
  const words = local.split(/[\s._\-–,;/()"'“”]+/u).filter((word) => /^[\p{L}\p{N}]/u.test(word));
  const first = words[0];
  const last = words.length > 1 ? words[words.length - 1] : undefined;
  if (first === undefined) return "";
  return firstLetter(first) + (last === undefined ? "" : firstLetter(last));
}

function firstLetter(word: string): string {
  for (const { segment } of graphemes.segment(word)) return segment.toLocaleUpperCase("und");
  return "";
}
