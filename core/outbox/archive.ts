import type { Channels } from "../channels/mod.ts";
import type { CoreContext } from "../context.ts";
import { placeNow } from "../conversations/mod.ts";
import type { JobHandler } from "../jobs/mod.ts";
import { keys } from "../store/mod.ts";
import type { LetterPort } from "./letter_port.ts";
import { outboundPart } from "./outbound_part.ts";

/** Kind of the job that files the copy of a sent message: payload `{conversationId, seq, messageId}`. */
export const ARCHIVE_JOB = "outbox.archive";

/** Tries, within some hours. */
const MAX_TRIES = 20;

/** The handler of the archive job. The message is sent whatever becomes of its copy. */
export function createArchiver(
  context: CoreContext,
  channels: Channels,
  letters: Pick<LetterPort, "content">,
): JobHandler {
  const { store, ports } = context;

  return async function archive(job, run) {
    const { conversationId, seq } = await placeNow((key) => store.get(key), job.payload);
    const message = await store.get(keys.message(conversationId, seq));
    const conversation = await store.get(keys.conversation(conversationId));
    if (message?.sentAt === undefined || conversation === null) return;
    const opened = await channels.open(message.channelId ?? conversation.channelId);
    if (!opened.ok) return;
    const { adapter, view, io } = opened.value;
    if (adapter.archive?.isUsed(view.config) !== true) return;
    const contact = await store.get(keys.contact(conversation.contactId));
    const part = await outboundPart(context, letters, { message, conversation }, contact);
    const sent = { externalId: message.externalId ?? null, sentAt: message.sentAt };
    const filed = await adapter.archive.file(part, sent, view, io(run.signal));
    if (filed.ok) return;
    const { code, provider = "" } = filed.error;
    const isPassing = code === "unavailable" || code === "rate_limited";
    if (isPassing && job.attempts < MAX_TRIES) throw new Error(`Cannot file the copy: ${code}`);
    ports.log("warn", "copy not filed", {
      channelId: opened.value.channel.id,
      messageId: message.id,
      code,
      provider: opened.value.redact(provider),
    });
  };
}
