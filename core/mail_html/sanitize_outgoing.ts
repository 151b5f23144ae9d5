import type { SanitizeHtmlLibrary } from "./library_types.ts";
import { imageSource, safeLink } from "./mail_links.ts";
import { ALLOWED_TAGS, DROPPED_TAGS } from "./mail_tags.ts";
import { isNestedTooDeeply } from "./nesting_guard.ts";
import { MAX_HTML_LENGTH, plainAttributes } from "./sanitize.ts";
import { stripTags } from "./strip_tags.ts";
import { textToHtml } from "./text_to_html.ts";

/**
 * HTML an agent or a client of the API wrote, made fit to send: the same elements as a mail may show, links to the web,
 * mail and phones, images inline (`cid:`) or from the web. What cannot be kept is left out, text stays.
 */
export async function sanitizeOutgoing(html: string): Promise<string> {
  if (html.length > MAX_HTML_LENGTH || await isNestedTooDeeply(html)) {
    return textToHtml(stripTags(html));
  }
  const { default: sanitizeHtml }: SanitizeHtmlLibrary = await import("sanitize-html");
  return sanitizeHtml(html, {
    allowedTags: ALLOWED_TAGS,
    nonTextTags: DROPPED_TAGS,
    // Attributes are made new below.
    allowedAttributes: false,
    allowedSchemes: ["http", "https", "mailto", "tel"],
    allowedSchemesByTag: { img: ["http", "https", "cid"] },
    parseStyleAttributes: false,
    transformTags: {
      "*": (tagName, given) => {
        const attribs = plainAttributes(given);
        const href = tagName === "a" && given.href ? safeLink(given.href) : null;
        if (href !== null) attribs.href = href;
        const source = tagName === "img" ? imageSource(given.src ?? "") : null;
        if (source?.kind === "remote") attribs.src = source.url;
        if (source?.kind === "cid") attribs.src = `cid:${source.contentId}`;
        return { tagName, attribs };
      },
    },
    exclusiveFilter: ({ tag, attribs }) => tag === "img" && attribs.src === undefined,
  });
}
