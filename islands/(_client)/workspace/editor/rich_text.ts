import { isSelfLink, type RichElement, type RichNode } from "./rich_node.ts";

/** As somebody reads it who sees plain text only: lists with dashes and numbers, quotes with ">", links with their address. */
export function richText(nodes: readonly RichNode[]): string {
  return linesOf(nodes).join("\n");
}

function linesOf(nodes: readonly RichNode[]): readonly string[] {
  const lines: string[] = [];
  let line: string | null = null;
  const add = (words: string) => line = (line ?? "") + words;
  const end = () => {
    if (line !== null) lines.push(line);
    line = null;
  };
  const walk = (node: RichNode): void => {
    if (typeof node === "string") {
      if (node !== "") add(visible(node));
      return;
    }
    const block = blockLines(node);
    if (block !== null) {
      end();
      lines.push(...block);
      return;
    }
    if (node.tag === "br") {
      lines.push(line ?? "");
      line = null;
      return;
    }
    if (node.tag === "img") {
      if (node.attributes.alt) add(`[${node.attributes.alt}]`);
      return;
    }
    node.children.forEach(walk);
    const { href } = node.attributes;
    if (node.tag === "a" && href !== undefined && !isSelfLink(href, onlyChild(node))) {
      add(` <${href}>`);
    }
  };
  nodes.forEach(walk);
  end();
  return lines;
}

/** Null for what stands in a line. */
function blockLines({ tag, children }: RichElement): readonly string[] | null {
  switch (tag) {
    case "div":
    case "li":
      return linesOf(children);
    case "pre":
      return rawText(children).replace(/\n$/, "").split("\n");
    case "blockquote":
      return linesOf(children).map((line) => line === "" ? ">" : `> ${line}`);
    case "ul":
    case "ol": {
      let count = 0;
      return children.flatMap((item) => {
        if (typeof item === "string" && item.trim() === "") return [];
        const lines = linesOf([item]);
        // A list in a list stands below its item.
        if (typeof item !== "string" && item.tag !== "li") return lines.map((one) => `  ${one}`);
        const mark = tag === "ul" ? "- " : `${++count}. `;
        return (lines.length === 0 ? [""] : lines).map((one, index) =>
          (index === 0 ? mark : " ".repeat(mark.length)) + one
        );
      });
    }
    default:
      return null;
  }
}

function onlyChild({ children }: RichElement): RichNode | undefined {
  return children.length === 1 ? children[0] : undefined;
}

/** White space as it is seen, without the marks editors leave where nothing is. */
function visible(text: string): string {
  return text.replace(/[\u200b\ufeff]/g, "").replace(/[ \t\r\n\f]+/g, " ").replaceAll(
    "\u00a0",
    " ",
  );
}

function rawText(nodes: readonly RichNode[]): string {
  return nodes.map((node) =>
    typeof node === "string"
      ? node.replace(/[\u200b\ufeff]/g, "").replaceAll("\u00a0", " ")
      : node.tag === "br"
      ? "\n"
      : rawText(node.children)
  ).join("");
}
