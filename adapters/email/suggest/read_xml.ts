/** An element of a small XML document: names without their prefix, texts joined and trimmed. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

interface Open {
  readonly name: string;
  readonly attributes: Record<string, string>;
  readonly children: XmlElement[];
  text: string;
}

const MAX_DEPTH = 20;
const MAX_ELEMENTS = 2_000;
const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
};

/**
 * Reads XML as servers' settings are written in, in one pass over the text. Document types, and with them entities of
 * its own, are refused.
 * @returns the outermost element; null for what is no such XML, too deep or too many elements
 */
export function readXml(text: string): XmlElement | null {
  const outermost: Open = { name: "", attributes: {}, children: [], text: "" };
  const open: Open[] = [outermost];
  let count = 0;
  let at = 0;
  while (at < text.length) {
    const tag = text.indexOf("<", at);
    const here = open.at(-1) ?? outermost;
    here.text += decode(text.slice(at, tag < 0 ? text.length : tag));
    if (tag < 0) break;
    const skipped = skip(text, tag);
    if (skipped === null) return null;
    if (skipped.to > tag) {
      here.text += skipped.text;
      at = skipped.to;
      continue;
    }
    const end = endOfTag(text, tag + 1);
    if (end < 0) return null;
    const inside = text.slice(tag + 1, end);
    at = end + 1;
    if (inside.startsWith("/")) {
      const closed = open.pop();
      const parent = open.at(-1);
      if (closed === undefined || parent === undefined) return null;
      if (closed.name !== localName(inside.slice(1).trim())) return null;
      parent.children.push({ ...closed, text: closed.text.trim() });
      continue;
    }
    const isEmpty = inside.endsWith("/");
    const element = startOf(isEmpty ? inside.slice(0, -1) : inside);
    if (element === null || ++count > MAX_ELEMENTS || open.length > MAX_DEPTH) return null;
    if (isEmpty) here.children.push(element);
    else open.push(element);
  }
  const [root, ...others] = outermost.children;
  return open.length === 1 && others.length === 0 ? root ?? null : null;
}

/** The first child of this name. */
export function childOf(element: XmlElement, name: string): XmlElement | null {
  return element.children.find((child) => child.name === name) ?? null;
}

/** Passes comments, instructions and CDATA; null for a document type and for what never ends. */
function skip(text: string, tag: number): { readonly to: number; readonly text: string } | null {
  if (text.startsWith("<!--", tag)) return passed(text, tag + 4, "-->");
  if (text.startsWith("<?", tag)) return passed(text, tag + 2, "?>");
  if (text.startsWith("<![CDATA[", tag)) {
    const end = text.indexOf("]]>", tag + 9);
    return end < 0 ? null : { to: end + 3, text: text.slice(tag + 9, end) };
  }
  return text.startsWith("<!", tag) ? null : { to: tag, text: "" };
}

function passed(text: string, from: number, mark: string) {
  const end = text.indexOf(mark, from);
  return end < 0 ? null : { to: end + mark.length, text: "" };
}

/** Where a tag's ">" is: one in quotes does not end it. */
function endOfTag(text: string, from: number): number {
  let quote = "";
  for (let i = from; i < text.length; i++) {
    const sign = text.charAt(i);
    if (quote !== "") {
      if (sign === quote) quote = "";
    } else if (sign === '"' || sign === "'") quote = sign;
    else if (sign === ">") return i;
    else if (sign === "<") return -1;
  }
  return -1;
}

function startOf(inside: string): Open | null {
  const name = /^[A-Za-z_][\w:.-]*/.exec(inside)?.[0];
  if (name === undefined) return null;
  const attributes: Record<string, string> = {};
  // Sticky: what is no attribute ends them, and no sign is looked at twice.
  const attribute = /\s+([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/y;
  attribute.lastIndex = name.length;
  for (let match = attribute.exec(inside); match !== null; match = attribute.exec(inside)) {
    attributes[localName(match[1] ?? "")] = decode(match[2] ?? match[3] ?? "");
  }
  return { name: localName(name), attributes, children: [], text: "" };
}

function localName(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}

function decode(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|([a-z]{2,4}));/g, (whole, ...found) => {
    const [decimal, hex, name] = found;
    if (name !== undefined) return ENTITIES[name] ?? whole;
    const code = decimal === undefined ? parseInt(hex, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
