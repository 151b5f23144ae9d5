/** Where somebody writes, whatever draws it: what pickers, tools and commands see of a text field and of the rich editor. */
import type { ReadonlySignal } from "@preact/signals";

export interface Writing {
  /** What stands before the caret in its line; null while something is selected, or the keyboard is elsewhere. */
  lineBefore(): string | null;
  /** Puts words in place of what is selected, or of so many characters before the caret. */
  insert(words: WrittenWords, replaced?: number): void;
  focus(): void;
  /** Null where only plain text is written. */
  readonly formatting: Formatting | null;
}

export interface WrittenWords {
  readonly text: string;
  /** The same for the rich editor. */
  readonly html?: string | undefined;
}

export const FORMATS = [
  "bold",
  "italic",
  "strike",
  "code",
  "link",
  "bullets",
  "numbers",
  "quote",
] as const;
export type Format = typeof FORMATS[number];

export interface Formatting {
  /** What holds at the caret. */
  readonly active: ReadonlySignal<ReadonlySet<Format>>;
  /** Gives it to what is selected, or takes it away. A link is asked for. */
  toggle(format: Format): void;
  /** Shows a picture among the words. @param cid what {@link WrittenWords.html} calls it after "cid:" */
  insertImage(cid: string, name: string): void;
}
