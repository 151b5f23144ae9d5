import type { AnyAdapter, OutboundPart, SendError, SendReceipt } from "../channel/mod.ts";
import type { Channels } from "../channels/mod.ts";
import { clip } from "../clip.ts";
import { displayName, holdReason } from "../contacts/mod.ts";
import { readBody } from "../conversations/mod.ts";
import type { CoreContext } from "../context.ts";
import type { JobContext } from "../jobs/mod.ts";
import { sanitizeOutgoing } from "../mail_html/mod.ts";
import type { Contact } from "../model/contact.ts";
import type { Conversation } from "../model/conversation.ts";
import type { Message } from "../model/message.ts";
import type { Result } from "../result.ts";
import { type Job, keys, type OutboxRecord, transact, type Tx } from "../store/mod.ts";
import { hasLeft } from "./advance_status.ts";
import { breaksChannel, nextStep, type Outcome } from "./next_step.ts";
import { BLOCKED_WAIT_MS, SEND_JOB } from "./send_job.ts";
import { deliveryError, settle, type Settled } from "./settle.ts";

/** The handler of the send job. */
export function createSender(
  context: CoreContext,
  channels: Channels,
): (job: Job, run: JobContext) => Promise<void> {
  const { store, adapters, ports } = context;

  return async function send(job, run) {
    const conversationId = String(job.payload.conversationId);
    const seq = Number(job.payload.seq);
    await store.inTurn(`send ${conversationId}`, async () => {
      const claim = await transact(store, (tx) => claimMessage(tx, job, run, conversationId, seq), {
        queue: conversationId,
      });
      if (claim === null) return;
      const adapter = adapters.get(claim.conversation.channelType);
      const outcome = claim.isRecovered
        ? { kind: "crashed" } as const
        : await call(adapter, claim, run.signal);
      await transact(store, (tx) => finish(tx, run, claim, adapter, outcome), {
        queue: conversationId,
      });
    });
  };

  /** Gives the message to its adapter; whatever comes back, a throw included, is an outcome. */
  async function call(
    adapter: AnyAdapter | undefined,
    claim: Claim,
    signal: AbortSignal,
  ): Promise<Called> {
    const refused = (error: SendError): Called => ({ kind: "refused", error });
    if (adapter === undefined) {
      return refused({
        code: "unsupported",
        message: "This kind of channel is no longer installed",
      });
    }
    const opened = await channels.open(claim.outbox.channelId);
    if (!opened.ok) return refused({ code: "config", message: opened.error });
    const { channel, view, io, redact } = opened.value;
    if (channel.status === "paused") return refused(PAUSED);
    const contact = await store.get(keys.contact(claim.conversation.contactId));
    const held = heldBecause(claim, contact);
    if (held !== null) return refused(held);
    const about = { channelId: channel.id, messageId: claim.message.id };
    let part: OutboundPart;
    try {
      part = await partOf(claim, contact);
    } catch (error) {
      // Nothing was called yet: no doubt about where it is.
      ports.log("error", "message not prepared", { ...about, error: wordsOf(error) });
      return refused({ code: "unavailable", message: "The message could not be read" });
    }
    let result: Result<SendReceipt, SendError>;
    try {
      result = await adapter.send(part, view, io(signal));
    } catch (error) {
      // An adapter that throws has a bug; the message may be out.
      ports.log("error", "adapter threw while sending", {
        ...about,
        error: redact(wordsOf(error)),
      });
      return refused({
        code: "ambiguous",
        message: "Sending broke off in the middle. It may have arrived.",
      });
    }
    return result.ok
      ? { kind: "sent", receipt: result.value }
      : refused(shown(result.error, redact));
  }

  async function partOf(
    { message, conversation }: Claim,
    contact: Contact | null,
  ): Promise<OutboundPart> {
    const body = await readBody(store, message);
    const records = await store.getMany(message.attachments.map(({ id }) => keys.attachment(id)));
    return {
      outboxId: message.id,
      conversationId: conversation.id,
      conversationNumber: conversation.number,
      createdAt: message.createdAt,
      index: 0,
      recipient: {
        contactId: conversation.contactId,
        name: contact === null ? conversation.contactName : displayName(contact),
        identities: contact?.identities.map(({ kind, value }) => ({ kind, value })) ?? [],
      },
      // Customers get to know people, not the names of API tokens.
      authorName: message.author.type === "user" ? message.author.name : "",
      text: body.text,
      ...body.html === undefined ? {} : { html: await sanitizeOutgoing(body.html) },
      attachments: records.filter((record) => record !== null).map((record) => ({
        id: record.id,
        name: record.name,
        type: record.type,
        size: record.size,
        ...record.contentId === undefined ? {} : { contentId: record.contentId },
        bytes: async () => {
          const bytes = await store.blobs.read(record.blob.id);
          if (bytes === null) {
            throw new Error(`Cannot read attachment "${record.id}": its blob is missing`);
          }
          return bytes;
        },
      })),
      ...message.email === undefined
        ? {}
        : { email: recipients(message.email, contact?.emails ?? []) },
    };
  }

  /** Writes what follows the call, in one commit with the job's own end. */
  async function finish(
    tx: Tx,
    run: JobContext,
    claim: Claim,
    adapter: AnyAdapter | undefined,
    outcome: Called,
  ): Promise<void> {
    const { conversationId, seq } = claim.outbox;
    const [outbox, message, conversation] = await Promise.all([
      tx.get(keys.outbox(conversationId, seq)),
      tx.get(keys.message(conversationId, seq)),
      tx.get(keys.conversation(conversationId)),
    ]);
    run.complete(tx);
    if (outbox === null || message === null || conversation === null) return;
    if (message.status !== "sending") {
      // A receipt was faster than the provider's answer, and knows more.
      await settle(tx, outbox, message, conversation, reported(message, outcome));
      return;
    }
    const share = (ports.random.bytes(1)[0] ?? 0) / 255;
    const step = nextStep(outcome, {
      now: tx.now,
      attempts: outbox.attempts,
      idempotentSend: adapter?.capabilities.idempotentSend ?? false,
      share,
    });
    if (outcome.kind === "refused" && breaksChannel(outcome.error)) {
      await channels.markBroken(tx, outbox.channelId, outcome.error.message);
    } else if (outcome.kind === "sent") await channels.markWorking(tx, outbox.channelId);
    switch (step.kind) {
      case "settle": {
        const receipt = outcome.kind === "sent"
          ? outcome.receipt
          : { externalId: null, status: "sent" as const };
        await settle(tx, outbox, message, conversation, { status: receipt.status, receipt });
        return;
      }
      case "retry": {
        const payload = { conversationId, seq };
        const job = tx.job({ kind: SEND_JOB, payload, dueAt: Math.max(step.dueAt, tx.now + 1) });
        const error = outcome.kind === "refused" ? { error: deliveryError(outcome.error) } : {};
        tx.set(keys.outbox(conversationId, seq), { ...outbox, state: "retrying", job });
        tx.set(keys.message(conversationId, seq), { ...message, status: "queued", ...error });
        tx.emit(updated(conversation, message));
        return;
      }
      case "fail":
      case "ask": {
        const error = outcome.kind === "refused" ? deliveryError(outcome.error) : CRASHED;
        const status = step.kind === "ask" ? "ambiguous" : "failed";
        await settle(tx, outbox, message, conversation, { status, error });
        return;
      }
    }
  }
}

/** Mail to addresses that it came back from waits for somebody who insists. */
function heldBecause({ message, outbox }: Claim, contact: Contact | null): SendError | null {
  if (message.email === undefined || outbox.isInsisted === true) return null;
  const { to } = recipients(message.email, contact?.emails ?? []);
  const mark = holdReason(contact, to.map(({ address }) => address));
  return mark === null ? null : {
    code: "recipient_unreachable",
    message: `Held: the last mail to ${mark.address} came back. Retry sends it all the same.`,
    provider: mark.reason,
  };
}

const PAUSED: SendError = {
  code: "rate_limited",
  message: "The channel is paused",
  retryAfterMs: 60_000,
  scope: "channel",
};
const MAX_WORDS = 1_000;

/** A refusal fit to be stored: without secrets, and not as long as a provider likes. */
function shown(error: SendError, redact: (text: string) => string): SendError {
  const words = (text: string) => clip(redact(text), MAX_WORDS);
  return {
    ...error,
    message: words(error.message),
    ...error.provider === undefined ? {} : { provider: words(error.provider) },
  };
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? clip(error.message, MAX_WORDS) : "unknown";
}

const CRASHED = {
  code: "ambiguous",
  message:
    "Parley stopped while this was being sent. It may have arrived: look before you send it again.",
};

type Called = Exclude<Outcome, { kind: "sent" }> | {
  readonly kind: "sent";
  readonly receipt: SendReceipt;
};

interface Claim {
  readonly outbox: OutboxRecord;
  readonly message: Message;
  readonly conversation: Conversation;
  /** The process that had called the provider for it died. */
  readonly isRecovered: boolean;
}

/** How a message ended of which a receipt came first. */
function reported(message: Message, outcome: Called): Settled {
  return {
    status: hasLeft(message.status) ? message.status : "failed",
    ...message.error === undefined ? {} : { error: message.error },
    ...outcome.kind === "sent" ? { receipt: outcome.receipt } : {},
  };
}

/**
 * Marks the message as being sent, or finds a reason not to: gone, canceled, or an earlier one of its conversation
 * is still on its way.
 */
async function claimMessage(
  tx: Tx,
  job: Job,
  run: JobContext,
  conversationId: string,
  seq: number,
): Promise<Claim | null> {
  const [outbox, message, conversation] = await Promise.all([
    tx.get(keys.outbox(conversationId, seq)),
    tx.get(keys.message(conversationId, seq)),
    tx.read(keys.conversation(conversationId)),
  ]);
  if (outbox === null || message === null || conversation === null) {
    run.complete(tx);
    return null;
  }
  if (hasLeft(message.status)) {
    // A receipt came since the last attempt.
    run.complete(tx);
    const row = await tx.get(keys.conversation(conversationId)) ?? conversation;
    await settle(tx, outbox, message, row, { status: message.status });
    return null;
  }
  if (outbox.state === "sending") {
    return { outbox, message, conversation, isRecovered: true };
  }
  const earlier = await findEarlier(tx, outbox);
  if (earlier !== null) {
    // Checked: when the earlier one settles meanwhile, this runs again and finds the way free.
    await tx.get(keys.outbox(conversationId, earlier.seq));
    run.complete(tx);
    const moved = tx.job({ kind: SEND_JOB, payload: job.payload, dueAt: tx.now + BLOCKED_WAIT_MS });
    tx.set(keys.outbox(conversationId, seq), { ...outbox, state: "queued", job: moved });
    return null;
  }
  const sending: OutboxRecord = { ...outbox, state: "sending", attempts: outbox.attempts + 1 };
  const { error: _, ...rest } = message;
  const now: Message = { ...rest, status: "sending" };
  tx.set(keys.outbox(conversationId, seq), sending);
  tx.set(keys.message(conversationId, seq), now);
  tx.emit(updated(conversation, message));
  return { outbox: sending, message: now, conversation, isRecovered: false };
}

async function findEarlier(tx: Tx, outbox: OutboxRecord): Promise<OutboxRecord | null> {
  for await (const { value } of tx.list(keys.outboxOf(outbox.conversationId))) {
    if (value.seq >= outbox.seq) return null;
    if (value.state !== "scheduled") return value;
  }
  return null;
}

function updated(conversation: Conversation, message: Message) {
  return {
    type: "message.updated",
    actor: { type: "system", id: null, name: "Parley" },
    conversationId: conversation.id,
    inboxId: conversation.inboxId,
    messageId: message.id,
    seq: message.seq,
    changed: ["status"],
  } as const;
}

function recipients(
  email: NonNullable<Message["email"]>,
  known: readonly string[],
): NonNullable<OutboundPart["email"]> {
  const { to, cc, bcc, subject, inReplyTo, references } = email;
  const first = known[0];
  return {
    to: to.length > 0 || first === undefined ? to : [{ name: "", address: first }],
    cc,
    bcc,
    subject,
    inReplyTo,
    references,
  };
}
