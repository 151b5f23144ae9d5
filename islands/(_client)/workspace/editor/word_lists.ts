/** Word copies a list as paragraphs that only look like one: "mso-list" in their style, and a mark as text. */
import type { ReadNode } from "./clean_rich.ts";
import { element, type RichElement, type RichNode } from "./rich_node.ts";

export interface WordItem {
  readonly wordItem: {
    readonly isNumbered: boolean;
    /** From 1. */
    readonly level: number;
    readonly children: readonly RichNode[];
  };
}

/** Null for a paragraph that is none. */
export function wordItemOf(
  style: string,
  node: ReadNode,
  children: readonly RichNode[],
): WordItem | null {
  const level = /(?:^|;)\s*mso-list:\s*[^;]*\blevel(\d)/i.exec(style)?.[1];
  if (level === undefined) return null;
  // The mark itself was left out of the children: "·", "o", "1.", "a)".
  const isNumbered = /^\s*(?:\d+|[a-z]{1,4})[.)]/i.test(textOf(node));
  return { wordItem: { isNumbered, level: Number(level), children } };
}

/** Items that follow each other as a list, with lists in it for deeper ones. */
export function joinWordItems(nodes: readonly (RichNode | WordItem)[]): readonly RichNode[] {
  const joined: RichNode[] = [];
  let items: WordItem["wordItem"][] = [];
  const end = () => {
    if (items.length > 0) joined.push(...listsOf(items));
    items = [];
  };
  for (const node of nodes) {
    if (typeof node !== "string" && "wordItem" in node) items.push(node.wordItem);
    // Line breaks of the source stand between the paragraphs.
    else if (typeof node !== "string" || node.trim() !== "" || items.length === 0) {
      end();
      joined.push(node);
    }
  }
  end();
  return joined;
}

function listsOf(items: readonly WordItem["wordItem"][]): readonly RichElement[] {
  const top = Math.min(...items.map(({ level }) => level));
  const lists: { readonly isNumbered: boolean; readonly children: RichNode[] }[] = [];
  for (let at = 0; at < items.length;) {
    const item = items[at];
    if (item === undefined) break;
    let next = at + 1;
    while ((items[next]?.level ?? top) > top) next++;
    // A list that begins with a deeper item begins there.
    const deeper = items.slice(item.level > top ? at : at + 1, next);
    let list = lists.at(-1);
    if (list === undefined || (item.level === top && list.isNumbered !== item.isNumbered)) {
      list = { isNumbered: item.isNumbered, children: [] };
      lists.push(list);
    }
    if (item.level === top) list.children.push(element("li", item.children));
    if (deeper.length > 0) list.children.push(...listsOf(deeper));
    at = next;
  }
  return lists.map(({ isNumbered, children }) => element(isNumbered ? "ol" : "ul", children));
}

function textOf(node: ReadNode): string {
  let text = node.nodeValue ?? "";
  for (let index = 0; index < node.childNodes.length && text.length < 40; index++) {
    const child = node.childNodes[index];
    // A comment, as Word puts around the mark, is no text.
    if (child !== undefined && child.nodeType !== 8) text += textOf(child);
  }
  return text;
}
