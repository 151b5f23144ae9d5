import type { Channels } from "../channels/mod.ts";
import type { CoreContext } from "../context.ts";
import type { JobHandler } from "../jobs/mod.ts";
import { recipientOf } from "../outbox/mod.ts";
import { keys, transact } from "../store/mod.ts";

/** Messages looked back for one of the customer's. */
const LOOK_BACK = 100;

/** The handler of the read-receipt job: tells a customer once how far somebody of the team has read. */
export function createReceiptTeller(
  context: CoreContext,
  channels: Pick<Channels, "open">,
): JobHandler {
  const { store, ports } = context;

  return async function tell(job, run) {
    const conversationId = String(job.payload.conversationId);
    const upTo = Number(job.payload.seq);
    const conversation = await store.get(keys.conversation(conversationId));
    const told = await store.get(keys.readTold(conversationId)) ?? 0;
    if (conversation === null || told >= upTo) return;
    const opened = await channels.open(conversation.channelId);
    if (!opened.ok || opened.value.channel.status === "paused") return;
    const { adapter: { receipts }, view, io, redact } = opened.value;
    const latest = await latestInbound(conversationId, told, upTo);
    if (receipts === undefined || latest === null) return;
    const contact = await store.get(keys.contact(conversation.contactId));
    const shown = await receipts.markRead(
      recipientOf(conversation, contact),
      latest,
      view,
      io(run.signal),
    );
    if (!shown.ok) {
      // A receipt that comes much later says nothing any more: the next one will do.
      const { channelId } = conversation;
      return ports.log("info", "reading not told", { channelId, reason: redact(shown.error) });
    }
    await transact(store, async (tx) => {
      run.complete(tx);
      const before = await tx.get(keys.readTold(conversationId)) ?? 0;
      if (before < upTo) tx.set(keys.readTold(conversationId), upTo);
    });
  };

  /** The customer's latest message of those read now, as their provider knows it. */
  async function latestInbound(conversationId: string, after: number, upTo: number) {
    const range = keys.messagesBetween(conversationId, after + 1, upTo + 1);
    for await (const { value } of store.list(range, { reverse: true, limit: LOOK_BACK })) {
      const { kind, externalId, createdAt } = value;
      if (kind === "inbound" && externalId !== undefined) return { externalId, at: createdAt };
    }
    return null;
  }
}
