import type { InboundEvent } from "../channel/mod.ts";
import type { Channels } from "../channels/mod.ts";
import type { CoreContext } from "../context.ts";
import type { JobContext, JobHandler } from "../jobs/mod.ts";
import type { Channel } from "../model/channel.ts";
import { type Job, type JournalRecord, keys, transact, type Tx } from "../store/mod.ts";
import { planDrop } from "./drop_delivery.ts";
import type { IngestOptions, IngestResult } from "./ingest_message.ts";
import { readEvents } from "./read_events.ts";

/** Kind of the job that parses a journalled delivery: payload `{journalId, channelId}`. */
export const PARSE_JOB = "ingest.parse";

/** Crashes after which a delivery is taken to be what crashes the process. */
const MAX_CRASHES = 3;
/** Runs that threw, half a minute in all: longer than the store's passing troubles. */
const MAX_RUNS = 6;
/** Events in a row that cannot be stored: then it is no fault of theirs. */
const MAX_UNSTORED = 20;
/** Ids of messages the journal names; a batch may hold thousands. */
const MAX_IDS = 100;

/** Stores one event; what `also` adds goes into the same commit. */
export type IngestEvent = (
  channel: Channel,
  event: InboundEvent,
  options?: IngestOptions,
) => Promise<IngestResult>;

/**
 * The handler of the parse job: journal → events → one commit each, the last of which settles the journal. Deliveries of
 * a channel are parsed side by side; what one sender wrote is stored in the order it came in.
 */
export function createParser(
  context: CoreContext,
  channels: Channels,
  ingestEvent: IngestEvent,
): JobHandler {
  const { store, ports } = context;

  return async function parse(job, run) {
    const parsing = read(job, run);
    // Awaited below, when its turn has come.
    parsing.catch(() => {});
    try {
      // Those before it need only be parsed: its own turn begins behind theirs.
      const { work } = await store.inTurn(`parse ${job.payload.channelId}`, async () => {
        const parsed = await parsing;
        return { work: parsed === null ? null : takeTurns(parsed, job, run) };
      });
      await work;
    } catch (cause) {
      if (job.attempts < MAX_RUNS || run.signal.aborted) throw cause;
      await giveUp(job, run, cause);
    }
  };

  /** Takes the turns of its senders at once, so that who wrote first is stored first; events are stored in order. */
  function takeTurns(parsed: Parsed | Unparsed, job: Job, run: JobContext): Promise<unknown> {
    if ("error" in parsed) return fail(run, parsed.journal, parsed.error);
    const { journal, channel, events } = parsed;
    const results: IngestResult[] = [];
    let before: Promise<unknown> = Promise.resolve();
    const turns = events.map((event, index) => {
      const previous = before;
      const isLast = index === events.length - 1;
      const turn = store.inTurn(turnOf(journal, event), async () => {
        await previous;
        const also = (tx: Tx, result: IngestResult) => {
          if (isLast) settle(tx, run, journal, [...results, result], job.attempts > 1);
        };
        const isHistory = journal.isHistory ?? false;
        results.push(
          await ingestEvent(channel, event, { journalId: journal.id, isHistory, also }),
        );
      });
      before = turn;
      return turn;
    });
    return Promise.all(turns);
  }

  /** Reads and parses a delivery; null when there is nothing to do any more. */
  async function read(job: Job, run: JobContext): Promise<Parsed | Unparsed | null> {
    const journal = await store.get(keys.journal(String(job.payload.journalId)));
    if (journal === null || journal.state !== "received") return null;
    if (run.recovered && job.attempts > MAX_CRASHES) {
      return { journal, error: "Parsing it ended the process several times" };
    }
    const opened = await channels.open(journal.channelId);
    // The channel's settings may be mended: the delivery waits in the list of failed ones.
    if (!opened.ok) return { journal, error: opened.error };
    const parsed = await readEvents(context, opened.value, journal, run.signal);
    return "error" in parsed
      ? { journal, ...parsed }
      : { journal, channel: opened.value.channel, ...parsed };
  }

  /** Storing it fails each time: it goes where an admin sees it, rather than to the dead jobs. */
  async function giveUp(job: Job, run: JobContext, cause: unknown): Promise<void> {
    const journal = await store.get(keys.journal(String(job.payload.journalId)));
    if (journal === null || journal.state !== "received") return;
    ports.log("error", "delivery not stored", {
      journalId: journal.id,
      error: cause instanceof Error ? cause.message : "unknown",
    });
    const results = await storeOthers(job, run);
    await fail(run, journal, "Storing what it holds failed; the log says why", results);
  }

  /** What cannot be stored may not keep back what came with it. */
  async function storeOthers(job: Job, run: JobContext): Promise<readonly IngestResult[]> {
    // Whatever cannot be read, nothing of it can be stored.
    const parsed = await read(job, run).catch(() => null);
    if (parsed === null || "error" in parsed) return [];
    const { journal, channel, events } = parsed;
    const options = { journalId: journal.id, isHistory: journal.isHistory ?? false };
    const results: IngestResult[] = [];
    let unstored = 0;
    for (const event of events) {
      try {
        results.push(
          await store.inTurn(
            turnOf(journal, event),
            () => ingestEvent(channel, event, options),
          ),
        );
        unstored = 0;
      } catch (cause) {
        if (run.signal.aborted) throw cause;
        if (++unstored >= MAX_UNSTORED) break;
      }
    }
    return results;
  }

  /** @param results of its events that were stored all the same */
  async function fail(
    run: JobContext,
    journal: JournalRecord,
    error: string,
    results: readonly IngestResult[] = [],
  ): Promise<void> {
    await transact(store, (tx) => {
      run.complete(tx);
      const failed: JournalRecord = {
        ...journal,
        state: "failed",
        error,
        attempts: journal.attempts + 1,
        ...idsOf(results),
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

/**
 * Whose turn an event waits for. Receipts wait for none: they only ever move a message forward. What was fetched waits
 * for all before it: after a pause, and in an import, a mail and somebody else's answer to it come together.
 */
function turnOf({ id, channelId, via }: JournalRecord, event: InboundEvent): string {
  if (via === "poll") return `ingest ${channelId}`;
  const [sender] = event.type === "message"
    ? event.sender.identities
    : event.type === "action"
    ? event.identities
    : [];
  return sender === undefined
    ? `ingest ${id}`
    : `ingest ${channelId} ${sender.kind} ${sender.value}`;
}

interface Parsed {
  readonly journal: JournalRecord;
  readonly channel: Channel;
  readonly events: readonly InboundEvent[];
}
interface Unparsed {
  readonly journal: JournalRecord;
  readonly error: string;
}

const EFFECTS: ReadonlySet<IngestResult["kind"]> = new Set(["stored", "updated", "early"]);

/** @param isRerun an earlier run may have stored what is now found to be there: those count as its messages. */
function settle(
  tx: Tx,
  run: JobContext,
  journal: JournalRecord,
  results: readonly IngestResult[],
  isRerun: boolean,
): void {
  run.complete(tx);
  const stored = results.filter((result) =>
    result.kind === "stored" || result.kind === "duplicate"
  );
  const ignored = results.find((result) => result.kind === "ignored");
  const isDone = results.some(({ kind }) => EFFECTS.has(kind)) || (isRerun && stored.length > 0);
  const state = isDone ? "done" : stored.length > 0 ? "duplicate" : "ignored";
  const settled: JournalRecord = {
    ...journal,
    state,
    attempts: journal.attempts + 1,
    error: state === "ignored" ? ignored?.reason ?? null : null,
    ...idsOf(results),
    settledAt: tx.now,
  };
  tx.set(keys.journal(journal.id), settled);
  planDrop(tx, settled);
}

/** Where what a delivery held is now. */
function idsOf(
  results: readonly IngestResult[],
): Pick<JournalRecord, "messageIds" | "conversationIds"> {
  const messageIds = results.flatMap((result) =>
    result.kind === "stored" || result.kind === "duplicate" ? [result.messageId] : []
  );
  return {
    messageIds: messageIds.slice(0, MAX_IDS),
    conversationIds: [...new Set(results.flatMap(conversationsOf))].slice(0, MAX_IDS),
  };
}

function conversationsOf(result: IngestResult): readonly string[] {
  switch (result.kind) {
    case "stored":
    case "duplicate":
      return [result.conversationId];
    case "updated":
      return result.conversationIds;
    default:
      return [];
  }
}
