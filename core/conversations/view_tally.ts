import { can, type Principal } from "../access/mod.ts";
import type { Conversation } from "../model/conversation.ts";
import { isAside } from "../model/is_aside.ts";

/** How many conversations each fixed view holds. */
export interface ViewCounts {
  /** Without machines' mail. */
  readonly unassigned: number;
  /** Open ones in a lane. */
  readonly automatic: number;
  readonly mine: number;
  readonly open: number;
  readonly snoozed: number;
  readonly unread: number;
}

/** By inbox id, and under "all" over every inbox the caller may read. */
export type CountsByScope = Readonly<Record<string, ViewCounts>> & { readonly all: AllCounts };

/** What only the caller counts so. */
export interface OwnCounts {
  /** By saved view; none for those that also hold what is done. */
  readonly saved: Readonly<Record<string, number>>;
  /** In what was not read since; 100 at most, as the following. */
  readonly mentions: number;
  readonly drafts: number;
  readonly scheduled: number;
}

/** Over every inbox the caller may read. */
export interface AllCounts extends ViewCounts {
  /** Open ones by channel id; none where there are none. */
  readonly channels: Readonly<Record<string, number>>;
}

/** All of them: what a caller's screen shows. */
export type WholeCounts = CountsByScope & { readonly all: AllCounts & OwnCounts };

type Counters = { -readonly [View in keyof ViewCounts]: number };

/** Counts rows into the fixed views of one caller, one by one; what was counted can be taken back. */
export class ViewTally {
  readonly #principal: Principal;
  /** Null for an inbox the caller may not read. */
  readonly #inboxes = new Map<string, Counters | null>();
  /** Open ones. */
  readonly #channels = new Map<string, number>();

  constructor(principal: Principal) {
    this.#principal = principal;
  }

  get counts(): CountsByScope {
    const all = { ...empty(), channels: Object.fromEntries(this.#channels) };
    const result: Record<string, ViewCounts> & { all: AllCounts } = { all };
    for (const [inboxId, counters] of this.#inboxes) {
      if (counters === null) continue;
      result[inboxId] = { ...counters };
      for (const view of VIEWS) all[view] += counters[view];
    }
    return result;
  }

  /** @param by 1 to count an open or snoozed row, −1 to take it back as it was counted. */
  count(row: Conversation, isUnread: boolean, by: 1 | -1): void {
    const counters = this.#countersOf(row.inboxId);
    if (counters === null) return;
    if (row.status === "snoozed") {
      counters.snoozed += by;
      return;
    }
    counters.open += by;
    this.#countChannel(row.channelId, by);
    if (row.lane !== undefined) counters.automatic += by;
    if (row.assigneeId === null) counters.unassigned += isAside(row.lane) ? 0 : by;
    else if (this.#isMine(row.assigneeId)) counters.mine += by;
    if (isUnread) counters.unread += by;
  }

  #countChannel(channelId: string, by: 1 | -1): void {
    const count = (this.#channels.get(channelId) ?? 0) + by;
    if (count === 0) this.#channels.delete(channelId);
    else this.#channels.set(channelId, count);
  }

  #countersOf(inboxId: string): Counters | null {
    const known = this.#inboxes.get(inboxId);
    if (known !== undefined) return known;
    const made = can(this.#principal, "inbox.read", { inboxId }) ? empty() : null;
    this.#inboxes.set(inboxId, made);
    return made;
  }

  #isMine(assigneeId: string): boolean {
    return this.#principal.type === "user" && assigneeId === this.#principal.user.id;
  }
}

const VIEWS = ["unassigned", "automatic", "mine", "open", "snoozed", "unread"] as const;

function empty(): Counters {
  return { unassigned: 0, automatic: 0, mine: 0, open: 0, snoozed: 0, unread: 0 };
}
