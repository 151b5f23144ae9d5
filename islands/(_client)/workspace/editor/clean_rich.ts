/** Any HTML as what can be written here: of a paste from a word processor, a page or another mail, and of the editor itself. */
import { BLOCK_TAGS, element, type RichNode, type RichTag } from "./rich_node.ts";
import { formatsOf, isWithoutMargin, safeHref } from "./pasted_style.ts";
import { joinWordItems, type WordItem, wordItemOf } from "./word_lists.ts";

/** What is asked of a node of a document, which runs nothing and loads nothing. */
export interface ReadNode {
  readonly nodeType: number;
  readonly nodeName: string;
  readonly nodeValue: string | null;
  readonly childNodes: ArrayLike<ReadNode>;
  /** Of elements. */
  getAttribute?(name: string): string | null;
}

const ELEMENT = 1;
const TEXT = 3;
/** No page shows more levels; what lies deeper is left out. */
const MAX_DEPTH = 200;

/** Elements kept under their own or a plainer name. */
const TAGS: Readonly<Record<string, RichTag>> = {
  ...{ b: "b", strong: "b", i: "i", em: "i", cite: "i", dfn: "i", var: "i" },
  ...{ s: "s", strike: "s", del: "s", u: "u", ins: "u", mark: "mark", bdi: "mark" },
  ...{ code: "code", kbd: "code", samp: "code", tt: "code", pre: "pre" },
  ...{ blockquote: "blockquote", ul: "ul", ol: "ol" },
};

/** Left out with all that is in them. */
const DROPPED = new Set([
  ...["script", "style", "head", "title", "meta", "link", "template", "noscript", "object"],
  ...["iframe", "svg", "math", "canvas", "audio", "video", "select", "textarea", "button"],
]);

/** Blocks that become plain lines. */
const LINES = new Set([
  ...["p", "div", "section", "article", "header", "footer", "main", "aside", "nav", "address"],
  ...["center", "figure", "figcaption", "form", "fieldset", "dl", "dt", "dd", "table", "caption"],
  ...["thead", "tbody", "tfoot", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "details"],
]);

/** Between two paragraphs with room between them. */
const GAP = Symbol("gap");
type Cleaned = RichNode | WordItem | typeof GAP;

/** What stays of it. Total: any tree, in time that grows with its size. */
export function cleanRich(root: ReadNode): readonly RichNode[] {
  return childrenOf(root, 0);
}

function childrenOf(parent: ReadNode, depth: number): readonly RichNode[] {
  if (depth > MAX_DEPTH) return [];
  const cleaned: Cleaned[] = [];
  for (let index = 0; index < parent.childNodes.length; index++) {
    const child = parent.childNodes[index];
    if (child !== undefined) cleaned.push(...clean(child, depth));
  }
  const nodes = joinWordItems(withGaps(cleaned));
  // White space between blocks is that of the source.
  if (hasBlock(nodes)) return nodes.filter((node) => !isBlankText(node));
  return isLastBreakIdle(nodes) ? nodes.slice(0, -1) : nodes;
}

/** Editors leave a break at the end of a line, of which nothing is seen. */
function isLastBreakIdle(nodes: readonly RichNode[]): boolean {
  const [before, last] = nodes.slice(-2);
  return typeof last === "object" && last.tag === "br" &&
    (typeof before === "string" ? before !== "" : before !== undefined && before.tag !== "br");
}

/** A gap is a blank line, but for one at the end. */
function withGaps(cleaned: readonly Cleaned[]): readonly (RichNode | WordItem)[] {
  const last = cleaned.findLastIndex((one) => one !== GAP && !isBlankText(one));
  return cleaned.flatMap((one, index) =>
    one !== GAP ? [one] : index < last ? [element("div", [element("br")])] : []
  );
}

function clean(node: ReadNode, depth: number): readonly Cleaned[] {
  if (node.nodeType === TEXT) return [node.nodeValue ?? ""];
  if (node.nodeType !== ELEMENT) return [];
  const name = node.nodeName.toLowerCase();
  const style = styleOf(node);
  if (DROPPED.has(name) || /(?:^|;)\s*mso-list:\s*ignore/i.test(style)) return [];
  if (name === "img") return imageOf(node);
  if (name === "br") return [element("br")];
  const children = childrenOf(node, depth + 1);
  if (name === "a") return linkOf(node, children);
  if (name === "td" || name === "th") return [...children, " "];
  if (LINES.has(name)) return lineOf(node, name, style, children);
  if (name === "li") return [element("li", withoutOnlyLine(children))];
  const known = TAGS[name];
  if (known !== undefined && BLOCK_TAGS.has(known)) return [element(known, children)];
  // Google Docs wraps all of a copy in a "b" that is not bold.
  const isUndone = known === "b" && /font-weight:\s*(?:normal|[1-4]00)/i.test(style);
  return wrap(children, known === undefined || isUndone ? formatsOf(style) : [known]);
}

function lineOf(
  node: ReadNode,
  name: string,
  style: string,
  children: readonly RichNode[],
): readonly Cleaned[] {
  const item = wordItemOf(style, node, children);
  if (item !== null) return [item];
  if (children.every(isBlankText)) return [];
  const words = wrap(children, /^h[1-6]$/.test(name) ? ["b"] : formatsOf(style));
  const block = hasBlock(words) ? words : [element("div", words)];
  const isSpaced = name === "p" && !isWithoutMargin(style, node.getAttribute?.("class") ?? "");
  return isSpaced ? [...block, GAP] : block;
}

/** Formats go around what stands in a line, never around blocks. The first one is outside. */
function wrap(children: readonly RichNode[], formats: readonly RichTag[]): readonly RichNode[] {
  const inner = formats.at(-1);
  if (inner === undefined || children.every(isBlankText)) return children;
  const wrapped = hasBlock(children)
    ? children.map((child) =>
      typeof child === "string" || !BLOCK_TAGS.has(child.tag)
        ? element(inner, [child])
        : { ...child, children: wrap(child.children, [inner]) }
    )
    : [element(inner, children)];
  return wrap(wrapped, formats.slice(0, -1));
}

function linkOf(node: ReadNode, children: readonly RichNode[]): readonly RichNode[] {
  const href = safeHref(node.getAttribute?.("href") ?? "");
  return href === null || hasBlock(children) || children.length === 0
    ? children
    : [element("a", children, { href })];
}

/** Only pictures that come along: one on a server would tell it who reads, and one on a disk shows nobody anything. */
function imageOf(node: ReadNode): readonly RichNode[] {
  const attribute = (name: string) => node.getAttribute?.(name) ?? "";
  const cid = attribute("data-cid") || (/^cid:(.+)$/i.exec(attribute("src"))?.[1] ?? "");
  const alt = attribute("alt").trim().slice(0, 200);
  if (!/^[\w-]{1,100}$/.test(cid)) return alt === "" ? [] : [alt];
  const width = attribute("width");
  const size = /^\d{1,4}$/.test(width) ? { width } : {};
  return [element("img", [], { src: `cid:${cid}`, alt, ...size })];
}

/** Google Docs and Word put a paragraph into each item. */
function withoutOnlyLine(children: readonly RichNode[]): readonly RichNode[] {
  const [only, ...rest] = children.filter((child) => !isBlankText(child));
  return rest.length === 0 && typeof only === "object" && only.tag === "div"
    ? only.children
    : children;
}

function isBlankText(node: Cleaned): boolean {
  return typeof node === "string" && /^[ \t\r\n\f]*$/.test(node);
}

function hasBlock(nodes: readonly RichNode[]): boolean {
  return nodes.some((node) => typeof node !== "string" && BLOCK_TAGS.has(node.tag));
}

function styleOf(node: ReadNode): string {
  return (node.getAttribute?.("style") ?? "").slice(0, 4_000);
}
