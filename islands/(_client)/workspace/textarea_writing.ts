import type { Writing, WrittenWords } from "./writing.ts";

/** A text field as {@link Writing}. */
export class TextareaWriting implements Writing {
  readonly formatting = null;
  readonly #field: HTMLTextAreaElement;

  constructor(field: HTMLTextAreaElement) {
    this.#field = field;
  }

  lineBefore(): string | null {
    const { value, selectionStart, selectionEnd } = this.#field;
    if (selectionStart !== selectionEnd || document.activeElement !== this.#field) return null;
    return value.slice(value.lastIndexOf("\n", selectionStart - 1) + 1, selectionStart);
  }

  insert({ text }: WrittenWords, replaced = 0): void {
    const field = this.#field;
    field.focus();
    const { selectionStart, selectionEnd } = field;
    field.setRangeText(text, Math.max(0, selectionStart - replaced), selectionEnd, "end");
    // What listens to the keyboard hears of it too.
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }

  focus(): void {
    this.#field.focus();
  }
}
