import type { RichNode } from "./rich_node.ts";

/** As HTML that any mail program reads. Text and attributes are escaped: it holds what the nodes hold, and nothing else. */
export function richHtml(nodes: readonly RichNode[]): string {
  return nodes.map((node) => {
    if (typeof node === "string") return escapeText(node);
    const { tag, attributes, children } = node;
    const given = Object.entries(attributes).map(([name, value]) =>
      ` ${name}="${escapeText(value).replaceAll('"', "&quot;")}"`
    ).join("");
    const start = `<${tag}${given}>`;
    return tag === "br" || tag === "img" ? start : `${start}${richHtml(children)}</${tag}>`;
  }).join("");
}

/** Text as a piece of HTML. */
export function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")
    .replaceAll("\u00a0", "&nbsp;");
}
