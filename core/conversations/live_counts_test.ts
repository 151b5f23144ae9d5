import assert from "node:assert/strict";
import fc from "fast-check";
import type { Principal } from "../access/mod.ts";
import type { LiveChange } from "../events/mod.ts";
import type { Conversation } from "../model/conversation.ts";
import { LiveCounts } from "./live_counts.ts";
import type { ViewCounts } from "./view_tally.ts";

const ME = "usr_1";
const AGENT: Principal = {
  type: "user",
  // Only id, role and activity are asked for.
  user: { id: ME, role: "agent", active: true } as Extract<Principal, { type: "user" }>["user"],
  inboxIds: new Set(["inb_1", "inb_2"]),
  sessionHash: "",
};

const row = fc.record({
  id: fc.constantFrom("cnv_1", "cnv_2", "cnv_3", "cnv_4"),
  inboxId: fc.constantFrom("inb_1", "inb_2", "inb_hidden"),
  channelId: fc.constantFrom("chn_1", "chn_2"),
  status: fc.constantFrom("open" as const, "snoozed" as const),
  assigneeId: fc.constantFrom(null, ME, "usr_2"),
  lastUnreadSeq: fc.nat(5),
});
type Row = typeof row extends fc.Arbitrary<infer T> ? T : never;
const step = fc.oneof(
  row.map((after) => ({ kind: "put" as const, after })),
  row.map(({ id }) => ({ kind: "leave" as const, id })),
  fc.record({ kind: fc.constant("read" as const), id: row.map(({ id }) => id), seq: fc.nat(6) }),
  fc.record({ kind: fc.constant("unread" as const), id: row.map(({ id }) => id), seq: fc.nat(4) }),
);

Deno.test("LiveCounts equals a fresh count after any changes and reads", () => {
  fc.assert(fc.property(fc.array(row), fc.array(step), (before, steps) => {
    const live = fakeLive(before);
    const marks = new Map<string, number>();
    using counts = new LiveCounts({ live, principal: AGENT, marks });
    const heard = new Map<string, number>();

    for (const one of steps) {
      if (one.kind === "put") live.change(one.after.id, one.after);
      else if (one.kind === "leave") live.change(one.id, null);
      else if (one.kind === "unread") {
        counts.markUnread(one.id, one.seq);
        heard.set(one.id, one.seq);
      } else {
        // Told before the mark itself is there, as by another process.
        counts.markRead(one.id, one.seq);
        heard.set(one.id, Math.max(one.seq, heard.get(one.id) ?? 0));
      }
    }

    using fresh = new LiveCounts({ live, principal: AGENT, marks: heard });
    assert.deepEqual(withoutEmpty(counts.value), withoutEmpty(fresh.value));
    assert.ok(!("inb_hidden" in counts.value));
    const { all, ...inboxes } = counts.value;
    for (const view of ["open", "snoozed", "unread", "mine", "unassigned"] as const) {
      const sum = Object.values(inboxes).reduce((total, one) => total + one[view], 0);
      assert.equal(all?.[view], sum, view);
    }
  }));
});

Deno.test("LiveCounts counts nothing as unread by a token, and stops when disposed of", () => {
  const live = fakeLive([
    {
      id: "cnv_1",
      inboxId: "inb_1",
      channelId: "chn_1",
      status: "open",
      assigneeId: null,
      lastUnreadSeq: 3,
    },
  ]);
  const principal: Principal = { type: "token", id: "tok_1", name: "a", role: "owner" };

  const counts = new LiveCounts({ live, principal, marks: null });
  counts[Symbol.dispose]();
  live.change("cnv_1", null);

  assert.deepEqual(counts.value.all, {
    unassigned: 1,
    automatic: 0,
    mine: 0,
    open: 1,
    snoozed: 0,
    unread: 0,
    channels: { chn_1: 1 },
  });
});

/** A live table in miniature. */
function fakeLive(rows: readonly Row[]) {
  const listeners = new Set<(changes: readonly LiveChange[]) => void>();
  const table = new Map<string, Conversation>(rows.map((one) => [one.id, whole(one)]));
  return {
    rows: () => table.values(),
    get: (id: string) => table.get(id) ?? null,
    onChange(listener: (changes: readonly LiveChange[]) => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    change(id: string, next: Row | null): void {
      const before = table.get(id) ?? null;
      const after = next && whole(next);
      if (after) table.set(id, after);
      else table.delete(id);
      if (before || after) { for (const listener of listeners) listener([{ id, before, after }]); }
    },
  };
}

/** Only what is counted is there. */
function whole(one: Row): Conversation {
  return one as Conversation;
}

function withoutEmpty(counts: Readonly<Record<string, ViewCounts>>) {
  return Object.fromEntries(
    Object.entries(counts).filter(([, one]) => Object.values(one).some((count) => count !== 0)),
  );
}
