import type { SearchState } from "./admin/mod.ts";
import { type Access, createAccess, type Passwords } from "./access/mod.ts";
import { type Attachments, createAttachments } from "./attachments/mod.ts";
import { APP_CHANGED_JOB, type Apps, createApps } from "./apps/mod.ts";
import type { AnyAdapter, ListenOptions } from "./channel/mod.ts";
import { type Channels, CONNECTION_JOB, createChannels } from "./channels/mod.ts";
import type { Config } from "./config/mod.ts";
import {
  type ContactNotes,
  type Contacts,
  createContactMerger,
  createContactNotes,
  createContacts,
  createRenamer,
  MERGE_CONTACT_JOB,
  RENAME_JOB,
} from "./contacts/mod.ts";
import {
  type Accounts,
  createAccounts,
  createConnectionKeeper,
  createProfiler,
  createReceiptTeller,
  relayTyping,
} from "./connections/mod.ts";
import type { CoreContext } from "./context.ts";
import {
  type Conversations,
  createConversations,
  createEraser,
  createMessages,
  createRetagger,
  createWaker,
  ERASE_JOB,
  type Messages,
  purgeSpam,
  READ_RECEIPT_JOB,
  ReadMarks,
  WAKE_JOB,
} from "./conversations/mod.ts";
import { createDrafts, type Drafts, moveDrafts } from "./drafts/mod.ts";
import { createForms, type Forms } from "./forms/mod.ts";
import { createContinuity, LETTER_JOB } from "./continuity/mod.ts";
import { createDataDeletions, DATA_DELETION_JOB, type DataDeletions } from "./erasure/mod.ts";
import { createPresence, Hub, LiveTable, type Presence, trimLog } from "./events/mod.ts";
import { createFeed, type Feed, isCut, isMovedBack } from "./feed/mod.ts";
import { type Gauges, readGauges, type Readiness, readReadiness } from "./health.ts";
import { createRemoteImages, type RemoteImages } from "./images/mod.ts";
import { createFallbacks, createInboxes, type Inboxes } from "./inboxes/mod.ts";
import {
  createDropper,
  createImporter,
  createImports,
  createInbound,
  createLaterTaker,
  createListeners,
  createPollers,
  DROP_JOB,
  IMPORT_JOB,
  type Imports,
  type Inbound,
  PARSE_JOB,
  POLL_JOB,
  PROFILE_JOB,
} from "./ingest/mod.ts";
import { JobRunner } from "./jobs/mod.ts";
import { createMacros, type Macros } from "./macros/mod.ts";
import { createMediaFetcher, MEDIA_JOB } from "./media/mod.ts";
import { createNotifications, type Notifications } from "./notifications/mod.ts";
import {
  createAccessTokens,
  createAppFollower,
  createResumer,
  createSignIns,
  RESUME_JOB,
  type SignIns,
} from "./oauth/mod.ts";
import {
  ARCHIVE_JOB,
  AUTO_REPLY_JOB,
  createArchiver,
  createAutoReplier,
  createSender,
  LATER_JOB,
  SEND_JOB,
} from "./outbox/mod.ts";
import {
  createPersonal,
  createPersonalMover,
  MOVE_PERSONAL_JOB,
  type Personal,
} from "./personal/mod.ts";
import type { Ports } from "./ports.ts";
import { createPresenceDesk, type PresenceDesk } from "./presence/mod.ts";
import type { Result } from "./result.ts";
import {
  createSearch,
  Indexer,
  openSqliteIndex,
  type Search,
  type SearchIndex,
} from "./search/mod.ts";
import { COUNT_USE_JOB, createUseCounter } from "./sharing/mod.ts";
import { createSnippets, type Snippets } from "./snippets/mod.ts";
import type { Store } from "./store/mod.ts";
import { createTeamClearer, createTeams, TEAM_GONE_JOB, type Teams } from "./teams/mod.ts";
import {
  createSweeper,
  createThreadRules,
  createThreads,
  SWEEP_JOB,
  type ThreadRules,
  type Threads,
} from "./threads/mod.ts";
import { createViews, ViewCache, type Views } from "./views/mod.ts";
import { createTags, RETAG_JOB, type Tags } from "./tags/mod.ts";
import { createVisitors, type Visitors, Whereabouts } from "./visitors/mod.ts";

/** Everything Parley can do, without HTTP. */
export interface Core {
  readonly access: Access;
  readonly inboxes: Inboxes;
  readonly teams: Teams;
  readonly apps: Apps;
  readonly channels: Channels;
  readonly accounts: Accounts;
  readonly signIns: SignIns;
  readonly conversations: Conversations;
  readonly messages: Messages;
  readonly threads: Threads;
  readonly threadRules: ThreadRules;
  readonly views: Views;
  readonly tags: Tags;
  readonly contacts: Contacts;
  readonly contactNotes: ContactNotes;
  readonly personal: Personal;
  readonly snippets: Snippets;
  readonly macros: Macros;
  readonly search: Search & Pick<Indexer, "drain" | "rebuild"> & {
    /** For the doctor; null where there is no index. */
    readonly state: SearchState | null;
  };
  readonly attachments: Attachments;
  readonly remoteImages: RemoteImages;
  readonly inbound: Inbound;
  readonly dataDeletions: DataDeletions;
  readonly imports: Imports;
  readonly visitors: Visitors;
  readonly forms: Forms;
  /** The change log as one caller may see it, live. */
  readonly feed: Feed;
  /** The ordered log of changes. */
  readonly events: Hub;
  /** Open and snoozed conversations, in memory. */
  readonly live: LiveTable;
  readonly presence: Presence;
  /** Who of the team is where. */
  readonly desk: PresenceDesk;
  readonly drafts: Drafts;
  readonly jobs: JobRunner;
  readonly notifications: Pick<Notifications, "drain">;
  /** Whether the parts of this process work. */
  readiness(): Promise<Readiness>;
  gauges(): Promise<Gauges>;
  /** A keyed hash of a request's body, in hex: a password in it cannot be guessed from what is stored. */
  fingerprint(body: string): Promise<string>;
  /** For the admin commands of `core/admin` only. */
  readonly store: Store;
  readonly ports: Ports;
  /** Starts followers and the job runner. */
  start(): Promise<void>;
  /**
   * Listens for mail where the configuration says, after `start`; the error is a sentence.
   * @param certificate PEM; null: nothing is encrypted
   * @returns the port, null when the configuration names none
   */
  listen(certificate: ListenOptions["certificate"]): Promise<Result<number | null, string>>;
  /** Ends subscriptions, lets running jobs finish until `signal` aborts, closes the store. Called again it is the same end. */
  stop(signal?: AbortSignal): Promise<void>;
  /** What is due, and housekeeping: once a minute where no timer can be relied on. */
  cron(): Promise<void>;
}

/** What a core is made of. */
export interface CoreOptions {
  readonly store: Store;
  readonly ports: Ports;
  readonly config: Config;
  readonly adapters: readonly AnyAdapter[];
  /** Default: Argon2id at its usual cost. Tests pass cheap ones. */
  readonly passwords?: Passwords;
  /** Closed with the core. Default: one in memory, built anew. */
  readonly searchIndex?: SearchIndex;
}

/** Puts the core together. Nothing runs before `start`. */
export function createCore(options: CoreOptions): Core {
  const { store, ports, config, adapters, passwords } = options;
  const context: CoreContext = {
    store,
    ports,
    config,
    adapters: new Map(adapters.map((adapter) => [adapter.id, adapter])),
  };
  const hub = new Hub({ store, ports });
  const live = new LiveTable({ store, hub, ports });
  const jobs = new JobRunner({ store, ports });
  const presence = createPresence(ports);
  const access = createAccess({ store, ports, config, ...(passwords && { passwords }) });
  const marks = new ReadMarks(store);
  const attachments = createAttachments(context);
  const desk: PresenceDesk = createPresenceDesk(context, {
    typing: presence,
    refresh: (principal) => access.refresh(principal),
    readDraft: (sign) => drafts.find(sign),
  });
  const drafts = createDrafts(context, { attachments, tell: (news) => desk.tellDraft(news) });
  const remoteImages = createRemoteImages(context);
  const channels = createChannels(context, createAccessTokens(context));
  const viewCache = new ViewCache(store);
  const views = createViews(context, viewCache, access.inboxCache);
  const conversations = createConversations(context, live, marks, views);
  const inbound = createInbound(context, { channels, attachments, presence });
  const whereabouts = new Whereabouts(store, ports);
  const continuity = createContinuity(
    context,
    channels,
    (visitorId) => whereabouts.presenceOf(visitorId),
  );
  const visitors = createVisitors({
    ...context,
    hub,
    presence,
    attachments,
    channels,
    continuity,
    whereabouts,
    async ingest(channelId, event, options) {
      return await inbound.ingest(channelId, event, options) ??
        { kind: "ignored", reason: "the channel is gone" };
    },
  });

  const forms = createForms({
    ...context,
    channels,
    async ingest(channelId, event, options) {
      return await inbound.ingest(channelId, event, options) ??
        { kind: "ignored", reason: "the channel is gone" };
    },
  });

  // However often the database is away: a message never stays on its way for good.
  jobs.register(SEND_JOB, createSender(context, channels, continuity), {
    concurrency: 32,
    leaseMs: 120_000,
    maxAttempts: Infinity,
  });
  jobs.register(LETTER_JOB, continuity.write, { maxAttempts: Infinity });
  jobs.register(PARSE_JOB, inbound.parse, { concurrency: 8, leaseMs: 60_000 });
  const fallbacks = createFallbacks({ ...context, cache: access.inboxCache });
  const listeners = createListeners(context, channels);
  const pollers = createPollers(context, channels);
  // It goes on for as long as the channel is there, whatever befalls its runs.
  jobs.register(POLL_JOB, pollers.poll, { leaseMs: 60_000, maxAttempts: Infinity });
  jobs.register(MEDIA_JOB, createMediaFetcher(context, channels), { leaseMs: 60_000 });
  jobs.register(ARCHIVE_JOB, createArchiver(context, channels, continuity), { maxAttempts: 25 });
  jobs.register(IMPORT_JOB, createImporter(context, channels), {
    concurrency: 2,
    leaseMs: 60_000,
  });
  jobs.register(RESUME_JOB, createResumer(store));
  jobs.register(APP_CHANGED_JOB, createAppFollower(store));
  jobs.register(LATER_JOB, createLaterTaker(context));
  jobs.register(DROP_JOB, createDropper(store));
  jobs.register(WAKE_JOB, createWaker(store, ports));
  jobs.register(AUTO_REPLY_JOB, createAutoReplier(context, channels));
  jobs.register(CONNECTION_JOB, createConnectionKeeper(context, channels), {
    leaseMs: 120_000,
    maxAttempts: Infinity,
  });
  jobs.register(PROFILE_JOB, createProfiler(context, channels), { maxAttempts: 6 });
  jobs.register(READ_RECEIPT_JOB, createReceiptTeller(context, channels), { maxAttempts: 3 });
  const stopTyping = relayTyping(context, channels, presence);
  const dataDeletions = createDataDeletions(context);
  jobs.register(DATA_DELETION_JOB, dataDeletions.erase, { concurrency: 2, leaseMs: 60_000 });
  jobs.register(
    MOVE_PERSONAL_JOB,
    createPersonalMover(store, (fromId, into) => moveDrafts(store, fromId, into)),
  );
  jobs.register(TEAM_GONE_JOB, createTeamClearer(store), { leaseMs: 60_000 });
  jobs.register(SWEEP_JOB, createSweeper(store));
  const notifications = createNotifications(context, { hub, jobs, channels });
  jobs.register(COUNT_USE_JOB, createUseCounter(store));
  jobs.register(ERASE_JOB, createEraser(store));
  jobs.register(MERGE_CONTACT_JOB, createContactMerger({ store }), { leaseMs: 60_000 });
  jobs.register(RENAME_JOB, createRenamer(store));
  // One after the other: of two changes of a name the later has the last word.
  jobs.register(RETAG_JOB, createRetagger(store), { concurrency: 1, leaseMs: 60_000 });
  // Where processes come and go, reading everything at each start would cost more than it finds.
  const searchIndex = options.searchIndex ??
    (config.isDeploy ? null : openSqliteIndex(":memory:", ports));
  const indexer = searchIndex && new Indexer({ store, hub, ports, index: searchIndex });
  const messages = createMessages(context, { attachments, channels, remoteImages, drafts }, marks);
  const teams = () => access.inboxCache.teams();
  const feed = createFeed({ ...context, hub, live, access, conversations, presence, desk });

  const stopped = new AbortController();
  let cancelHousekeeping = () => {};
  let keeping: Promise<void> = Promise.resolve();
  let cancelFollowing = () => {};
  let stopping: Promise<void> | null = null;

  async function housekeeping(): Promise<void> {
    const now = ports.clock.now();
    await trimLog(store, { now, followers: [notifications.follower] });
    await purgeSpam(store, now);
    await remoteImages.sweep();
    await store.blobs.sweep(now - STAGED_MS);
  }

  /** The next one is planned when this one has ended: they never overlap, however the clock jumps. */
  function planHousekeeping(): void {
    cancelHousekeeping = ports.alarm(ports.clock.now() + HOUSEKEEPING_MS, () => {
      keeping = housekeeping().catch((error) =>
        ports.log("error", "housekeeping failed", { error: String(error) })
      ).finally(() => {
        if (!stopped.signal.aborted) planHousekeeping();
      });
    });
  }

  function ensurePolls(atOnce = false): void {
    pollers.ensure(atOnce).catch((error) => {
      if (!stopped.signal.aborted) {
        ports.log("error", "polls not planned", { error: String(error) });
      }
    });
  }

  /** The first inbox comes with the set-up, which knows nothing of addresses. */
  function ensureFallbacks(): void {
    fallbacks.ensure().catch((error) => {
      if (!stopped.signal.aborted) {
        ports.log("error", "fallback addresses not made", { error: String(error) });
      }
    });
  }

  /** What this process keeps in memory follows what others commit. */
  async function followLog(): Promise<void> {
    for await (const item of hub.subscribe({ cursor: null, signal: stopped.signal })) {
      if (item.kind !== "entry") {
        // What came before is not among the entries.
        access.forget();
        marks.forget();
        viewCache.forget();
        visitors.forget();
        if (item.kind === "reset") ensurePolls();
        continue;
      }
      if (item.entry.changes.some(({ type }) => type === "settings.changed")) {
        ensurePolls();
        visitors.forget();
      }
      // Once for all whom a commit names: everybody who is anywhere is looked up.
      if (item.entry.changes.some(({ type }) => type === "access.changed")) {
        access.forget();
        await desk.checkAccess();
        ensureFallbacks();
      }
      for (const change of item.entry.changes) {
        if (isCut(change) && change.conversationId !== undefined && change.seq !== undefined) {
          await marks.cut(change.conversationId, change.seq);
        }
        if (change.type === "view.changed") viewCache.forget();
        if (change.type === "conversation.read" && change.userId !== undefined) {
          const { userId, conversationId = "", seq = 0 } = change;
          if (isMovedBack(change)) await marks.moveBack(userId, conversationId, seq);
          else await marks.apply(userId, conversationId, seq);
        }
      }
    }
  }

  function keepFollowing(): void {
    followLog().catch((error) => {
      if (stopped.signal.aborted) return;
      ports.log("error", "following the log failed", { error: String(error) });
      cancelFollowing = ports.alarm(ports.clock.now() + FOLLOW_AGAIN_MS, () => {
        ensurePolls();
        keepFollowing();
      });
    });
  }

  async function stop(signal: AbortSignal | undefined): Promise<void> {
    stopped.abort();
    cancelHousekeeping();
    cancelFollowing();
    // First the streams: the server waits for them.
    hub.stop();
    live.stop();
    await notifications.stop();
    await indexer?.stop();
    await listeners[Symbol.asyncDispose]();
    await jobs.stop(signal);
    await pollers[Symbol.asyncDispose]();
    await stopTyping();
    await whereabouts.stop();
    await desk.stop();
    await ports.sideThread?.[Symbol.asyncDispose]();
    await access.stop();
    await keeping;
    searchIndex?.[Symbol.dispose]();
    store[Symbol.dispose]();
  }

  return {
    access,
    inboxes: createInboxes({ store, ports, access, fallbacks }),
    teams: createTeams({ store, ports, access }),
    apps: createApps(context),
    channels,
    accounts: createAccounts(context, channels),
    signIns: createSignIns(context),
    conversations,
    messages,
    threads: createThreads(context, conversations, marks),
    threadRules: createThreadRules(context),
    views,
    tags: createTags(context, live),
    contacts: createContacts(context),
    contactNotes: createContactNotes(context),
    personal: createPersonal(store),
    snippets: createSnippets(context, { teams }),
    macros: createMacros(context, { teams, messages }),
    search: {
      ...createSearch(context, {
        index: searchIndex,
        conversations,
        isComplete: () => indexer !== null && !indexer.isRebuilding,
      }),
      drain: async () => await indexer?.drain(),
      rebuild: async () => await indexer?.rebuild(),
      state: indexer && searchIndex && {
        count: () => searchIndex.count(),
        get isRebuilding() {
          return indexer.isRebuilding;
        },
        rebuild() {
          indexer.rebuild().catch((cause) =>
            ports.log("error", "search index failed", { error: String(cause) })
          );
        },
      },
    },
    attachments,
    remoteImages,
    inbound,
    dataDeletions,
    imports: createImports(context, channels),
    visitors,
    forms,
    feed,
    readiness: () => readReadiness({ store, live, jobs, feed }),
    gauges: () => readGauges({ store, live, jobs, feed }),
    events: hub,
    live,
    presence,
    desk,
    drafts,
    jobs,
    fingerprint: async (body) => (await store.vault.mac("request", body)).toHex(),
    store,
    ports,
    notifications,

    async start() {
      await hub.start();
      live.start();
      notifications.start();
      indexer?.start();
      jobs.start();
      ensureFallbacks();
      ensurePolls(ports.platform.canConnect);
      planHousekeeping();
      keepFollowing();
    },

    listen: (certificate) => listeners.open(certificate),

    stop(signal) {
      stopping ??= stop(signal);
      return stopping;
    },

    async cron() {
      await pollers.ensure();
      await notifications.drain();
      await jobs.drain(CRON_JOBS);
      await housekeeping();
    },
  };
}

const FOLLOW_AGAIN_MS = 1_000;
const HOUSEKEEPING_MS = 60 * 60 * 1_000;
/** Blobs nobody took over within a day. */
const STAGED_MS = 24 * 60 * 60 * 1_000;
const CRON_JOBS = 1_000;
