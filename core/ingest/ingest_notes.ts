/** What providers tell besides messages: who types, who has a thread in hand, and that a channel needs somebody. */
import type { InboundEvent } from "../channel/mod.ts";
import type { Channels } from "../channels/mod.ts";
import { clip } from "../clip.ts";
import type { CoreContext } from "../context.ts";
import { findConversation } from "../conversations/mod.ts";
import { type Presence, TYPING_MS } from "../events/mod.ts";
import type { Channel } from "../model/channel.ts";
import type { Conversation } from "../model/conversation.ts";
import { type Key, keys, transact } from "../store/mod.ts";
import type { IngestOptions, IngestResult } from "./ingest_message.ts";
import { noteResult } from "./note_result.ts";
import { putTraceLine } from "./trace_line.ts";

const MAX_NAME = 100;
/** Of a provider's complaint. */
const MAX_WORDS = 1_000;

type EventOf<Type extends InboundEvent["type"]> = Extract<InboundEvent, { type: Type }>;

/** Shows the team that a customer types: now, and never again. */
export async function ingestTyping(
  { store, ports }: Pick<CoreContext, "store" | "ports">,
  presence: Pick<Presence, "setTyping">,
  channel: Channel,
  event: EventOf<"typing">,
  options: IngestOptions,
): Promise<IngestResult> {
  if (ports.clock.now() - event.occurredAt >= TYPING_MS) {
    return await noteResult(store, options, {
      kind: "ignored",
      reason: "they typed some time ago",
    });
  }
  const conversation = await threadOf((key) => store.get(key), channel, event.threadKey);
  if (conversation === null) return await noteResult(store, options, UNKNOWN);
  const { id, contactId, contactName } = conversation;
  presence.setTyping({
    conversationId: id,
    who: { type: "contact", id: contactId, name: contactName },
    isTyping: true,
  });
  return await noteResult(store, options, { kind: "updated", conversationIds: [id] });
}

/** Tells in the thread who has it in hand at the provider. */
export async function ingestControl(
  context: CoreContext,
  channel: Channel,
  event: EventOf<"control">,
  options: IngestOptions,
): Promise<IngestResult> {
  const { threadKey } = event;
  return await transact<IngestResult>(context.store, async (tx) => {
    const conversation = threadKey === undefined
      ? null
      : await threadOf((key) => tx.read(key), channel, threadKey);
    const result = conversation === null
      ? UNKNOWN
      : await putTraceLine({ tx, context, channel }, conversation.id, {
        externalId: event.externalId,
        event: { type: "control", from: null, to: clip(event.name, MAX_NAME) },
        text: event.payload,
        ...options.journalId === undefined ? {} : { journalId: options.journalId },
      });
    options.also?.(tx, result);
    return result;
  });
}

/** Marks the channel with what its provider complains of, until a send or a test goes through. */
export async function ingestProblem(
  { store }: Pick<CoreContext, "store">,
  channels: Pick<Channels, "markBroken">,
  channel: Channel,
  event: EventOf<"channel_problem">,
  options: IngestOptions,
): Promise<IngestResult> {
  return await transact<IngestResult>(store, async (tx) => {
    await channels.markBroken(tx, channel.id, clip(event.message, MAX_WORDS));
    const result: IngestResult = { kind: "updated", conversationIds: [] };
    options.also?.(tx, result);
    return result;
  });
}

const UNKNOWN: IngestResult = { kind: "ignored", reason: "its thread is not here" };

/** The conversation a provider's thread goes to now. */
async function threadOf(
  read: <T>(key: Key<T>) => Promise<T | null>,
  channel: Channel,
  threadKey: string,
): Promise<Conversation | null> {
  const id = await read(keys.thread(channel.id, threadKey));
  const found = id === null ? null : await findConversation(read, id);
  return found?.mergedIntoId === undefined ? found : null;
}
