import { EMOJI } from "./emoji.ts";
import type { Suggestion, SuggestionSource } from "./suggestion.ts";

const OFFERED = 8;

/** Pictures by their names: ":thumb". */
export const emojiSource: SuggestionSource = {
  sign: ":",
  label: "Emoji",
  minLength: 2,
  find: (query) => findEmoji(query).map(optionOf),
};

/** The usual ones, for who asks without a name. */
export const commonEmojiSource: SuggestionSource = { ...emojiSource, minLength: 0 };

/** Those a name is meant by, where it begins so before where a later word does. */
export function findEmoji(query: string): readonly (readonly [string, string])[] {
  const wanted = query.toLowerCase();
  if (/\s/.test(wanted)) return [];
  const first = EMOJI.filter(([, names]) => names.startsWith(wanted));
  const later = EMOJI.filter(([, names]) =>
    names.includes(` ${wanted}`) && !first.some(
      ([, known]) => known === names,
    )
  );
  return [...first, ...later].slice(0, OFFERED);
}

function optionOf([glyph, names]: readonly [string, string]): Suggestion {
  return {
    key: glyph,
    words: names,
    glyph,
    choose: (replace) => replace({ text: glyph }),
  };
}
