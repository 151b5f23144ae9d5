import assert from "node:assert/strict";
import fc from "fast-check";
import { openTestStore, type TestStore } from "../../tests/fakes/store.ts";
import type { Conversation } from "../model/conversation.ts";
import { keys } from "../store/mod.ts";
import { type DonePage, type DoneQuery, listDone } from "./list_done.ts";
import type { Position } from "./select.ts";

const INBOXES = ["inb_1", "inb_2"];

interface Row {
  readonly at: number;
  readonly inbox: number;
  readonly isWanted: boolean;
}

async function fill(test: TestStore, rows: readonly Row[]): Promise<readonly Conversation[]> {
  const stored = rows.map(({ at, inbox, isWanted }, i) => ({
    // Only what a list of closed conversations looks at.
    id: `cnv_${String((i * 7) % rows.length).padStart(4, "0")}_${i}`,
    status: "closed",
    statusAt: at,
    inboxId: INBOXES[inbox]!,
    tags: isWanted ? ["wanted"] : [],
  } as unknown as Conversation));
  for (let i = 0; i < stored.length; i += 100) {
    await test.store.apply({
      checks: [],
      writes: stored.slice(i, i + 100).flatMap((row) => [
        { kind: "set" as const, path: keys.conversation(row.id).path, value: row },
        {
          kind: "set" as const,
          path: keys.done("closed", row.inboxId, row.statusAt, row.id).path,
          value: true,
        },
      ]),
      changes: [],
      jobDueAt: null,
    });
  }
  return stored;
}

async function walk(
  test: TestStore,
  query: Pick<DoneQuery, "sort" | "limit" | "accepts">,
  scanLimit?: number,
) {
  const seen: string[] = [];
  let pages = 0;
  let after: Position | null = null;
  do {
    const page: DonePage = await listDone(test.store, {
      ...query,
      statuses: ["closed"],
      inboxIds: INBOXES,
      after,
    }, scanLimit);
    assert(page.items.length <= query.limit);
    seen.push(...page.items.map(({ id }) => id));
    after = page.next;
    pages++;
  } while (after !== null);
  return { seen, pages };
}

Deno.test("listDone() pages through every row once, in order, also hundreds of one millisecond", async () => {
  using test = await openTestStore();
  const rows = await fill(
    test,
    Array.from({ length: 300 }, (_, i) => ({ at: i < 250 ? 5 : i, inbox: i % 2, isWanted: true })),
  );
  const byPlace = (a: Conversation, b: Conversation) =>
    a.statusAt - b.statusAt || (a.id < b.id ? -1 : 1);
  const oldestFirst = rows.toSorted(byPlace).map(({ id }) => id);

  for (const limit of [7, 100]) {
    const oldest = await walk(test, { sort: "oldest", limit, accepts: () => true });
    const newest = await walk(test, { sort: "newest", limit, accepts: () => true });

    assert.deepEqual(oldest.seen, oldestFirst);
    assert.deepEqual(newest.seen, oldestFirst.toReversed());
  }
});

Deno.test("listDone() goes on behind what it looked at in vain", async () => {
  using test = await openTestStore();
  const rows = await fill(
    test,
    Array.from({ length: 400 }, (_, i) => ({ at: i, inbox: i % 2, isWanted: i % 100 === 3 })),
  );
  const accepts = ({ tags }: Conversation) => tags.includes("wanted");

  const { seen, pages } = await walk(test, { sort: "newest", limit: 50, accepts }, 60);

  assert.deepEqual(seen, rows.filter(accepts).toReversed().map(({ id }) => id));
  assert(pages > 2 && pages < 10, `${pages} pages`);
});

Deno.test("listDone() loses and repeats nothing, whatever lies where and whatever the filter takes", async () => {
  const row = fc.record({ at: fc.nat(4), inbox: fc.nat(1), isWanted: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(
      fc.array(row, { minLength: 1, maxLength: 130 }),
      fc.constantFrom("newest" as const, "oldest" as const),
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 1, max: 70 }),
      async (given, sort, limit, scanLimit) => {
        using test = await openTestStore();
        const rows = await fill(test, given);
        const accepts = ({ tags }: Conversation) => tags.includes("wanted");

        const { seen } = await walk(test, { sort, limit, accepts }, scanLimit);

        assert.equal(new Set(seen).size, seen.length);
        assert.deepEqual([...seen].sort(), rows.filter(accepts).map(({ id }) => id).sort());
      },
    ),
    { numRuns: 40 },
  );
});
