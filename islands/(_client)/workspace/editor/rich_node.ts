/** What can be written richly, as data: the few elements a mail program, a thread and a plain text all can show. */

export type RichTag =
  | ("div" | "blockquote" | "ul" | "ol" | "li" | "pre")
  | ("b" | "i" | "s" | "u" | "code" | "mark" | "a" | "img" | "br");

export interface RichElement {
  readonly tag: RichTag;
  /** `href` of a link; `src` ("cid:…"), `alt` and `width` of a picture. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly RichNode[];
}

export type RichNode = string | RichElement;

export const BLOCK_TAGS: ReadonlySet<string> = new Set<RichTag>([
  ...["div", "blockquote", "ul", "ol", "li", "pre"] as const,
]);

export function element(
  tag: RichTag,
  children: readonly RichNode[] = [],
  attributes: Readonly<Record<string, string>> = {},
): RichElement {
  return { tag, attributes, children };
}

/** Plain text as it is written: a block for each line, spaces in a row kept. */
export function plainNodes(text: string): readonly RichNode[] {
  return text.split(/\r\n|\r|\n/).map((line) =>
    element("div", line === "" ? [element("br")] : [line.replace(/ (?= )|^ /g, "\u00a0")])
  );
}

/** Whether nothing is lost when only the text is sent. An address that is a link to itself is text. */
export function isPlain(nodes: readonly RichNode[]): boolean {
  return nodes.every((node) => {
    if (typeof node === "string") return true;
    const { tag, attributes, children } = node;
    if (tag === "a") return children.length === 1 && isSelfLink(attributes.href, children[0]);
    return (tag === "div" || tag === "br" || tag === "mark") && isPlain(children);
  });
}

/** A link that says nothing but its address. */
export function isSelfLink(href = "", words: RichNode | undefined): boolean {
  if (typeof words !== "string") return false;
  const bare = (address: string) =>
    address.trim().replace(/^(?:https?:\/\/|mailto:|tel:)/i, "").replace(/\/$/, "");
  return bare(href) === bare(words);
}
