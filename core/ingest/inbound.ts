import { can, type Principal } from "../access/mod.ts";
import type { Attachments } from "../attachments/mod.ts";
import {
  type IdentityInput,
  type InboundEvent,
  InboundEvent as EventSchema,
  type MessageEvent,
  type WebhookRequest,
} from "../channel/mod.ts";
import type { Channels } from "../channels/mod.ts";
import type { CoreContext } from "../context.ts";
import { type CoreError, notFound } from "../errors.ts";
import type { Presence } from "../events/mod.ts";
import type { JobHandler } from "../jobs/mod.ts";
import type { Channel } from "../model/channel.ts";
import { err, ok, type Result } from "../result.ts";
import { type JournalRecord, keys, transact } from "../store/mod.ts";
import { actionMessage } from "./action_message.ts";
import { ingestAnswer } from "./ingest_answer.ts";
import { ingestConsent, ingestContactUpdate, ingestIdentities } from "./ingest_contact.ts";
import { ingestEcho } from "./ingest_echo.ts";
import { ingestNews } from "./ingest_news.ts";
import { ingestMessage, type IngestOptions, type IngestResult } from "./ingest_message.ts";
import { ingestControl, ingestProblem, ingestTyping } from "./ingest_notes.ts";
import { noteResult } from "./note_result.ts";
import { withOwnIdentities } from "./own_identities.ts";
import { createParser, PARSE_JOB } from "./parse_delivery.ts";
import { appDoor } from "./app_door.ts";
import type { Door, Received, ReceiveError } from "./door.ts";
import { channelDoor } from "./receive.ts";
import { ingestReport } from "./ingest_report.ts";
import { ingestStatus } from "./ingest_status.ts";
import { submissionMessage } from "./submission_message.ts";

/** What comes in, from every channel. */
export interface Inbound {
  /** Where deliveries come in by HTTP; the error says that there is no such place. */
  door(
    place: { readonly channelId: string } | { readonly appId: string },
  ): Promise<Result<Door, ReceiveError>>;
  /** Takes a delivery to a channel's own door. */
  receive(
    channelId: string,
    request: WebhookRequest,
    signal: AbortSignal,
  ): Promise<Result<Received, ReceiveError>>;
  /** Stores an event of a channel in process, one commit. `null` when the channel is gone. */
  ingest(
    channelId: string,
    event: InboundEvent,
    options?: IngestOptions,
  ): Promise<IngestResult | null>;
  /** Deliveries that could not be parsed, newest first. */
  failed(
    principal: Principal,
    query: { readonly channelId?: string | undefined; readonly limit?: number | undefined },
  ): Promise<Result<readonly JournalRecord[], CoreError>>;
  /** Parses a failed delivery again, after a fix. Errors: conflict when it did not fail. */
  replay(principal: Principal, journalId: string): Promise<Result<JournalRecord, CoreError>>;
  /** Handler of {@link PARSE_JOB}. */
  readonly parse: JobHandler;
}

/** Longer than any test waits. */
const TEST_KEPT_MS = 60 * 60 * 1_000;

/** The way in, over the store, the channels and their adapters. */
export function createInbound(
  context: CoreContext,
  { channels, attachments, presence }: {
    readonly channels: Channels;
    readonly attachments: Attachments;
    readonly presence: Pick<Presence, "setTyping">;
  },
): Inbound {
  const { store } = context;

  async function ingestEvent(
    channel: Channel,
    given: InboundEvent,
    options: IngestOptions = {},
  ): Promise<IngestResult> {
    const event = withOwnIdentities(channel.id, given);
    switch (event.type) {
      case "message":
        return event.direction === "in"
          ? await ingestInbound(channel, event, options)
          : await ingestEcho(context, channel, event, options) ??
            await ingestMessage(context, channel, event, options);
      case "action":
        return await ingestInbound(channel, actionMessage(event), options);
      case "message_updated":
      case "message_deleted":
      case "reaction":
        return await ingestNews(context, channel, event, options);
      case "submission":
        return await ingestInbound(channel, submissionMessage(channel, event), options);
      case "status":
        return await ingestStatus(context, channel, event, options);
      case "opt_out":
      case "opt_in":
        return await ingestConsent(context, channel, event, options);
      case "contact_updated":
        return await ingestContactUpdate(context, event, options);
      case "identities_changed":
        return await ingestIdentities(context, channel, event, options);
      case "typing":
        return await ingestTyping(context, presence, channel, event, options);
      case "control":
        return await ingestControl(context, channel, event, options);
      case "channel_problem":
        return await ingestProblem(context, channels, channel, event, options);
      case "ignored":
        return await note(options, event.reason);
      case "test":
        return await note({
          ...options,
          also(tx, result) {
            const key = keys.channelTest(channel.id, event.externalId);
            tx.set(key, tx.now, { expireInMs: TEST_KEPT_MS });
            options.also?.(tx, result);
          },
        }, "a test of this channel by Parley itself");
      default:
        // Channels that send these arrive with the issues that show them; until then they are kept in the journal.
        return await note(options, `"${event.type}" events are not shown yet`);
    }
  }

  async function ingestInbound(
    channel: Channel,
    given: MessageEvent,
    options: IngestOptions,
  ): Promise<IngestResult> {
    const answer = await ingestAnswer(
      context,
      { attachments, channels },
      channel,
      given,
      options,
    );
    if (answer.kind === "done") return answer.result;
    const { event } = answer;
    return await ingestReport(context, channel, event, options) ??
      await ingestMessage(context, channel, event, {
        ...options,
        isOwn: await isOwn(event.sender.identities),
      });
  }

  /** Mail from a mailbox of ours to another: two of them must never keep each other busy. */
  async function isOwn(identities: readonly IdentityInput[]): Promise<boolean> {
    const addresses = identities.filter(({ kind }) => kind === "email");
    if (addresses.length === 0) return false;
    const isOwnAddress = await channels.ownAddresses();
    return addresses.some(({ value }) => isOwnAddress(value));
  }

  function note(options: IngestOptions, reason: string): Promise<IngestResult> {
    return noteResult(store, options, { kind: "ignored", reason });
  }

  /** Also those that were removed since. One step for each, however many failures it has. */
  async function channelsWithFailures(): Promise<readonly string[]> {
    const ids: string[] = [];
    for (let last = "";; last = ids.at(-1) ?? "") {
      const [next] = await Array.fromAsync(
        store.list(keys.journalFailedAfter(last), { limit: 1 }),
      );
      if (next === undefined) return ids;
      ids.push(String(next.path[1]));
    }
  }

  return {
    door: async (place) =>
      "appId" in place
        ? await appDoor(context, place.appId)
        : await channelDoor(context, channels, place.channelId),

    async receive(channelId, request, signal) {
      const door = await channelDoor(context, channels, channelId);
      return door.ok ? await door.value.receive(request, signal) : door;
    },

    async ingest(channelId, event, options) {
      const channel = options?.channel ?? await store.get(keys.channel(channelId));
      return channel === null
        ? null
        : await ingestEvent(channel, EventSchema.parse(event), options);
    },

    async failed(principal, { channelId, limit = 50 }) {
      if (!can(principal, "journal.read")) return err({ code: "forbidden" });
      const ids: string[] = [];
      for (const one of channelId === undefined ? await channelsWithFailures() : [channelId]) {
        const range = keys.journalFailedOfChannel(one);
        for await (const { path } of store.list(range, { reverse: true, limit })) {
          ids.push(String(path.at(-1)));
        }
      }
      const found = await store.getMany(ids.map((id) => keys.journal(id)));
      const newestFirst = found.filter((one) => one !== null)
        .sort((a, b) => b.receivedAt - a.receivedAt);
      return ok(newestFirst.slice(0, limit));
    },

    async replay(principal, journalId) {
      if (!can(principal, "journal.read")) return err({ code: "forbidden" });
      return await transact<Result<JournalRecord, CoreError>>(store, async (tx) => {
        const journal = await tx.get(keys.journal(journalId));
        if (journal === null) return err(notFound("delivery"));
        if (journal.state !== "failed") {
          return err({
            code: "conflict",
            message: `Only failed deliveries can be parsed again; this one is ${journal.state}`,
          });
        }
        const again: JournalRecord = {
          ...journal,
          state: "received",
          error: null,
          settledAt: null,
        };
        tx.set(keys.journal(journalId), again);
        tx.delete(keys.journalFailed(journal.channelId, journal.receivedAt, journalId));
        const { channelId } = journal;
        tx.job({ kind: PARSE_JOB, payload: { journalId, channelId }, dueAt: tx.now });
        return ok(again);
      });
    },

    parse: createParser(context, channels, ingestEvent),
  };
}
