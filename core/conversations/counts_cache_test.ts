import assert from "node:assert/strict";
import fc from "fast-check";
import type { Principal } from "../access/mod.ts";
import type { LiveChange } from "../events/mod.ts";
import type { Conversation } from "../model/conversation.ts";
import { CountsCache } from "./counts_cache.ts";
import type { ReadMark } from "./read_marks.ts";
import type { ViewCounts } from "./view_tally.ts";

type UserPrincipal = Extract<Principal, { type: "user" }>;

const ME = "usr_1";
const agent = (...inboxIds: string[]): UserPrincipal => ({
  type: "user",
  // Only id, role and activity are asked for.
  user: { id: ME, role: "agent", active: true } as UserPrincipal["user"],
  inboxIds: new Set(inboxIds),
  sessionHash: "",
});
const TOKEN: Principal = { type: "token", id: "tok_1", name: "Script", role: "owner" };

const conversationId = fc.constantFrom("cnv_1", "cnv_2", "cnv_3", "cnv_4");
const row = fc.record({
  id: conversationId,
  inboxId: fc.constantFrom("inb_1", "inb_2", "inb_hidden"),
  status: fc.constantFrom("open", "snoozed"),
  assigneeId: fc.constantFrom(null, ME, "usr_2"),
  lastUnreadSeq: fc.nat(5),
}).map((fields) => fields as Conversation);
const step = fc.oneof(
  row.map((after) => ({ kind: "put" as const, after })),
  conversationId.map((id) => ({ kind: "leave" as const, id })),
  fc.record({
    kind: fc.constant("read" as const),
    id: conversationId,
    seq: fc.integer({ min: 1, max: 6 }),
  }),
  fc.constant({ kind: "ask" as const }),
);

Deno.test("CountsCache.of() equals a fresh count after any changes and reads, whoever asked when", async () => {
  await fc.assert(fc.asyncProperty(fc.array(row), fc.array(step), async (before, steps) => {
    const world = fakeWorld(before);
    const cache = new CountsCache(world);
    const principal = agent("inb_1", "inb_2");
    await cache.of(principal);

    for (const one of steps) {
      if (one.kind === "put") world.change(one.after.id, one.after);
      else if (one.kind === "leave") world.change(one.id, null);
      else if (one.kind === "read") world.read(one.id, one.seq);
      else await cache.of(TOKEN);
    }

    for (const caller of [principal, TOKEN]) {
      const fresh = new CountsCache(world);
      assert.deepEqual(withoutEmpty(await cache.of(caller)), withoutEmpty(await fresh.of(caller)));
    }
    assert.ok(!("inb_hidden" in await cache.of(principal)));
  }));
});

Deno.test("CountsCache.of() looks at all rows once, and again when the caller's rights have changed", async () => {
  const world = fakeWorld([
    { id: "cnv_1", inboxId: "inb_1", status: "open", assigneeId: null, lastUnreadSeq: 1 },
    { id: "cnv_2", inboxId: "inb_2", status: "open", assigneeId: ME, lastUnreadSeq: 0 },
  ].map((fields) => fields as Conversation));
  const cache = new CountsCache(world);

  const first = await cache.of(agent("inb_1"));
  await cache.of(agent("inb_1"));
  assert.equal(world.scans, 1);
  const second = await cache.of(agent("inb_1", "inb_2"));

  assert.equal(world.scans, 2);
  assert.deepEqual([first["all"]?.open, first["all"]?.unread], [1, 1]);
  assert.deepEqual([second["all"]?.open, second["all"]?.mine], [2, 1]);
});

Deno.test("CountsCache.of() forgets callers rather than growing without end", async () => {
  const world = fakeWorld([]);
  const cache = new CountsCache(world);
  for (let i = 0; i < 500; i++) {
    const one = agent("inb_1");
    await cache.of({ ...one, user: { ...one.user, id: `usr_${i}` } });
  }
  const { scans } = world;

  const latest = agent("inb_1");
  await cache.of({ ...latest, user: { ...latest.user, id: "usr_499" } });
  assert.equal(world.scans, scans);
  await cache.of({ ...latest, user: { ...latest.user, id: "usr_0" } });
  assert.equal(world.scans, scans + 1);
});

/** Rows and one user's marks, which tell of their changes as the real ones do. */
function fakeWorld(before: readonly Conversation[]) {
  const rows = new Map(before.map((one) => [one.id, one]));
  const marks = new Map<string, number>();
  const rowListeners = new Set<(changes: readonly LiveChange[]) => void>();
  const markListeners = new Set<(mark: ReadMark) => void>();
  const world = {
    scans: 0,
    live: {
      rows() {
        world.scans++;
        return rows.values();
      },
      get: (id: string) => rows.get(id) ?? null,
      settled: () => Promise.resolve(),
      onChange(listener: (changes: readonly LiveChange[]) => void) {
        rowListeners.add(listener);
        return () => rowListeners.delete(listener);
      },
    },
    marks: {
      of: () => Promise.resolve(marks),
      onMark: (listener: (mark: ReadMark) => void) => void markListeners.add(listener),
    },
    change(id: string, after: Conversation | null): void {
      const known = rows.get(id) ?? null;
      if (after) rows.set(id, after);
      else rows.delete(id);
      if (known === null && after === null) return;
      for (const listener of rowListeners) listener([{ id, before: known, after }]);
    },
    read(id: string, seq: number): void {
      const known = marks.get(id);
      if (seq <= (known ?? 0)) return;
      marks.set(id, seq);
      for (const listener of markListeners) {
        listener({ userId: ME, conversationId: id, before: known, after: seq });
      }
    },
  };
  return world;
}

function withoutEmpty(counts: Readonly<Record<string, ViewCounts>>) {
  return Object.fromEntries(
    Object.entries(counts).filter(([, one]) => Object.values(one).some((count) => count !== 0)),
  );
}
