import assert from "node:assert/strict";
import {
  firstCursor,
  formatCursor,
  type ImapCursor,
  parseCursor,
  settleCursor,
} from "./imap_cursor.ts";

const NOW = Date.UTC(2026, 2, 2, 12);
const DAY_MS = 24 * 60 * 60 * 1_000;
const FOLDER = { uidValidity: "7", uidNext: 41 };

function settled(change: Partial<ImapCursor> = {}): ImapCursor {
  const first = firstCursor("support@imap.example:993", "INBOX", {
    sinceAt: null,
    isHistory: false,
  });
  return { ...settleCursor(first, FOLDER, NOW), ...change };
}

Deno.test("settleCursor() begins after the mail that is there", () => {
  const cursor = settled();

  assert.equal(cursor.lastUid, 40);
  assert.equal(cursor.uidValidity, "7");
  assert.equal(cursor.review, null);
});

Deno.test("settleCursor() begins with a look back where one is asked for", () => {
  const first = firstCursor("s", "INBOX", { sinceAt: NOW - DAY_MS, isHistory: false });

  const cursor = settleCursor(first, FOLDER, NOW);

  assert.equal(cursor.lastUid, 40);
  assert.deepEqual(cursor.review, {
    sinceAt: NOW - DAY_MS,
    afterUid: 0,
    upTo: 40,
    total: null,
  });
});

Deno.test("settleCursor() looks back by date from before the last look when the UIDs are others", () => {
  const later = NOW + DAY_MS / 2;

  const cursor = settleCursor(
    settled({ stuck: { uid: 40, times: 2 }, unmarked: [40] }),
    { uidValidity: "8", uidNext: 11 },
    later,
  );

  assert.equal(cursor.uidValidity, "8");
  assert.equal(cursor.lastUid, 10);
  assert.equal(cursor.stuck, null);
  assert.deepEqual(cursor.unmarked, []);
  assert.equal(cursor.review?.upTo, 10);
  assert.ok((cursor.review?.sinceAt ?? Infinity) <= NOW - DAY_MS);
});

Deno.test("settleCursor() of an import keeps its own start when the UIDs are others", () => {
  const first = firstCursor("s", "Old", { sinceAt: null, isHistory: true });

  const again = settleCursor(settleCursor(first, FOLDER, NOW), {
    uidValidity: "8",
    uidNext: 11,
  }, NOW);

  assert.equal(again.review?.sinceAt, null);
  assert.deepEqual([again.review?.afterUid, again.review?.upTo], [0, 10]);
});

Deno.test("settleCursor() reviews once a day, never during another review", () => {
  const cursor = settled();

  const soon = settleCursor(cursor, FOLDER, NOW + DAY_MS - 1);
  const due = settleCursor(cursor, FOLDER, NOW + DAY_MS);
  const again = settleCursor(due, FOLDER, NOW + 5 * DAY_MS);

  assert.equal(soon.review, null);
  assert.equal(due.review?.upTo, 40);
  assert.equal(due.reviewedAt, NOW + DAY_MS);
  assert.deepEqual(again, due);
});

Deno.test("parseCursor() gives back what formatCursor() made, and null for anything else", () => {
  const cursor = settled({ unmarked: [1, 2], stuck: { uid: 9, times: 1 } });

  assert.deepEqual(parseCursor(formatCursor(cursor)), cursor);
  for (const text of ["", "{", "null", "{}", '{"v":2}', "[1]"]) {
    assert.equal(parseCursor(text), null, text);
  }
});
