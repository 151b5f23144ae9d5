import type { Channels, OpenedChannel } from "../channels/mod.ts";
import type { Conversation } from "../model/conversation.ts";
import { keys, type Store } from "../store/mod.ts";

/**
 * The mailbox that answers to notifications about a conversation come to: the conversation's own, else another of its
 * inbox, its fallback address last. Null when the inbox has none that works.
 */
export async function findAnswerChannel(
  store: Pick<Store, "list">,
  channels: Pick<Channels, "open">,
  { inboxId, channelId }: Pick<Conversation, "inboxId" | "channelId">,
): Promise<OpenedChannel | null> {
  const ids: { readonly id: string; readonly rank: number }[] = [];
  for await (const { value } of store.list(keys.channels())) {
    if (value.inboxId !== inboxId || value.status !== "ready") continue;
    ids.push({ id: value.id, rank: value.id === channelId ? 0 : value.isFallback ? 2 : 1 });
  }
  for (const { id } of ids.toSorted((a, b) => a.rank - b.rank)) {
    const opened = await channels.open(id);
    if (opened.ok && opened.value.adapter.notices !== undefined) return opened.value;
  }
  return null;
}
