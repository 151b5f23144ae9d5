import { type InboundEvent, InboundEvent as EventSchema } from "../channel/mod.ts";
import type { Channels, OpenedChannel } from "../channels/mod.ts";
import type { CoreContext } from "../context.ts";
import type { JobContext, JobHandler } from "../jobs/mod.ts";
import type { Channel } from "../model/channel.ts";
import { type JournalRecord, keys, transact, type Tx } from "../store/mod.ts";
import { planDrop } from "./drop_delivery.ts";
import type { IngestOptions, IngestResult } from "./ingest_message.ts";

/** Kind of the job that parses a journalled delivery: payload `{journalId}`. */
export const PARSE_JOB = "ingest.parse";

/** Crashes after which a delivery is taken to be what crashes the process. */
const MAX_RUNS = 3;

/** Stores one event; what `also` adds goes into the same commit. */
export type IngestEvent = (
  channel: Channel,
  event: InboundEvent,
  options?: IngestOptions,
) => Promise<IngestResult>;

/** The handler of the parse job: journal → events → one commit each, the last of which settles the journal. */
export function createParser(
  context: CoreContext,
  channels: Channels,
  ingestEvent: IngestEvent,
): JobHandler {
  const { store, ports } = context;

  return async function parse(job, run) {
    const journal = await store.get(keys.journal(String(job.payload.journalId)));
    if (journal === null || journal.state !== "received") return;
    if (run.recovered && job.attempts > MAX_RUNS) {
      return await fail(run, journal, "Parsing it ended the process several times");
    }
    const opened = await channels.open(journal.channelId);
    // The channel's settings may be mended: the delivery waits in the list of failed ones.
    if (!opened.ok) return await fail(run, journal, opened.error);
    const parsed = await eventsOf(opened.value, journal, run.signal);
    if ("error" in parsed) return await fail(run, journal, parsed.error);
    const results: IngestResult[] = [];
    const { events } = parsed;
    for (const [index, event] of events.entries()) {
      const isLast = index === events.length - 1;
      const also = (tx: Tx, result: IngestResult) => {
        if (isLast) settle(tx, run, journal, [...results, result]);
      };
      results.push(
        await ingestEvent(opened.value.channel, event, {
          journalId: journal.id,
          isHistory: journal.isHistory ?? false,
          also,
        }),
      );
    }
  };

  /** What the adapter reads in the bytes; an adapter that breaks its contract fails this delivery only. */
  async function eventsOf(
    { adapter, view, io }: OpenedChannel,
    journal: JournalRecord,
    signal: AbortSignal,
  ): Promise<{ readonly events: readonly InboundEvent[] } | { readonly error: string }> {
    const body = await store.blobs.read(journal.blob.id);
    if (body === null) return { error: "Its bytes are missing" };
    const port = journal.via === "poll" ? adapter.poll : adapter.webhook;
    if (port === undefined) return { error: "This kind of channel takes no such deliveries" };
    const { contentType, headers, receivedAt } = journal;
    try {
      const events = await port.parse(
        { contentType, headers, body, receivedAt },
        view,
        io(signal),
      );
      const checked = events.map((event) => EventSchema.parse(event));
      const broken = checked.find((event) => event.type === "unparsable");
      if (broken !== undefined) return { error: broken.reason };
      return checked.length === 0
        ? { error: "The adapter found nothing in it" }
        : { events: checked };
    } catch (error) {
      ports.log("error", "adapter threw while parsing", {
        journalId: journal.id,
        channelId: journal.channelId,
      });
      return { error: `The adapter failed: ${error instanceof Error ? error.name : "unknown"}` };
    }
  }

  async function fail(run: JobContext, journal: JournalRecord, error: string): Promise<void> {
    await transact(store, (tx) => {
      run.complete(tx);
      const failed: JournalRecord = {
        ...journal,
        state: "failed",
        error,
        attempts: journal.attempts + 1,
        settledAt: tx.now,
      };
      tx.set(keys.journal(journal.id), failed);
      planDrop(tx, failed);
      tx.set(keys.journalFailed(journal.channelId, journal.receivedAt, journal.id), true);
      return Promise.resolve();
    });
    ports.log("warn", "delivery not parsed", {
      journalId: journal.id,
      channelId: journal.channelId,
      error,
    });
  }
}

function settle(
  tx: Tx,
  run: JobContext,
  journal: JournalRecord,
  results: readonly IngestResult[],
): void {
  run.complete(tx);
  const stored = results.filter((result) =>
    result.kind === "stored" || result.kind === "duplicate"
  );
  const ignored = results.find((result) => result.kind === "ignored");
  const state = results.some((result) => result.kind === "stored" || result.kind === "updated")
    ? "done"
    : stored.length > 0
    ? "duplicate"
    : "ignored";
  const settled: JournalRecord = {
    ...journal,
    state,
    attempts: journal.attempts + 1,
    error: state === "ignored" ? ignored?.reason ?? null : null,
    messageIds: stored.map(({ messageId }) => messageId),
    conversationIds: [...new Set(stored.map(({ conversationId }) => conversationId))],
    settledAt: tx.now,
  };
  tx.set(keys.journal(journal.id), settled);
  planDrop(tx, settled);
}
