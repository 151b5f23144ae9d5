import type { Principal } from "../access/mod.ts";
import type { LiveChange, LiveTable } from "../events/mod.ts";
import type { ReadMark, ReadMarks } from "./read_marks.ts";
import { type CountsByScope, ViewTally } from "./view_tally.ts";

/** Callers remembered; the one who asked least recently is forgotten first. */
const MAX_CALLERS = 200;

export interface CountsCacheOptions {
  readonly live: Pick<LiveTable, "get" | "onChange" | "rows" | "settled">;
  readonly marks: Pick<ReadMarks, "of" | "onMark">;
}

interface Caller {
  /** What they may see: with other rights everything is counted anew. */
  readonly rights: string;
  readonly tally: ViewTally;
  /** Null for a token, which reads nothing. */
  readonly marks: ReadonlyMap<string, number> | null;
}

/**
 * The counts of callers who asked before. Every page asks, and fifty thousand rows take longer to look at than the rest
 * of the page: so they are looked at once, and each change afterwards is counted for everybody remembered.
 */
export class CountsCache {
  readonly #options: CountsCacheOptions;
  /** By user or role of a token, the latest to ask last. */
  readonly #callers = new Map<string, Caller>();

  constructor(options: CountsCacheOptions) {
    this.#options = options;
    options.live.onChange((changes) => this.#followRows(changes));
    options.marks.onMark((mark) => this.#followMark(mark));
  }

  /** By inbox id, and under "all" over every inbox the caller may read; never older than the latest commit here. */
  async of(principal: Principal): Promise<CountsByScope> {
    const { live } = this.#options;
    const marks = principal.type === "user"
      ? await this.#options.marks.of(principal.user.id)
      : null;
    await live.settled();
    // From here to the answer nothing waits, so rows and marks are those of one moment.
    const key = principal.type === "user" ? principal.user.id : `token ${principal.role}`;
    const rights = rightsOf(principal);
    const known = this.#callers.get(key);
    this.#callers.delete(key);
    const isUsable = known !== undefined && known.rights === rights && known.marks === marks;
    const caller = isUsable ? known : this.#count(principal, rights, marks);
    this.#callers.set(key, caller);
    const [oldest] = this.#callers.keys();
    if (this.#callers.size > MAX_CALLERS && oldest !== undefined) this.#callers.delete(oldest);
    return caller.tally.counts;
  }

  #count(principal: Principal, rights: string, marks: Caller["marks"]): Caller {
    const tally = new ViewTally(principal);
    for (const row of this.#options.live.rows()) {
      tally.count(row, isUnread(row, marks?.get(row.id), marks), 1);
    }
    return { rights, tally, marks };
  }

  #followRows(changes: readonly LiveChange[]): void {
    for (const { tally, marks } of this.#callers.values()) {
      for (const { id, before, after } of changes) {
        const mark = marks?.get(id);
        if (before !== null) tally.count(before, isUnread(before, mark, marks), -1);
        if (after !== null) tally.count(after, isUnread(after, mark, marks), 1);
      }
    }
  }

  #followMark({ userId, conversationId, before, after }: ReadMark): void {
    const caller = this.#callers.get(userId);
    const row = this.#options.live.get(conversationId);
    if (caller === undefined || row === null) return;
    caller.tally.count(row, isUnread(row, before, caller.marks), -1);
    caller.tally.count(row, isUnread(row, after, caller.marks), 1);
  }
}

function isUnread(
  { lastUnreadSeq }: { readonly lastUnreadSeq: number },
  mark: number | undefined,
  marks: Caller["marks"],
): boolean {
  return marks !== null && lastUnreadSeq > (mark ?? 0);
}

function rightsOf(principal: Principal): string {
  if (principal.type === "token") return principal.role;
  const { role, active } = principal.user;
  return JSON.stringify([role, active, [...principal.inboxIds].sort()]);
}
