import { capabilitiesOf, type RefusedRecipient } from "../channel/mod.ts";
import type { Channels } from "../channels/mod.ts";
import type { CoreContext } from "../context.ts";
import { placeNow, putConversation, withLatestWords } from "../conversations/mod.ts";
import type { JobContext } from "../jobs/mod.ts";
import type { Conversation } from "../model/conversation.ts";
import type { Message, MessagePiece } from "../model/message.ts";
import { type Job, keys, type OutboxRecord, transact, type Tx } from "../store/mod.ts";
import { hasLeft } from "./advance_status.ts";
import { ARCHIVE_JOB } from "./archive.ts";
import { callAdapter, type Called } from "./call_adapter.ts";
import { type Claim, claimMessage, statusChanged } from "./claim_message.ts";
import { joinEarly } from "./join_early.ts";
import type { LetterPort } from "./letter_port.ts";
import { breaksChannel, nextStep } from "./next_step.ts";
import { noteRefused } from "./note_refused.ts";
import { pieceWords } from "./pieces.ts";
import { SEND_JOB } from "./send_job.ts";
import { deliveryError, knownIds, settle, type Settled } from "./settle.ts";
import { sentByStandIn } from "./stand_in.ts";

/** The handler of the send job. */
export function createSender(
  context: CoreContext,
  channels: Channels,
  letters: LetterPort,
): (job: Job, run: JobContext) => Promise<void> {
  const { store, adapters, ports } = context;

  return async function send(job, run) {
    const { conversationId } = await placeNow((key) => store.get(key), job.payload);
    await store.inTurn(`send ${conversationId}`, async () => {
      const claim = await transact(store, async (tx) => {
        const place = await placeNow((key) => tx.read(key), job.payload);
        return await claimMessage(tx, job, run, place, letters);
      }, { queue: conversationId });
      if (claim === null) return;
      const outcome: Called = claim.isRecovered ? { kind: "crashed" } : await callAdapter(
        context,
        channels,
        letters,
        claim,
        run.signal,
        (pieces) => notePieces(claim, pieces),
      );
      await transact(store, (tx) => finish(tx, run, claim, outcome), {
        queue: claim.conversation.id,
      });
    });
  };

  /** Whoever takes the message over, should this process die, repeats no piece that has left. */
  async function notePieces(
    { message: { id }, outbox: { conversationId: where, attempts } }: Claim,
    pieces: readonly MessagePiece[],
  ): Promise<boolean> {
    return await transact(store, async (tx) => {
      const { conversationId, seq } = await placeNow((key) => tx.read(key), { messageId: id });
      const [outbox, message] = await Promise.all([
        tx.get(keys.outbox(conversationId, seq)),
        tx.get(keys.message(conversationId, seq)),
      ]);
      const isOurs = outbox?.state === "sending" && outbox.attempts === attempts;
      if (message === null || !isOurs || message.status !== "sending") return false;
      tx.set(keys.message(conversationId, seq), { ...message, pieces });
      return true;
    }, { queue: where });
  }

  /** Writes what follows the call, in one commit with the job's own end. */
  async function finish(
    tx: Tx,
    run: JobContext,
    claim: Claim,
    outcome: Called,
  ): Promise<void> {
    const messageId = claim.message.id;
    // It may have been moved while it was on its way.
    const { conversationId, seq } = await placeNow((key) => tx.read(key), {
      ...claim.outbox,
      messageId,
    });
    const [outbox, stored, found] = await Promise.all([
      tx.get(keys.outbox(conversationId, seq)),
      tx.get(keys.message(conversationId, seq)),
      tx.get(keys.conversation(conversationId)),
    ]);
    run.complete(tx);
    if (outbox === null || stored === null || found === null) return;
    const { message, conversation, contacts } = await noteRefused(
      tx,
      ports.ids,
      { message: withPieces(stored, outcome), conversation: found },
      { refused: refusedBy(outcome), isOut: outcome.kind === "sent" },
    );
    if (message.status !== "sending") {
      // A receipt was faster than the provider's answer, and knows more.
      const settled = { ...reported(message, outcome), contacts };
      await settleSent(tx, outbox, asSent(message, outcome), conversation, settled);
      return;
    }
    const channel = await tx.read(keys.channel(outbox.channelId));
    const adapter = adapters.get(channel?.type ?? conversation.channelType);
    const share = (ports.random.bytes(1)[0] ?? 0) / 255;
    const step = nextStep(outcome, {
      now: tx.now,
      attempts: outbox.attempts,
      idempotentSend: adapter !== undefined && channel !== null &&
        capabilitiesOf(adapter, channel.config).idempotentSend,
      share,
    });
    const broken = outcome.broken ??
      (outcome.kind === "refused" && breaksChannel(outcome.error) ? outcome.error : null);
    if (broken !== null) await channels.markBroken(tx, outbox.channelId, broken.message);
    else if (outcome.kind === "sent" && outcome.standIn === undefined) {
      await channels.markWorking(tx, outbox.channelId);
    }
    switch (step.kind) {
      case "settle": {
        const receipt = outcome.kind === "sent"
          ? outcome.receipt
          : { externalId: null, status: "sent" as const };
        const sent = await letters.planAfter(tx, conversation, asSent(message, outcome));
        await settleSent(tx, outbox, sent, conversation, {
          status: receipt.status,
          receipt,
          contacts,
          ...standInOf(outcome),
        });
        // What left by the inbox's fallback address was never sent from this mailbox.
        const isOwn = outcome.kind !== "sent" || outcome.standIn === undefined;
        if (adapter?.archive !== undefined && isOwn) {
          tx.job({ kind: ARCHIVE_JOB, payload: { conversationId, seq, messageId }, dueAt: tx.now });
        }
        return;
      }
      case "retry": {
        const payload = { conversationId, seq, messageId };
        const job = tx.job({ kind: SEND_JOB, payload, dueAt: Math.max(step.dueAt, tx.now + 1) });
        const error = outcome.kind === "refused" ? { error: deliveryError(outcome.error) } : {};
        tx.set(keys.outbox(conversationId, seq), { ...outbox, state: "retrying", job });
        tx.set(keys.message(conversationId, seq), { ...message, status: "queued", ...error });
        tx.emit(statusChanged(conversation, message));
        return;
      }
      case "fail":
      case "ask": {
        const told = outcome.kind === "refused" ? deliveryError(outcome.error) : CRASHED;
        const error = { ...told, message: pieceWords(message.pieces, told.message) };
        const status = step.kind === "ask" ? "ambiguous" : "failed";
        await settle(tx, outbox, message, conversation, { status, error, contacts });
        return;
      }
    }
  }

  /** Settles a message with what was told of it before the answer that names it. */
  async function settleSent(
    tx: Tx,
    outbox: OutboxRecord,
    message: Message,
    conversation: Conversation,
    settled: Settled,
  ): Promise<void> {
    const { receipt, status } = settled;
    if (receipt === undefined || !(hasLeft(status) || status === "failed")) {
      return void await settle(tx, outbox, message, conversation, settled);
    }
    const joined = await joinEarly(store, tx, message, {
      channelIds: [...new Set([outbox.channelId, settled.standInChannelId ?? outbox.channelId])],
      ids: knownIds(receipt),
      status,
      sentAt: message.sentAt ?? tx.now,
    });
    const row = await withLatestWords(tx, conversation, joined.message);
    if (row !== conversation) putConversation(tx, conversation, row);
    const { error } = joined;
    await settle(tx, outbox, joined.message, row, {
      ...settled,
      status: joined.status,
      ...error === undefined ? {} : { error },
    });
  }
}

function withPieces(message: Message, { pieces }: Called): Message {
  return pieces === undefined ? message : { ...message, pieces };
}

const CRASHED = {
  code: "ambiguous",
  message:
    "Parley stopped while this was being sent. It may have arrived: look before you send it again.",
};

function refusedBy(outcome: Called): readonly RefusedRecipient[] {
  switch (outcome.kind) {
    case "sent":
      return outcome.receipt.refused ?? [];
    case "refused":
      return outcome.error.refused ?? [];
    case "crashed":
      return [];
  }
}

/** The message with who really sent it. */
function asSent(message: Message, outcome: Called): Message {
  return outcome.kind === "sent" && outcome.standIn !== undefined
    ? sentByStandIn(message, outcome.standIn)
    : message;
}

function standInOf(outcome: Called): Pick<Settled, "standInChannelId"> {
  return outcome.kind === "sent" && outcome.standIn !== undefined
    ? { standInChannelId: outcome.standIn.channelId }
    : {};
}

/** How a message ended of which a receipt came first. */
function reported(message: Message, outcome: Called): Settled {
  return {
    status: hasLeft(message.status) ? message.status : "failed",
    ...message.error === undefined ? {} : { error: message.error },
    ...outcome.kind === "sent" ? { receipt: outcome.receipt } : {},
    ...standInOf(outcome),
  };
}
