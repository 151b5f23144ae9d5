import type { Capabilities, OutboundPart } from "../channel/mod.ts";
import { splitText } from "./split_text.ts";

type Limits = Pick<Capabilities, "text" | "media">;
type Whole = Pick<OutboundPart, "text" | "attachments">;

/** How many messages of its provider one of ours becomes. @param files how many it has */
export function countPieces(text: string, files: number, capabilities: Limits): number {
  const { texts, groups, isJoined } = plan(text, Array.from({ length: files }), capabilities);
  return Math.max(texts.length + groups.length - (isJoined ? 1 : 0), 1);
}

/**
 * A message as its provider takes it, in pieces: its text first, then its files. Tapped answers belong to the last one, since
 * they vanish with the next message; what it replies to, to the first. Pure.
 */
export function splitPart<Part extends Whole & Partial<OutboundPart>>(
  part: Part,
  capabilities: Limits,
): readonly Part[] {
  const { texts, groups, isJoined } = plan(part.text, part.attachments, capabilities);
  const contents: Whole[] = texts.map((text) => ({ text, attachments: [] }));
  const last = isJoined ? contents.pop() : undefined;
  contents.push(...groups.map((attachments, i) => ({
    text: i === 0 ? last?.text ?? "" : "",
    attachments,
  })));
  if (contents.length <= 1) return [part];
  const { html: _, quickReplies, replyTo, ...rest } = part;
  // Without the optional fields the rest is still a Part; they are put back where they belong.
  return contents.map((content, index) => ({
    ...rest,
    ...content,
    index,
    ...index === 0 && replyTo !== undefined ? { replyTo } : {},
    ...index === contents.length - 1 && quickReplies !== undefined ? { quickReplies } : {},
  } as Part));
}

function plan<File>(
  text: string,
  files: readonly File[],
  { text: limit, media: { perMessage = Infinity, caption = true } }: Limits,
) {
  const texts = text === "" && files.length > 0
    ? []
    : limit.split
    ? splitText(text, limit)
    : [text];
  const groups: (readonly File[])[] = [];
  for (let at = 0; at < files.length; at += perMessage) {
    groups.push(files.slice(at, perMessage === Infinity ? undefined : at + perMessage));
  }
  return { texts, groups, isJoined: caption && texts.length > 0 && groups.length > 0 };
}
