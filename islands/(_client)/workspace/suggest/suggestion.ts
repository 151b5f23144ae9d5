/** What pops up above the composer while a word after a sign is typed. */
import type { IconName } from "../../../(_components)/icon_names.ts";
import type { WrittenWords } from "../writing.ts";

export interface SuggestionSource {
  /** It opens after this sign, at the beginning of a word. */
  readonly sign: "@" | ":" | "/";
  /** For screen readers: "People and teams". */
  readonly label: string;
  /** Letters it needs before it shows anything. */
  readonly minLength: number;
  /** @param query what stands behind the sign; @returns the likeliest first, few enough to be looked through */
  find(query: string): readonly Suggestion[] | Promise<readonly Suggestion[]>;
}

export interface Suggestion {
  /** Unique among those of its source. */
  readonly key: string;
  readonly words: string;
  /** Quieter words behind them. */
  readonly detail?: string;
  /** At the end: "3 people". */
  readonly end?: string;
  readonly icon?: IconName;
  readonly person?: { readonly id: string; readonly name: string; readonly pictureUrl?: string };
  /** One character in place of the icon. */
  readonly glyph?: string;
  /** @param replace puts words in place of the sign and the query; not called, both stay */
  choose(replace: (words: WrittenWords) => void): void;
}
