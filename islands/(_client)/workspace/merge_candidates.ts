/** What a conversation can be merged into, the likeliest first. Pure. */
import type { ApiConversation } from "../../../core/model/api.ts";
import type { ChannelTraits } from "./workspace_data.ts";

export interface MergeCandidates {
  /** Of the same contact. */
  readonly own: readonly ApiConversation[];
  readonly others: readonly ApiConversation[];
}

const MAX_SHOWN = 8;

/** As the server sees it: letters name everybody, elsewhere an answer goes to one person over one channel. */
export function canMerge(
  from: ApiConversation,
  into: ApiConversation,
  { isMail }: Pick<ChannelTraits, "isMail">,
): boolean {
  if (from.id === into.id || into.mergedIntoId !== undefined) return false;
  if (into.status === "spam" || into.status === "trash") return false;
  if (from.channelType !== into.channelType) return false;
  return isMail || (from.contactId === into.contactId && from.channelId === into.channelId);
}

/**
 * Those that fit what was typed: a number, or words of the subject, the name and the first words.
 * @param known those the browser holds, in any order and more than once
 */
export function mergeCandidates(
  from: ApiConversation,
  known: readonly ApiConversation[],
  query: string,
  traits: Pick<ChannelTraits, "isMail">,
): MergeCandidates {
  const words = query.toLowerCase().split(/\s+/).filter((word) => word !== "");
  const fitting = [...new Map(known.map((one) => [one.id, one])).values()]
    .filter((one) => canMerge(from, one, traits) && words.every((word) => fits(one, word)))
    .sort((a, b) => a.lastMessageAt < b.lastMessageAt ? 1 : -1);
  const isOwn = ({ contactId }: ApiConversation) => contactId === from.contactId;
  const own = fitting.filter(isOwn).slice(0, MAX_SHOWN);
  // Before anything is typed the others are any conversations at all.
  const others = words.length === 0 ? [] : fitting.filter((one) => !isOwn(one));
  return { own, others: others.slice(0, MAX_SHOWN) };
}

function fits({ number, subject, contactName, preview }: ApiConversation, word: string): boolean {
  return `#${number}`.startsWith(word) || String(number) === word ||
    [subject, contactName, preview].some((text) => text.toLowerCase().includes(word));
}
