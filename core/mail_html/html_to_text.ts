import { isIndentedTooMuch } from "./indent_guard.ts";
import type { HtmlToTextLibrary } from "./library_types.ts";
import { isNestedTooDeeply } from "./nesting_guard.ts";
import { stripTags } from "./strip_tags.ts";

/** Longer HTML is converted crudely: the converter takes about 0.3 s for each million characters. */
const MAX_CONVERTED = 500_000;

/**
 * Readable plain text of HTML: paragraphs, lists, tables as lines; links by their text, images by nothing.
 * Takes any input and answers in well under a second for a megabyte.
 * @param options.links whether a link's address stands behind its words, for who reads nothing but the text
 */
export async function htmlToText(
  html: string,
  { links = "words" }: { readonly links?: "words" | "addresses" } = {},
): Promise<string> {
  if (html.length > MAX_CONVERTED || await isNestedTooDeeply(html)) return stripTags(html);
  if (await isIndentedTooMuch(html)) return stripTags(html);
  const { convert }: HtmlToTextLibrary = await import("html-to-text");
  const text = convert(html, {
    wordwrap: false,
    selectors: [
      {
        selector: "a",
        options: links === "words"
          ? { ignoreHref: true }
          : { hideLinkHrefIfSameAsText: true, linkBrackets: ["<", ">"] },
      },
      { selector: "img", format: "skip" },
      ...["h1", "h2", "h3", "h4", "h5", "h6"].map((selector) => ({
        selector,
        options: { uppercase: false },
      })),
      // Mail is laid out with tables: a row is a line, its cells are words beside each other.
      { selector: "table", format: "block" },
      {
        selector: "tr",
        format: "block",
        options: { leadingLineBreaks: 1, trailingLineBreaks: 1 },
      },
      { selector: "td", format: "inlineSurround", options: { suffix: " " } },
      { selector: "th", format: "inlineSurround", options: { suffix: " " } },
    ],
  });
  return text.split("\n").map((line) => line.trimEnd()).join("\n").trim();
}
