import { can, type Principal } from "../access/mod.ts";
import type { LiveChange, LiveTable } from "../events/mod.ts";
import { type Conversation, isLive } from "../model/conversation.ts";
import { isPersonal, isTimed, matcherOf, statusesOf } from "../model/match_filter.ts";
import type { View } from "../model/view.ts";
import type { ViewFilter } from "../model/view_filter.ts";
import type { Ports } from "../ports.ts";
import type { Views } from "../views/mod.ts";
import type { ReadMark, ReadMarks } from "./read_marks.ts";

/** Views counted at a time, those that are each person's own once for each; who asked least recently is forgotten. */
const MAX_TALLIES = 1_000;
/** What only time changes is counted anew after this. */
const TIMED_MS = 30_000;

export interface SavedCountsOptions {
  readonly live: Pick<LiveTable, "get" | "onChange" | "rows" | "settled">;
  readonly marks: Pick<ReadMarks, "of" | "onMark">;
  readonly views: Pick<Views, "list">;
  readonly clock: Ports["clock"];
}

/**
 * How many conversations saved views hold. All rows are looked at once per view, and again now and then where time
 * alone changes what it holds; each change of a row costs the same afterwards, however many look at the view.
 */
export class SavedCounts {
  readonly #options: SavedCountsOptions;
  /** The latest to be asked for last. */
  readonly #tallies = new Map<string, Tally>();

  constructor(options: SavedCountsOptions) {
    this.#options = options;
    options.live.onChange((changes) => {
      for (const tally of this.#tallies.values()) tally.follow(changes);
    });
    options.marks.onMark((mark) => {
      const row = options.live.get(mark.conversationId);
      if (row === null) return;
      for (const tally of this.#tallies.values()) tally.followMark(mark, row);
    });
  }

  /**
   * By view id, for the views the caller sees and in the inboxes they may read. Without views that also hold what is
   * done: nobody counts that.
   */
  async of(principal: Principal): Promise<Readonly<Record<string, number>>> {
    const { live, views, marks } = this.#options;
    const userId = principal.type === "user" ? principal.user.id : null;
    const [seen, own] = await Promise.all([
      userId === null ? null : marks.of(userId),
      views.list(principal),
    ]);
    await live.settled();
    // From here to the answer nothing waits, so all counts are those of one moment.
    return Object.fromEntries(
      own.filter(({ filter }) => statusesOf(filter).every(isLive))
        .map((view) => [view.id, this.#tallyOf(view, userId, seen).countFor(principal)]),
    );
  }

  #tallyOf(view: View, userId: string | null, marks: Marks): Tally {
    const { clock, live } = this.#options;
    const isOwn = isPersonal(view.filter);
    const key = `${view.id} ${isOwn ? userId ?? "" : "all"}`;
    const known = this.#tallies.get(key);
    this.#tallies.delete(key);
    const now = clock.now();
    const person = isOwn ? { userId, marks } : NOBODY;
    const isGood = known !== undefined && known.isOf(view) && known.person.marks === person.marks &&
      (!isTimed(view.filter) || now - known.now < TIMED_MS);
    const tally = isGood ? known : new Tally(view.filter, person, now, live.rows());
    this.#tallies.set(key, tally);
    const [oldest] = this.#tallies.keys();
    if (this.#tallies.size > MAX_TALLIES && oldest !== undefined) this.#tallies.delete(oldest);
    return tally;
  }
}

type Marks = ReadonlyMap<string, number> | null;

/** Whose view it is, when it holds others for each person. */
interface Person {
  readonly userId: string | null;
  readonly marks: Marks;
}

const NOBODY: Person = { userId: null, marks: null };

/** What one view holds at one time, by inbox. A row that left is judged by the same time as when it came. */
class Tally {
  readonly person: Person;
  readonly now: number;
  #filter: ViewFilter;
  readonly #matches;
  readonly #inboxes = new Map<string, number>();

  constructor(
    filter: ViewFilter,
    person: Person,
    now: number,
    rows: Iterable<Conversation>,
  ) {
    this.#filter = filter;
    this.person = person;
    this.now = now;
    this.#matches = matcherOf(filter);
    for (const row of rows) this.#count(row, person.marks?.get(row.id), 1);
  }

  /** Whether the view is still the one that is counted; another name or place makes it no other. */
  isOf({ filter }: View): boolean {
    if (filter === this.#filter) return true;
    if (JSON.stringify(filter) !== JSON.stringify(this.#filter)) return false;
    this.#filter = filter;
    return true;
  }

  countFor(principal: Principal): number {
    let count = 0;
    for (const [inboxId, inInbox] of this.#inboxes) {
      if (can(principal, "inbox.read", { inboxId })) count += inInbox;
    }
    return count;
  }

  follow(changes: readonly LiveChange[]): void {
    for (const { id, before, after } of changes) {
      const mark = this.person.marks?.get(id);
      if (before !== null) this.#count(before, mark, -1);
      if (after !== null) this.#count(after, mark, 1);
    }
  }

  followMark({ userId, before, after }: ReadMark, row: Conversation): void {
    if (this.person.userId !== userId) return;
    this.#count(row, before, -1);
    this.#count(row, after, 1);
  }

  #count(row: Conversation, mark: number | undefined, by: 1 | -1): void {
    const { userId, marks } = this.person;
    const isUnread = () => marks !== null && row.lastUnreadSeq > (mark ?? 0);
    if (!this.#matches(row, { userId, now: this.now, isUnread })) return;
    this.#inboxes.set(row.inboxId, (this.#inboxes.get(row.inboxId) ?? 0) + by);
  }
}
