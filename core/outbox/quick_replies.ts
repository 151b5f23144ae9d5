import type { Capabilities } from "../channel/mod.ts";
import { type CoreError, invalid } from "../errors.ts";
import { escapeHtml } from "../mail_html/mod.ts";
import type { QuickReply } from "../model/message.ts";
import { storedBytes } from "../store/mod.ts";
import type { PostInput } from "./post_input.ts";

/** More than any channel shows; where there are none, a list this long is read by nobody. */
const MAX_WITHOUT = 20;
/** What a message's record has room for besides all else. */
const MAX_BYTES = 12 * 1024;

/** What is wrong with a reply's quick replies by its channel's limits; null when nothing is. Pure. */
export function checkQuickReplies(
  { quickReplies = [] }: Pick<PostInput, "quickReplies">,
  { quickReplies: limits }: Pick<Capabilities, "quickReplies">,
): CoreError | null {
  const max = limits?.max ?? MAX_WITHOUT;
  if (quickReplies.length > max) {
    return invalid("quickReplies", `are too many; this channel takes ${max}`);
  }
  for (const [index, { title }] of quickReplies.entries()) {
    const path = `quickReplies.${index}.title`;
    if (title.trim() === "") return invalid(path, "is empty");
    if (limits !== null && [...title].length > limits.titleMax) {
      return invalid(path, `is over ${limits.titleMax} characters`);
    }
  }
  return storedBytes(quickReplies) > MAX_BYTES
    ? invalid("quickReplies", "are too long to be kept with one message")
    : null;
}

/** A reply's words and its quick replies as its channel can carry them. */
export interface WithQuickReplies {
  readonly text: string;
  readonly html?: string;
  /** Empty where they are part of the text. */
  readonly quickReplies: readonly QuickReply[];
}

/** Quick replies as they are, or, on a channel without them, as numbered lines below the text. Pure. */
export function withQuickReplies(
  body: { readonly text: string; readonly html?: string },
  { quickReplies = [] }: Pick<PostInput, "quickReplies">,
  { quickReplies: limits }: Pick<Capabilities, "quickReplies">,
): WithQuickReplies {
  if (quickReplies.length === 0) return { ...body, quickReplies: [] };
  const replies = quickReplies.map(({ title, payload = title }) => ({ title, payload }));
  if (limits !== null) return { ...body, quickReplies: replies };
  const lines = replies.map(({ title }, index) => `${index + 1}. ${title}`);
  return {
    text: [body.text, lines.join("\n")].filter((part) => part !== "").join("\n\n"),
    ...body.html === undefined
      ? {}
      : { html: `${body.html}<p>${lines.map(escapeHtml).join("<br>")}</p>` },
    quickReplies: [],
  };
}
