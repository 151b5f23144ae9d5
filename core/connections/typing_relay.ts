import type { Channels } from "../channels/mod.ts";
import type { CoreContext } from "../context.ts";
import { followMerges } from "../conversations/mod.ts";
import type { Presence, TypingSign } from "../events/mod.ts";
import { recipientOf } from "../outbox/mod.ts";
import { keys } from "../store/mod.ts";

/** Of how long a customer sees a sign: then it is given again. */
const REPEAT_SHARE = 0.7;
/** Conversations remembered; the oldest sign is forgotten first. */
const MAX_SHOWN = 5_000;

/**
 * Shows customers on channels with a `typing` port that an agent writes. Nothing waits for it: a provider that does not
 * answer is asked again with the next sign.
 * @returns what ends it, once what is under way has ended
 */
export function relayTyping(
  context: CoreContext,
  channels: Pick<Channels, "open">,
  presence: Pick<Presence, "onTyping">,
): () => Promise<void> {
  const { store, ports, adapters } = context;
  const ended = new AbortController();
  const shownUntil = new Map<string, number>();
  const running = new Set<Promise<void>>();

  async function show({ conversationId }: TypingSign): Promise<void> {
    const found = await store.get(keys.conversation(conversationId));
    if (found === null) return;
    const conversation = await followMerges((key) => store.get(key), found);
    const port = adapters.get(conversation.channelType)?.typing;
    if (port === undefined) return;
    const now = ports.clock.now();
    if ((shownUntil.get(conversation.id) ?? 0) > now) return;
    shownUntil.delete(conversation.id);
    shownUntil.set(conversation.id, now + port.lastsMs * REPEAT_SHARE);
    const [oldest] = shownUntil.keys();
    if (shownUntil.size > MAX_SHOWN && oldest !== undefined) shownUntil.delete(oldest);

    const opened = await channels.open(conversation.channelId);
    if (!opened.ok || opened.value.channel.status === "paused") return;
    const { adapter, view, io, redact } = opened.value;
    const contact = await store.get(keys.contact(conversation.contactId));
    const recipient = recipientOf(conversation, contact);
    const shown = await adapter.typing?.show(recipient, view, io(ended.signal));
    if (shown?.ok === false) {
      const { channelId } = conversation;
      ports.log("info", "typing not shown", { channelId, reason: redact(shown.error) });
    }
  }

  const stop = presence.onTyping((sign) => {
    if (!sign.isTyping || sign.who.type !== "user") return;
    const shown = show(sign).catch((error) => {
      if (!ended.signal.aborted) ports.log("warn", "typing not shown", { error: String(error) });
    }).finally(() => running.delete(shown));
    running.add(shown);
  });
  return async () => {
    stop();
    ended.abort();
    await Promise.all(running);
  };
}
