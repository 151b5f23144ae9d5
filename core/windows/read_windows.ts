import { type AnyAdapter, capabilitiesOf } from "../channel/mod.ts";
import type { Channel } from "../model/channel.ts";
import type { Conversation } from "../model/conversation.ts";
import { type Key, keys, type Store } from "../store/mod.ts";
import { type ReplyWindow, replyWindow } from "./reply_window.ts";

type Adapters = ReadonlyMap<string, AnyAdapter>;
type Place = Pick<Conversation, "channelId" | "channelType" | "contactId">;

/**
 * The reply windows of conversations, in their order; null where the channel has none. Channels without windows cost no
 * reads.
 * @param now epoch ms
 */
export async function readWindows(
  store: Pick<Store, "getMany">,
  adapters: Adapters,
  conversations: readonly Place[],
  now: number,
): Promise<readonly (ReplyWindow | null)[]> {
  const windowed = conversations.filter((one) => mayHaveWindow(adapters.get(one.channelType)));
  if (windowed.length === 0) return conversations.map(() => null);
  const channelIds = [...new Set(windowed.map(({ channelId }) => channelId))];
  const [channels, heard] = await Promise.all([
    store.getMany(channelIds.map((id) => keys.channel(id))),
    store.getMany(windowed.map((one) => keys.heard(one.channelId, one.contactId))),
  ]);
  return conversations.map((one) => {
    const index = windowed.indexOf(one);
    if (index < 0) return null;
    const channel = channels[channelIds.indexOf(one.channelId)] ?? null;
    return windowOf(adapters, one, channel, heard[index] ?? null, now);
  });
}

/** The reply window of one conversation, read from the store or within a commit. @param now epoch ms */
export async function readWindow(
  read: <T>(key: Key<T>) => Promise<T | null>,
  adapters: Adapters,
  conversation: Place,
  now: number,
): Promise<ReplyWindow | null> {
  if (!mayHaveWindow(adapters.get(conversation.channelType))) return null;
  const { channelId, contactId } = conversation;
  const [channel, heard] = await Promise.all([
    read(keys.channel(channelId)),
    read(keys.heard(channelId, contactId)),
  ]);
  return windowOf(adapters, conversation, channel, heard, now);
}

function mayHaveWindow(adapter: AnyAdapter | undefined): boolean {
  return adapter !== undefined &&
    (adapter.capabilities.window !== null || adapter.capabilitiesOf !== undefined);
}

function windowOf(
  adapters: Adapters,
  { channelType }: Place,
  channel: Channel | null,
  heardAt: number | null,
  now: number,
): ReplyWindow | null {
  const adapter = adapters.get(channelType);
  if (adapter === undefined) return null;
  const limits = channel === null
    ? adapter.capabilities.window
    : capabilitiesOf(adapter, channel.config).window;
  return limits === null ? null : replyWindow(limits, heardAt, now);
}
