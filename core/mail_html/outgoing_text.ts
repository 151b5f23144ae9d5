import { htmlToText } from "./html_to_text.ts";

/** A line with nothing on it, as editors write one. */
const BLANK_LINE = /<(div|p)>\s*<br ?\/?>\s*<\/\1>/g;

/** What editors leave at the end of a line: nothing is seen of it. */
const LAST_BREAK = /<br ?\/?>(?=<\/(?:div|p|li|blockquote)>)/g;

/**
 * Sanitised HTML of a reply as the plain text that goes with it, or in its place: blank lines as they are seen, and behind
 * the words of a link its address, unless they are the same.
 */
export async function outgoingText(html: string): Promise<string> {
  const lines = html.replace(BLANK_LINE, "<br>").replace(LAST_BREAK, "");
  const text = await htmlToText(lines, { links: "addresses" });
  return text.replace(/ <([^<>\s]+)>/g, (address, href: string, at: number) => {
    const bare = href.replace(/^(?:https?:\/\/|mailto:|tel:)/i, "").replace(/\/$/, "");
    const words = [href, bare, `${bare}/`];
    return words.some((one) => text.startsWith(one, at - one.length)) ? "" : address;
  });
}
