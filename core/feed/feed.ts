import type { Access, Principal } from "../access/mod.ts";
import type { CoreContext } from "../context.ts";
import type { Conversations, LiveCounts, WholeCounts } from "../conversations/mod.ts";
import type { DraftNews } from "../drafts/mod.ts";
import type { Hub, HubItem, LiveTable, Presence, TypingSign } from "../events/mod.ts";
import { formatCursor } from "../events/mod.ts";
import type { Change } from "../model/change.ts";
import type { Ports } from "../ports.ts";
import type { Store } from "../store/mod.ts";
import { readWindows } from "../windows/mod.ts";
import { Filler } from "./filler.ts";
import { hasSameRights } from "./has_same_rights.ts";
import { OWN_COUNTS_MS, OwnCountsReader } from "./own_counts.ts";
import { type PeopleHere, SideEvents, type SideEventsOptions } from "./side_events.ts";
import { type VisibleChange, visibleChange } from "./visible_change.ts";

/** What a stream of the team is told. */
export type FeedItem =
  /** First of all. */
  | { readonly kind: "hello"; readonly cursor: string }
  /** Some of what came between is gone: refetch, then go on from here. */
  | { readonly kind: "reset"; readonly cursor: string }
  /** What one commit did, at least one change. */
  | { readonly kind: "changes"; readonly changes: readonly SeenChange[] }
  /** Not replayed. */
  | { readonly kind: "counts"; readonly counts: WholeCounts }
  | { readonly kind: "typing"; readonly sign: TypingSign }
  | { readonly kind: "presence"; readonly here: PeopleHere }
  /** Of the caller's own. */
  | { readonly kind: "draft"; readonly news: DraftNews };

/** A change as the caller sees it. */
export interface SeenChange {
  /** Where to go on after it. */
  readonly cursor: string;
  readonly visible: VisibleChange;
  /** Whether the conversation it is about holds something the caller has not read. */
  readonly isUnread: boolean;
}

/** The change log as one caller may see it. */
export interface Feed {
  /**
   * What happens, as far as the caller may know. Ends when `signal` aborts, when the process stops, and as soon as the
   * caller's session ends or their rights change: whoever still may then starts again with the new ones.
   * @param options `cursor`: of the last item seen; null for "from now on"
   */
  subscribe(
    principal: Principal,
    options: { readonly cursor: string | null; readonly signal: AbortSignal },
  ): AsyncGenerator<FeedItem, void>;
  /** Subscriptions that are open now. */
  readonly size: number;
}

/** What a feed is made of. */
export interface FeedOptions {
  readonly store: Store;
  readonly adapters: CoreContext["adapters"];
  readonly hub: Hub;
  readonly live: LiveTable;
  readonly access: Pick<Access, "refresh">;
  readonly conversations: Pick<Conversations, "ownCounts" | "watchCounts">;
  readonly presence: Pick<Presence, "onTyping">;
  readonly desk: SideEventsOptions["desk"];
  readonly ports: Pick<Ports, "alarm" | "clock">;
}

/** A feed over the hub; entries are filled in once for all subscribers. */
export function createFeed(options: FeedOptions): Feed {
  const { store, adapters, ports } = options;
  const filler = new Filler(
    store,
    (rows) => readWindows(store, adapters, rows, ports.clock.now()),
  );
  let size = 0;
  return {
    get size() {
      return size;
    },
    async *subscribe(principal, { cursor, signal }) {
      size++;
      try {
        yield* follow({ ...options, filler }, principal, cursor, signal);
      } finally {
        size--;
      }
    },
  };
}

async function* follow(
  context: FeedOptions & { readonly filler: Filler },
  principal: Principal,
  cursor: string | null,
  signal: AbortSignal,
): AsyncGenerator<FeedItem, void> {
  const ended = new AbortController();
  const entries = context.hub.subscribe({
    cursor,
    signal: AbortSignal.any([signal, ended.signal]),
  });
  using counts = await context.conversations.watchCounts(principal);
  using side = new SideEvents(entries, principal, context);
  const own = new OwnCountsReader(
    () => context.conversations.ownCounts(principal),
    context.ports.clock,
  );
  let told = "";
  try {
    while (true) {
      const entry = await side.next();
      for (const sign of side.takeTyping()) yield { kind: "typing", sign };
      for (const here of side.takePeople()) yield { kind: "presence", here };
      for (const news of side.takeDrafts()) {
        side.countsChanged();
        yield { kind: "draft", news };
      }
      if (side.takeCountsDue()) {
        await context.live.settled();
        const { counts: ownCounts, isLate } = await own.now();
        // What a view holds may change by time alone.
        side.countsChanged(isLate ? OWN_COUNTS_MS : MINUTE_MS);
        const { value } = counts;
        const whole = { ...value, all: { ...value.all, ...ownCounts } };
        const text = JSON.stringify(whole);
        if (text !== told) yield { kind: "counts", counts: whole };
        told = text;
      }
      if (entry === null) continue;
      if (entry.done) return;
      // Whatever was taken away between the request and the subscription is not among its entries.
      const isRightsNews = entry.value.kind === "hello" || concernsRights(entry.value, principal);
      if (isRightsNews) {
        const now = await context.access.refresh(principal);
        if (now === null || !hasSameRights(principal, now)) return;
      }
      const item = await itemOf(context, principal, entry.value, { side, counts });
      if (item !== null) yield item;
    }
  } finally {
    ended.abort();
    await entries.return();
  }
}

async function itemOf(
  { filler }: FeedOptions & { readonly filler: Filler },
  principal: Principal,
  item: HubItem,
  { side, counts }: { readonly side: SideEvents<HubItem>; readonly counts: LiveCounts },
): Promise<FeedItem | null> {
  if (item.kind !== "entry") {
    side.countsChanged();
    return { ...item, cursor: wholeCursor(item.cursor) };
  }
  const changes: SeenChange[] = [];
  for (const filled of await filler.fill(item.entry)) {
    if (filled.n < item.seen) continue;
    const visible = visibleChange(principal, filled);
    if (visible === null) continue;
    const { conversation } = filled;
    const { conversationId, seq } = filled.change;
    if (conversationId !== undefined || filled.change.type === "view.changed") {
      side.countsChanged();
    }
    if (visible.kind === "read" && conversationId !== undefined && seq !== undefined) {
      if (isMovedBack(filled.change)) counts.markUnread(conversationId, seq);
      else counts.markRead(conversationId, seq);
    }
    if (isCut(filled.change) && conversationId !== undefined && seq !== undefined) {
      counts.cut(conversationId, seq);
    }
    changes.push({
      cursor: formatCursor(item.cursor, filled.n),
      visible,
      isUnread: conversation !== null && counts.isUnread(conversation),
    });
  }
  return changes.length === 0 ? null : { kind: "changes", changes };
}

/** Whether messages left a conversation's end; `seq` is the new end. */
export function isCut({ type, changed }: Change): boolean {
  return type === "conversation.updated" && changed?.includes("messages") === true;
}

/** Whether a user marked a conversation as unread; `seq` is how far it counts as read. */
export function isMovedBack({ type, changed }: Change): boolean {
  return type === "conversation.read" && changed?.includes("unread") === true;
}

const MINUTE_MS = 60_000;

/** More changes than a commit can hold: a place after all of them. */
const AFTER_ALL = 999_999;

/** A cursor in the form clients know, also where the hub names a whole commit. */
function wholeCursor(cursor: string): string {
  return cursor.includes(".") ? cursor : formatCursor(cursor, AFTER_ALL);
}

/** Whether an entry may have changed what this caller may do. */
function concernsRights(item: HubItem, principal: Principal): boolean {
  const id = principal.type === "user" ? principal.user.id : principal.id;
  const isAbout = ({ type, userId }: Change) =>
    type === "access.changed" && (userId === undefined || userId === id);
  return item.kind === "entry" && item.entry.changes.some(isAbout);
}
