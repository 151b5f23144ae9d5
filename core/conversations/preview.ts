import { clip } from "../clip.ts";
import type { Message } from "../model/message.ts";

const MAX = 140;

/** The first words of a text on one line, at most 140 characters, never half a surrogate pair. */
export function previewOf(text: string, fallback = ""): string {
  const line = text.slice(0, 2_000).replace(/[\s\p{Cc}]+/gu, " ").trim();
  return clip(line === "" ? fallback : line, MAX);
}

/** What a list shows of a message: its first words, else its files, or that it was taken back. */
export function previewOfMessage(
  { text, attachments, deletedAt }: Pick<Message, "text" | "attachments" | "deletedAt">,
): string {
  if (deletedAt !== undefined) return "Message deleted";
  const [first, ...more] = attachments;
  return previewOf(text, more.length === 0 ? first?.name : `${attachments.length} files`);
}
