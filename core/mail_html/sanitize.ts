import { cleanStyle } from "./clean_style.ts";
import { isTracker } from "./is_tracker.ts";
import type { Attributes, SanitizeHtmlLibrary } from "./library_types.ts";
import { imageSource, safeLink } from "./mail_links.ts";
import { ALLOWED_TAGS, DROPPED_TAGS, PLAIN_ATTRIBUTES } from "./mail_tags.ts";
import { isNestedTooDeeply } from "./nesting_guard.ts";
import { quoteMark } from "./quote_marks.ts";
import { stripTags } from "./strip_tags.ts";
import { textToHtml } from "./text_to_html.ts";

/** Changes whenever the same input would give other output: cached results are kept by it. */
export const SANITIZER_VERSION = 3;

/** HTML over this many characters is shown as text. */
export const MAX_HTML_LENGTH = 2_000_000;

/** What may stay, and where inline images are found. */
export interface SanitizeOptions {
  /** Whether images from other servers stay; they tell the sender when and where a mail was read. Trackers never do. */
  readonly images: "block" | "allow";
  /** Address of an inline image by its Content-ID, or null when the mail has none of that id. */
  readonly cid: (contentId: string) => string | null;
}

/** HTML that can do no harm, and what was held back of it. */
export interface SanitizedHtml {
  readonly html: string;
  /** Remote images taken out, trackers not counted. */
  readonly blockedImages: number;
  /** Remote images taken out for good: nobody would see them, and their server would know that the mail was read. */
  readonly trackers: number;
}

/**
 * HTML of a stranger's mail made fit to show: no script, form, frame, style sheet or foreign markup; links open apart;
 * images only inline, or remote when allowed. Quoted messages are marked for `splitQuotedHtml`.
 * Takes any input; what is hostile by depth or size comes back as plain text.
 */
export async function sanitize(html: string, options: SanitizeOptions): Promise<SanitizedHtml> {
  if (html.length > MAX_HTML_LENGTH || await isNestedTooDeeply(html)) {
    return asText(html);
  }
  const { default: sanitizeHtml }: SanitizeHtmlLibrary = await import("sanitize-html");
  let blockedImages = 0;
  let trackers = 0;

  const clean = sanitizeHtml(html, {
    allowedTags: ALLOWED_TAGS,
    nonTextTags: DROPPED_TAGS,
    // Attributes are made new below, so all that arrive here are ours.
    allowedAttributes: false,
    allowedSchemes: ["http", "https", "mailto", "tel"],
    allowedSchemesByTag: { img: ["http", "https", "data"] },
    parseStyleAttributes: false,
    transformTags: {
      "*": (tagName, attribs) => ({ tagName, attribs: attributesOf(tagName, attribs) }),
    },
    exclusiveFilter: ({ tag, attribs }) => tag === "img" && "data-tracker" in attribs,
  });
  return { html: clean, blockedImages, trackers };

  function attributesOf(tag: string, given: Attributes): Attributes {
    const kept = plainAttributes(given);
    const mark = quoteMark(tag, given);
    if (mark !== null) kept["data-quote"] = mark;
    const href = tag === "a" && given.href ? safeLink(given.href) : null;
    if (href !== null) {
      Object.assign(kept, { href, target: "_blank", rel: "noopener noreferrer nofollow" });
    }
    if (tag === "img") addImageSource(kept, given);
    return kept;
  }

  function addImageSource(kept: Attributes, given: Attributes): void {
    const source = imageSource(given.src ?? "");
    if (source.kind === "data") kept.src = source.url;
    if (source.kind === "cid") {
      const url = options.cid(source.contentId);
      if (url !== null) kept.src = url;
    }
    if (source.kind !== "remote") return;
    if (isTracker(given)) {
      // For the filter above, which takes the element out.
      kept["data-tracker"] = "";
      trackers++;
      return;
    }
    if (options.images === "allow") {
      Object.assign(kept, { src: source.url, referrerpolicy: "no-referrer", loading: "lazy" });
    } else {
      kept["data-blocked"] = "";
      blockedImages++;
    }
  }
}

/** HTML as the plain text in it: whatever it is, this takes no time. */
export function asText(html: string): SanitizedHtml {
  return { html: textToHtml(stripTags(html)), blockedImages: 0, trackers: 0 };
}

/** Attributes that hold no address, and what may stay of the style. */
export function plainAttributes(given: Readonly<Attributes>): Attributes {
  const kept: Attributes = {};
  for (const [name, value] of Object.entries(given)) {
    if (PLAIN_ATTRIBUTES.has(name) && value.length <= 2_000) kept[name] = value;
  }
  const style = given.style ? cleanStyle(given.style) : "";
  if (style !== "") kept.style = style;
  return kept;
}
