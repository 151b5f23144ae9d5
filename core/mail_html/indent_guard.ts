/** Lines × levels that the text converter is given: it takes up to 2 µs for each. */
const MAX_INDENTED = 40_000;
/** Each closes over its text line by line, so that a line costs as much as it is deep. */
const INDENTING = new Set(["blockquote", "ul", "ol"]);
const LINE_MAKING = new Set([
  ...["article", "aside", "blockquote", "br", "div", "footer", "form", "h1", "h2", "h3", "h4"],
  ...["h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table", "tr"],
  "ul",
]);

/**
 * Whether HTML holds so many lines so deep in lists and quotes that the text converter would stall on it. Long threads of
 * real mail stay far below. Linear; counts with the converter's own parser.
 */
export async function isIndentedTooMuch(html: string): Promise<boolean> {
  const { Parser } = await import("htmlparser2");
  let level = 0;
  let preformatted = 0;
  let cost = 0;
  const parser = new Parser({
    onopentag(name) {
      if (INDENTING.has(name)) level++;
      if (name === "pre") preformatted++;
      if (LINE_MAKING.has(name)) cost += level;
    },
    ontext(text) {
      if (level > 0 && preformatted > 0) cost += level * (text.split("\n").length - 1);
    },
    onclosetag(name) {
      if (INDENTING.has(name)) level--;
      if (name === "pre") preformatted--;
    },
  });
  parser.end(html);
  return cost > MAX_INDENTED;
}
