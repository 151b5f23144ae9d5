import type { Capabilities } from "../channel/mod.ts";
import { type CoreError, invalid } from "../errors.ts";
import { takesType } from "../model/takes_type.ts";
import { textLength } from "../model/text_length.ts";
import type { AttachmentRecord } from "../store/mod.ts";
import type { PostInput } from "./post_input.ts";
import { MAX_RECIPIENTS } from "./reply_recipients.ts";
import { countPieces } from "./split_part.ts";

/** Nobody reads more in a row, and a message's record has room for the provider's ids of so many. */
export const MAX_PIECES = 50;

/** Room in the record: each has a name. */
export const MAX_MENTIONS = 20;

/**
 * What is wrong with a post, by its channel's limits; null when nothing is. Pure.
 * @param text what is to be sent, also when it was written as HTML
 * @param files by index of `attachmentIds`, null where the author has no such upload
 */
export function checkPost(
  input: PostInput,
  text: string,
  files: readonly (AttachmentRecord | null)[],
  capabilities: Capabilities,
  now: number,
): CoreError | null {
  const missing = files.findIndex((file) => file === null);
  if (missing >= 0) {
    return invalid(`attachmentIds.${missing}`, "is not a file you uploaded in the last 24 hours");
  }
  if (text.trim() === "" && files.length === 0) return invalid("text", "is empty");
  if (input.kind === "reply" && input.mentions !== undefined) {
    return invalid("mentions", "goes with comments only");
  }
  if ((input.mentions?.length ?? 0) > MAX_MENTIONS) {
    return invalid("mentions", `are over ${MAX_MENTIONS}`);
  }
  if (input.kind === "comment") {
    const only = (["sendAt", "to", "cc", "bcc", "history", "quickReplies"] as const).find((field) =>
      input[field] !== undefined
    );
    return only === undefined ? null : invalid(only, "goes with replies only");
  }
  const length = textLength(text, capabilities.text.unit);
  const isOwn = input.template === undefined;
  if (isOwn && length > capabilities.text.max && !capabilities.text.split) {
    return invalid("text", `has ${length} characters; this channel takes ${capabilities.text.max}`);
  }
  const pieces = isOwn ? countPieces(text, files.length, capabilities) : 1;
  if (pieces > MAX_PIECES) {
    return invalid("text", `would go out as ${pieces} messages; ${MAX_PIECES} at most`);
  }
  if (files.length > capabilities.media.maxCount) {
    return invalid(
      "attachmentIds",
      `are too many; this channel takes ${capabilities.media.maxCount}`,
    );
  }
  const large = files.findIndex((file) => file !== null && file.size > capabilities.media.maxBytes);
  if (large >= 0) {
    return invalid(`attachmentIds.${large}`, `is over ${capabilities.media.maxBytes} bytes`);
  }
  const foreign = files.findIndex((file) =>
    file !== null && !takesType(capabilities.media.types, file.type)
  );
  if (foreign >= 0) {
    return invalid(`attachmentIds.${foreign}`, "is of a kind this channel does not take");
  }
  const letterly = (["to", "cc", "bcc", "history"] as const).find((field) =>
    input[field] !== undefined
  );
  if (!capabilities.email && letterly !== undefined) {
    return invalid(letterly, "goes with e-mail channels only");
  }
  const addressed = ["to", "cc", "bcc"] as const;
  if (input.to?.length === 0) return invalid("to", "names nobody");
  if (addressed.reduce((sum, field) => sum + (input[field]?.length ?? 0), 0) > MAX_RECIPIENTS) {
    return invalid("cc", `are too many: a mail goes to ${MAX_RECIPIENTS} at most`);
  }
  if (input.sendAt !== undefined && input.sendAt <= now) {
    return invalid("sendAt", "must lie in the future");
  }
  return null;
}
