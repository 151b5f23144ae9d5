import { actorOf, can, type Principal } from "../access/mod.ts";
import type { CoreContext } from "../context.ts";
import { type CoreError, invalid, notFound } from "../errors.ts";
import type { LiveTable } from "../events/mod.ts";
import { type Conversation, isLive } from "../model/conversation.ts";
import { err, ok, type Result } from "../result.ts";
import { keys, type PersonalList, transact } from "../store/mod.ts";
import { clearMention, createPersonal } from "../personal/mod.ts";
import type { Views } from "../views/mod.ts";
import { readWindows, type ReplyWindow } from "../windows/mod.ts";
import { conversationsOfContact } from "./conversations_of_contact.ts";
import type { ConversationPatch } from "./patch.ts";
import { makeMissingTags } from "../tags/mod.ts";
import { MAX_TAGS, updateConversation } from "./update.ts";
import type { ReadMarks } from "./read_marks.ts";
import { CountsCache } from "./counts_cache.ts";
import { LiveCounts } from "./live_counts.ts";
import { listDone } from "./list_done.ts";
import { type ConversationQuery, filterOf, type ResolvedQuery, wantedStatuses } from "./query.ts";
import type { OwnCounts, WholeCounts } from "./view_tally.ts";
import { SavedCounts } from "./saved_counts.ts";
import {
  decodePosition,
  encodePosition,
  firstPage,
  newestPlace,
  type Position,
  selectPage,
  type Sort,
} from "./select.ts";

/** A conversation as one agent sees it. */
export interface ConversationRow extends Conversation {
  readonly unread: boolean;
  /** What may be written to the customer now; null where the channel has no windows. */
  readonly window: ReplyWindow | null;
}

/** Conversations of a page and where to go on. */
export interface ConversationPage {
  readonly items: readonly ConversationRow[];
  readonly next: string | null;
}

/** A page of records. */
interface RecordPage {
  readonly items: readonly Conversation[];
  readonly next: string | null;
}

/** Threads with contacts, as the team works on them. */
export interface Conversations {
  list(
    principal: Principal,
    query: ConversationQuery,
  ): Promise<Result<ConversationPage, CoreError>>;
  /** Whether a record is one of those a query asks for, as far as the caller may read them. */
  matcher(
    principal: Principal,
    query: ConversationQuery,
  ): Promise<Result<(row: Conversation) => boolean, CoreError>>;
  /** By inbox id, and under "all" over every inbox the caller may read. */
  counts(principal: Principal): Promise<WholeCounts>;
  /** Those of the caller's own lists and saved views. */
  ownCounts(principal: Principal): Promise<OwnCounts>;
  /** The same, kept up to date as long as it is not disposed of. */
  watchCounts(principal: Principal): Promise<LiveCounts>;
  get(principal: Principal, id: string): Promise<Result<ConversationRow, CoreError>>;
  update(
    principal: Principal,
    id: string,
    patch: ConversationPatch,
  ): Promise<Result<ConversationRow, CoreError>>;
  /** Marks everything up to `seq` (default: all there is) as read by this user. */
  markRead(
    principal: Principal,
    id: string,
    seq?: number,
  ): Promise<Result<ConversationRow, CoreError>>;
  /** It is to be read again: its latest message counts as unread for this user. Nothing where there is none to read. */
  markUnread(principal: Principal, id: string): Promise<Result<ConversationRow, CoreError>>;
  /** The row as the caller sees it, from a record read elsewhere. */
  row(principal: Principal, conversation: Conversation): Promise<ConversationRow>;
  /** How many of a contact's conversations the caller may not read; spam and trash apart. */
  hiddenOfContact(principal: Principal, contactId: string): Promise<number>;
}

/** Kind of the job that tells a customer that they were read: payload `{conversationId, seq}`. */
export const READ_RECEIPT_JOB = "connections.read";

/** Conversations over the store, the live table and the read marks. */
export function createConversations(
  context: CoreContext,
  live: LiveTable,
  marks: ReadMarks,
  views: Pick<Views, "get" | "list">,
): Conversations {
  const { store } = context;
  const personal = createPersonal(store);
  const countsCache = new CountsCache({ live, marks });
  const savedCounts = new SavedCounts({ live, marks, views, clock: context.ports.clock });

  async function marksOf(principal: Principal): Promise<ReadonlyMap<string, number> | null> {
    return principal.type === "user" ? await marks.of(principal.user.id) : null;
  }

  function windowsOf(rows: readonly Conversation[]): Promise<readonly (ReplyWindow | null)[]> {
    return readWindows(store, context.adapters, rows, context.ports.clock.now());
  }

  async function readable(principal: Principal, id: string): Promise<Conversation | null> {
    const found = await store.get(keys.conversation(id));
    return found !== null && can(principal, "conversation.read", { inboxId: found.inboxId })
      ? found
      : null;
  }

  const service: Conversations = {
    async list(principal, query) {
      const seen = await marksOf(principal);
      const resolved = await resolve(principal, query, seen);
      if (!resolved.ok) return resolved;
      const page = await listOf(principal, resolved.value);
      if (!page.ok) return page;
      const windows = await windowsOf(page.value.items);
      return ok({
        items: page.value.items.map((row, n) => rowOf(row, seen, windows[n] ?? null)),
        next: page.value.next,
      });
    },

    async matcher(principal, query) {
      const resolved = await resolve(principal, query, await marksOf(principal));
      return resolved.ok ? ok(filterOf(principal, resolved.value)) : resolved;
    },

    async counts(principal) {
      const [own, fixed] = await Promise.all([
        service.ownCounts(principal),
        countsCache.of(principal),
      ]);
      return { ...fixed, all: { ...fixed.all, ...own } };
    },

    async ownCounts(principal) {
      const [saved, mentions, drafts, scheduled] = await Promise.all([
        savedCounts.of(principal),
        personal.count(principal, "mentions"),
        personal.count(principal, "drafts"),
        personal.count(principal, "scheduled"),
      ]);
      return { saved, mentions, drafts, scheduled };
    },

    async watchCounts(principal) {
      const marks = await marksOf(principal);
      await live.settled();
      return new LiveCounts({ live, principal, marks });
    },

    async get(principal, id) {
      const found = await readable(principal, id);
      return found === null
        ? err(notFound("conversation"))
        : ok(await service.row(principal, found));
    },

    async update(principal, id, patch) {
      const made = await makeTags(principal, id, patch);
      if (!made.ok) return made;
      const updated = await transact(
        store,
        (tx) => updateConversation(tx, context.ports.ids, principal, id, patch),
        { queue: id },
      );
      return updated.ok ? ok(await service.row(principal, updated.value)) : updated;
    },

    async markRead(principal, id, seq) {
      const found = await readable(principal, id);
      if (found === null) return err(notFound("conversation"));
      if (principal.type !== "user") return ok(await service.row(principal, found));
      const upTo = Math.min(seq ?? found.lastSeq, found.lastSeq);
      const userId = principal.user.id;
      const known = (await marks.of(userId)).get(id) ?? 0;
      if (upTo > known) {
        await transact(store, async (tx) => {
          // Another tab, or another process, may have read further just now.
          if ((await tx.get(keys.readMark(userId, id)) ?? 0) >= upTo) return;
          // Its end may have been split off: what comes next takes those places, unread.
          const end = (await tx.read(keys.conversation(id)))?.lastSeq ?? 0;
          if (end < upTo) return;
          tx.set(keys.readMark(userId, id), upTo);
          await clearMention(tx, { userId, conversationId: id, upTo });
          if (context.adapters.get(found.channelType)?.receipts !== undefined) {
            const payload = { conversationId: id, seq: upTo };
            tx.job({ kind: READ_RECEIPT_JOB, payload, dueAt: tx.now });
          }
          tx.emit({
            type: "conversation.read",
            actor: actorOf(principal),
            conversationId: id,
            inboxId: found.inboxId,
            userId,
            seq: upTo,
          });
        });
        await marks.apply(userId, id, upTo);
      }
      return ok(await service.row(principal, found));
    },

    async markUnread(principal, id) {
      const found = await readable(principal, id);
      if (found === null) return err(notFound("conversation"));
      if (principal.type !== "user") return ok(await service.row(principal, found));
      const userId = principal.user.id;
      // In the conversation's queue: a message that comes now would be unread anyway.
      const seq = await transact(store, async (tx) => {
        const row = await tx.read(keys.conversation(id));
        const mark = await tx.get(keys.readMark(userId, id)) ?? 0;
        const upTo = (row?.lastUnreadSeq ?? 0) - 1;
        if (row === null || upTo < 0 || mark <= upTo) return null;
        tx.set(keys.readMark(userId, id), upTo);
        tx.emit({
          type: "conversation.read",
          actor: actorOf(principal),
          conversationId: id,
          inboxId: row.inboxId,
          userId,
          seq: upTo,
          changed: ["unread"],
        });
        return upTo;
      }, { queue: id });
      if (seq !== null) await marks.moveBack(userId, id, seq);
      return ok(await service.row(principal, found));
    },

    async hiddenOfContact(principal, contactId) {
      const all = await conversationsOfContact(store, contactId);
      return all.filter(({ inboxId, status }) =>
        status !== "spam" && status !== "trash" &&
        !can(principal, "conversation.read", { inboxId })
      ).length;
    },

    async row(principal, conversation) {
      const [seen, [window = null]] = await Promise.all([
        marksOf(principal),
        windowsOf([conversation]),
      ]);
      return rowOf(conversation, seen, window);
    },
  };
  return service;

  /** Names nobody used before become tags, for those who may write here. */
  async function makeTags(
    principal: Principal,
    id: string,
    { tags = [], addTags = [] }: ConversationPatch,
  ): Promise<Result<null, CoreError>> {
    const names = [...tags, ...addTags];
    if (names.length === 0 || names.length > MAX_TAGS) return ok(null);
    const found = await readable(principal, id);
    if (found === null || !can(principal, "conversation.write", { inboxId: found.inboxId })) {
      return ok(null);
    }
    return await makeMissingTags(store, context.ports, names);
  }

  /** Errors: not_found for a view the caller does not see. */
  async function resolve(
    principal: Principal,
    { view, filter, sort, ...query }: ConversationQuery,
    seen: ReadonlyMap<string, number> | null,
  ): Promise<Result<ResolvedQuery, CoreError>> {
    const facts = {
      now: context.ports.clock.now(),
      isUnread: (row: Conversation) => isUnread(row, seen),
    };
    const own = filter === undefined ? [] : [filter];
    if (query.assigneeId === "me") {
      query = { ...query, assigneeId: principal.type === "user" ? principal.user.id : "" };
    }
    if (view === undefined) return ok({ ...query, ...facts, sort, filters: own });
    if (!isSaved(view)) return ok({ ...query, ...facts, sort, view, filters: own });
    const saved = await views.get(principal, view);
    if (!saved.ok) return saved;
    const filters = [saved.value.filter, ...own];
    return ok({ ...query, ...facts, sort: sort ?? saved.value.sort, filters });
  }

  async function listOf(
    principal: Principal,
    query: ResolvedQuery,
  ): Promise<Result<RecordPage, CoreError>> {
    const accepts = filterOf(principal, query);
    const limit = Math.min(Math.max(query.limit ?? 50, 1), 100);
    if (isPersonal(query.view)) {
      const page = await personal.list(principal, query.view, { limit, cursor: query.cursor });
      return page.ok ? ok({ ...page.value, items: page.value.items.filter(accepts) }) : page;
    }
    const after = query.cursor === undefined ? null : decodePosition(query.cursor);
    if (query.cursor !== undefined && after === null) {
      return err(invalid("cursor", "is not a cursor of this list"));
    }
    // What is not live has a stored order by time only.
    const isSortable = wantedStatuses(query).every(isLive) || query.sort === "oldest";
    const sort = isSortable ? query.sort ?? "newest" : "newest";
    const page = await pageOf(principal, query, { sort, limit, after }, accepts);
    return ok({ ...page, next: page.next === null ? null : encodePosition(page.next) });
  }

  async function pageOf(
    principal: Principal,
    query: ResolvedQuery,
    options: { readonly sort: Sort; readonly limit: number; readonly after: Position | null },
    accepts: (row: Conversation) => boolean,
  ): Promise<ReturnType<typeof selectPage>> {
    if (query.contactId !== undefined) {
      const rows = await conversationsOfContact(store, query.contactId);
      return selectPage(filter(rows, accepts), options);
    }
    const statuses = wantedStatuses(query);
    const done = statuses.filter((status) => !isLive(status));
    const inboxIds = done.length === 0 ? [] : await inboxesOf(principal, query);
    await live.settled();
    if (done.length > 0) {
      const between = statuses.some(isLive) ? filter(live.rows(), accepts) : [];
      return await listDone(store, {
        ...options,
        ...{ statuses: done, inboxIds, live: between, accepts },
      });
    }
    if (options.sort !== "newest") {
      const rows = query.inboxId === undefined ? live.rows() : live.rowsOf(query.inboxId);
      return selectPage(filter(rows, accepts), options);
    }
    const place = options.after === null ? null : newestPlace(options.after);
    return firstPage(filter(live.newest(place, query.inboxId), accepts), options);
  }

  async function inboxesOf(
    principal: Principal,
    query: Pick<ResolvedQuery, "inboxId">,
  ): Promise<readonly string[]> {
    if (query.inboxId !== undefined) return [query.inboxId];
    const ids: string[] = [];
    for await (const { value } of store.list(keys.inboxes())) ids.push(value.id);
    return ids.filter((inboxId) => can(principal, "inbox.read", { inboxId }));
  }
}

function isSaved(view: NonNullable<ConversationQuery["view"]>): view is `viw_${string}` {
  return view.startsWith("viw_");
}

const PERSONAL: readonly string[] = [
  "mentions",
  "following",
  "sent",
  "scheduled",
  "drafts",
] satisfies readonly PersonalList[];

function isPersonal(view: ResolvedQuery["view"]): view is PersonalList {
  return view !== undefined && PERSONAL.includes(view);
}

function* filter(
  rows: Iterable<Conversation>,
  accepts: (row: Conversation) => boolean,
): Iterable<Conversation> {
  for (const row of rows) if (accepts(row)) yield row;
}

function isUnread(row: Conversation, seen: ReadonlyMap<string, number> | null): boolean {
  return seen !== null && row.lastUnreadSeq > (seen.get(row.id) ?? 0);
}

function rowOf(
  row: Conversation,
  seen: ReadonlyMap<string, number> | null,
  window: ReplyWindow | null,
): ConversationRow {
  return { ...row, unread: isUnread(row, seen), window };
}
