/**
 * Text of HTML by leaving out its tags: crude, but linear for any input. For what the text converter must not get.
 * @returns plain text; what looks like a tag in it is text
 */
export function stripTags(html: string): string {
  const pieces: string[] = [];
  let at = 0;
  while (at < html.length) {
    const open = html.indexOf("<", at);
    if (open < 0) break;
    pieces.push(html.slice(at, open));
    const rest = skipMarkup(html, open);
    if (rest === open) {
      pieces.push("<");
      at = open + 1;
    } else {
      const name = /^<\/?([a-z0-9]{1,10})/i.exec(html.slice(open, open + 12))?.[1]?.toLowerCase();
      if (name && LINE_BREAKING.has(name)) pieces.push("\n");
      at = rest;
    }
  }
  pieces.push(html.slice(at));
  return pieces.join("").replace(ENTITY, decodeEntity).replace(/[^\S\n]+/g, " ")
    .replace(/ ?\n[\s]*/g, "\n").trim();
}

const LINE_BREAKING = new Set([
  "p",
  "div",
  "br",
  "tr",
  "li",
  "table",
  "blockquote",
  "h1",
  "h2",
  "h3",
]);

/** Offset after the tag, comment or unread element that starts here; the same offset when it is only a "<". */
function skipMarkup(html: string, open: number): number {
  if (html.startsWith("<!--", open)) return after(html, "-->", open + 4);
  const next = html.charCodeAt(open + 1) | 32;
  const isTag = (next >= 0x61 && next <= 0x7a) || html.startsWith("</", open) ||
    html.startsWith("<!", open) || html.startsWith("<?", open);
  if (!isTag) return open;
  const raw = /^<(script|style|title)[\s>]/i.exec(html.slice(open, open + 8))?.[1];
  if (raw === undefined) return after(html, ">", open);
  const end = new RegExp(`</${raw}[\\s>]`, "gi");
  end.lastIndex = open;
  const match = end.exec(html);
  return match ? after(html, ">", match.index) : html.length;
}

function after(html: string, mark: string, from: number): number {
  const index = html.indexOf(mark, from);
  return index < 0 ? html.length : index + mark.length;
}

const ENTITY = /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(amp|lt|gt|quot|apos|nbsp));/gi;
const NAMED: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
};

function decodeEntity(entity: string, decimal?: string, hex?: string, name?: string): string {
  if (name) return NAMED[name.toLowerCase()] ?? entity;
  const code = decimal ? Number(decimal) : Number.parseInt(hex ?? "", 16);
  const isCharacter = code > 8 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  return isCharacter ? String.fromCodePoint(code) : "";
}
