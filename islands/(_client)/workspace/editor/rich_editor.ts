import { signal } from "@preact/signals";
import Squire from "squire-rte";
import type { Format, Formatting, Writing, WrittenWords } from "../writing.ts";
import { cleanRich } from "./clean_rich.ts";
import { pictureHtml, type PictureUrl, richFragment } from "./rich_fragment.ts";
import { richHtml } from "./rich_html.ts";
import { isPlain, plainNodes } from "./rich_node.ts";
import { richText } from "./rich_text.ts";

/** What is written. */
export interface RichContent {
  readonly text: string;
  /** Null when the text says all of it. */
  readonly html: string | null;
}

export interface RichEditorOptions {
  readonly pictureUrl: PictureUrl;
  onChange(content: RichContent): void;
  /** Where the link is to lead; the selection waits. */
  onLink(link: LinkRequest): void;
}

export interface LinkRequest {
  /** Where it leads now; "" for a new one. */
  readonly href: string;
  /** @param href null takes the link away */
  readonly done: (href: string | null) => void;
}

const TAGS: Readonly<Partial<Record<Format, string>>> = { bold: "B", italic: "I", strike: "S" };

/** The editor of other people's making behind {@link Writing}: what goes in and comes out is ours alone. */
export class RichEditor implements Writing, Formatting, Disposable {
  readonly #root: HTMLElement;
  readonly #options: RichEditorOptions;
  readonly #squire: Squire;
  readonly active = signal<ReadonlySet<Format>>(new Set());
  #last: RichContent = { text: "", html: null };

  constructor(root: HTMLElement, options: RichEditorOptions) {
    this.#root = root;
    this.#options = options;
    this.#squire = new Squire(root, {
      blockTag: "DIV",
      undo: { documentSizeThreshold: -1, undoLimit: 200 },
      sanitizeToDOMFragment: (html) =>
        richFragment(
          root.ownerDocument,
          cleanRich(new DOMParser().parseFromString(html, "text/html").body),
          options.pictureUrl,
        ),
    });
    this.#squire.addEventListener("input", () => this.#report());
    for (const event of ["pathChange", "select", "input"]) {
      this.#squire.addEventListener(event, () => this.#readFormats());
    }
    this.#bindKeys();
  }

  get formatting(): Formatting {
    return this;
  }

  /** Shows what was written elsewhere; nothing happens when it is here already. */
  show(content: RichContent): void {
    if (content.text === this.#last.text && content.html === this.#last.html) return;
    this.#last = content;
    this.#squire.setHTML(content.html ?? richHtml(plainNodes(content.text)));
    this.#squire.moveCursorToEnd();
  }

  focus(): void {
    this.#squire.focus();
  }

  /** Takes the keyboard over from a text field. @param offset of its caret */
  takeCaret(offset: number): void {
    this.focus();
    let left = offset;
    const blocks = [...this.#root.children];
    for (const block of blocks) {
      const length = block.textContent?.length ?? 0;
      if (left <= length) return this.#placeCaret(block, left);
      left -= length + 1;
    }
    this.#squire.moveCursorToEnd();
  }

  lineBefore(): string | null {
    const range = this.#squire.getSelection();
    if (!range.collapsed || !this.#root.contains(document.activeElement)) return null;
    const line = range.cloneRange();
    line.setStart(blockOf(range.startContainer, this.#root), 0);
    return line.toString().replace(/[\u200b\ufeff]/g, "").replaceAll("\u00a0", " ");
  }

  insert({ text, html }: WrittenWords, replaced = 0): void {
    // The keyboard may be in a menu meanwhile.
    this.focus();
    if (replaced > 0) {
      const range = this.#squire.getSelection();
      const selection = getSelection();
      selection?.collapse(range.startContainer, range.startOffset);
      for (let count = 0; count < replaced; count++) {
        selection?.modify("extend", "backward", "character");
      }
      if (selection !== null && selection.rangeCount > 0) {
        this.#squire.setSelection(selection.getRangeAt(0));
      }
    }
    this.#squire.insertHTML(html ?? richHtml(plainNodes(text)));
    this.#report();
  }

  insertImage(cid: string, name: string): void {
    this.#squire.insertHTML(pictureHtml(cid, name));
    this.#report();
  }

  toggle(format: Format): void {
    const isOn = this.active.peek().has(format);
    const squire = this.#squire;
    this.focus();
    switch (format) {
      case "bold":
        return void (isOn ? squire.removeBold() : squire.bold());
      case "italic":
        return void (isOn ? squire.removeItalic() : squire.italic());
      case "strike":
        return void (isOn ? squire.removeStrikethrough() : squire.strikethrough());
      case "code":
        return void squire.toggleCode();
      case "bullets":
        return void (isOn ? squire.removeList() : squire.makeUnorderedList());
      case "numbers":
        return void (isOn ? squire.removeList() : squire.makeOrderedList());
      case "quote":
        return void (isOn ? squire.decreaseQuoteLevel() : squire.increaseQuoteLevel());
      case "link":
        return this.#askLink();
    }
  }

  [Symbol.dispose](): void {
    this.#squire.destroy();
  }

  #askLink(): void {
    const range = this.#squire.getSelection();
    const link = elementOf(range.startContainer)?.closest("a");
    this.#options.onLink({
      href: link?.getAttribute("href") ?? "",
      done: (href) => {
        if (link && this.#root.contains(link)) range.selectNodeContents(link);
        this.#squire.focus();
        this.#squire.setSelection(range);
        if (href === null) this.#squire.removeLink();
        else this.#squire.makeLink(href);
      },
    });
  }

  #bindKeys(): void {
    const mod = /Mac|iP(?:hone|ad|od)/.test(navigator.platform) ? "Meta-" : "Ctrl-";
    const bind = (key: string, format: Format) =>
      this.#squire.setKeyHandler(mod + key, (_, event) => {
        event.preventDefault();
        this.toggle(format);
      });
    bind("Shift-7", "numbers");
    bind("Shift-8", "bullets");
    bind("Shift-9", "quote");
    bind("Shift-x", "strike");
    bind("Shift-X", "strike");
    bind("e", "code");
    // No key for what is not offered, and Ctrl-D is the browser's.
    for (const key of ["d", "Shift-5", "Shift-6", "u"]) this.#squire.setKeyHandler(mod + key, null);
    this.#squire.setKeyHandler(`${mod}k`, (squire, event, range) => {
      // With nothing selected the key is the command bar's.
      if (range.collapsed && !squire.hasFormat("A")) return;
      event.preventDefault();
      event.stopPropagation();
      this.#askLink();
    });
  }

  #report(): void {
    const nodes = cleanRich(this.#root);
    const text = richText(nodes);
    const content = { text, html: isPlain(nodes) ? null : richHtml(nodes) };
    if (content.text === this.#last.text && content.html === this.#last.html) return;
    this.#last = content;
    this.#options.onChange(content);
  }

  #readFormats(): void {
    const squire = this.#squire;
    const path = squire.getPath();
    const active = new Set<Format>();
    for (const format of ["bold", "italic", "strike"] as const) {
      if (squire.hasFormat(TAGS[format] ?? "")) active.add(format);
    }
    if (squire.hasFormat("A")) active.add("link");
    if (/(?:^|>)(?:CODE|PRE)\b/.test(path) || squire.hasFormat("CODE")) active.add("code");
    if (/(?:^|>)UL\b/.test(path)) active.add("bullets");
    if (/(?:^|>)OL\b/.test(path)) active.add("numbers");
    if (/(?:^|>)BLOCKQUOTE\b/.test(path)) active.add("quote");
    const before = this.active.peek();
    const isSame = before.size === active.size && [...active].every((one) => before.has(one));
    if (!isSame) this.active.value = active;
  }

  #placeCaret(block: Element, offset: number): void {
    const range = document.createRange();
    const text = block.firstChild;
    if (text instanceof Text) range.setStart(text, Math.min(offset, text.length));
    else range.setStart(block, 0);
    range.collapse(true);
    this.#squire.setSelection(range);
  }
}

function elementOf(node: Node): Element | null {
  return node instanceof Element ? node : node.parentElement;
}

/** The line something stands in. */
function blockOf(node: Node, root: HTMLElement): Node {
  let at: Node = node;
  while (at !== root && at.parentNode !== null && at.parentNode !== root) {
    if (at instanceof Element && /^(?:DIV|LI|PRE|BLOCKQUOTE)$/.test(at.tagName)) return at;
    at = at.parentNode;
  }
  return at;
}
