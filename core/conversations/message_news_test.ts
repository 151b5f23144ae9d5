import assert from "node:assert/strict";
import fc from "fast-check";
import type { Message } from "../model/message.ts";
import type { MessageNews } from "../store/mod.ts";
import {
  carried,
  EARLY_KEPT_MS,
  earlyNews,
  emptied,
  joinNews,
  keptEarly,
  NO_NEWS,
  withTexts,
} from "./message_news.ts";

const Time = fc.integer({ min: 1, max: 5 });
const PLAIN = { noNullPrototype: true };
const News: fc.Arbitrary<MessageNews> = fc.oneof(
  fc.record({ text: fc.constantFrom("one", "two", "three"), at: Time }, PLAIN)
    .map((text) => ({ ...NO_NEWS, texts: [text] })),
  fc.record({
    emoji: fc.constantFrom("❤️", "👍", null),
    by: fc.constantFrom("psid:1", "psid:2"),
    name: fc.constantFrom("", "Ana"),
    at: Time,
  }, PLAIN).map((reaction) => ({ ...NO_NEWS, reactions: [reaction] })),
  Time.map((deletedAt) => ({ ...NO_NEWS, deletedAt })),
  fc.record({ status: fc.constantFrom("sent", "delivered", "read", "failed"), at: Time }, PLAIN)
    .map((receipt) => ({ ...NO_NEWS, receipt })),
);
const MESSAGE: Message = {
  id: "msg_1",
  conversationId: "cnv_1",
  seq: 1,
  kind: "inbound",
  author: { type: "contact", id: "con_1", name: "Ana" },
  text: "First",
  html: "<p>First</p>",
  hasHtml: true,
  attachments: [{ id: "att_1", name: "a.png", type: "image/png", size: 1 }],
  status: "received",
  trace: [],
  createdAt: 1,
};

Deno.test("joinNews() comes to the same in any order, and however often it is told", () => {
  fc.assert(fc.property(
    fc.array(News, { maxLength: 12 }).chain((told) =>
      fc.tuple(
        fc.constant(told),
        fc.shuffledSubarray([...told, ...told], {
          minLength: told.length * 2,
          maxLength: told.length * 2,
        }),
      )
    ),
    ([told, again]) => {
      const join = (all: readonly MessageNews[]) => all.reduce(joinNews, NO_NEWS);

      assert.deepEqual(join(again), join(told));
      const [first = NO_NEWS, ...rest] = told;
      assert.deepEqual(joinNews(first, join(rest)), join(told));
    },
  ));
});

Deno.test("joinNews() keeps the latest of what is too much, in any order", () => {
  const texts = Array.from({ length: 80 }, (_, at) => ({
    ...NO_NEWS,
    texts: [{ text: `${at} ${"長".repeat(20_000)}`, at }],
  }));
  const reactions = Array.from({ length: 80 }, (_, at) => ({
    ...NO_NEWS,
    reactions: [{ emoji: "👍", by: `psid:${at}`, name: "", at }],
  }));
  const all = [...texts, ...reactions];

  const forward = all.reduce(joinNews, NO_NEWS);
  const backward = all.toReversed().reduce(joinNews, NO_NEWS);

  assert.deepEqual(forward, backward);
  assert.equal(forward.texts.at(-1)?.at, 79);
  assert.equal(forward.texts.at(-1)?.text.length, 10_000);
  assert(JSON.stringify(forward.texts).length < 40_000);
  assert.deepEqual(
    forward.reactions.map(({ at }) => at),
    Array.from({ length: 20 }, (_, i) => 60 + i),
  );
});

Deno.test("keptEarly() adds to what waits, begins anew once that expired, and leaves messages alone", () => {
  const one = { ...NO_NEWS, deletedAt: 5 };
  const two = { ...NO_NEWS, texts: [{ text: "x", at: 1 }] };

  const first = keptEarly(null, one, 1_000);
  assert(first !== null);
  const both = keptEarly(first, two, 2_000);
  const late = keptEarly(first, two, 1_000 + EARLY_KEPT_MS);

  assert.deepEqual(both?.early, joinNews(one, two));
  assert.equal(both?.expiresAt, 2_000 + EARLY_KEPT_MS);
  assert.deepEqual(late?.early, two);
  assert.equal(keptEarly({ conversationId: "c", messageId: "m", seq: 1 }, one, 1), null);
  assert.deepEqual(earlyNews(first, first.expiresAt - 1), one);
  assert.equal(earlyNews(first, first.expiresAt), null);
});

Deno.test("withTexts() holds the first text and what followed, and says when nothing is new", () => {
  const later = [{ text: "Second", at: 2 }];

  const texts = withTexts(null, "First", later);

  assert.deepEqual(texts, { first: "First", later });
  assert.equal(withTexts(texts, "First", later), null);
  assert.deepEqual(withTexts(texts, "?", [{ text: "Between", at: 1 }]), {
    first: "First",
    later: [{ text: "Between", at: 1 }, ...later],
  });
});

Deno.test("emptied() leaves nothing of what a message said", () => {
  const gone = emptied({
    ...MESSAGE,
    editedAt: 3,
    reactions: [{ emoji: "👍", by: "psid:1", name: "Ana", at: 1 }],
    fields: [{ name: "a", label: "A", value: "secret" }],
  }, 9);

  const { html: _html, ...rest } = MESSAGE;
  assert.deepEqual(gone, { ...rest, text: "", hasHtml: false, attachments: [], deletedAt: 9 });
});

Deno.test("carried() takes along what was told where a message lay before, and nothing older", () => {
  const reactions = [{ emoji: "👍", by: "psid:1", name: "", at: 1 }];
  const moved = { ...MESSAGE, conversationId: "cnv_2", seq: 7 };

  assert.equal(carried(MESSAGE, moved), moved);
  assert.deepEqual(carried({ ...MESSAGE, reactions }, moved), { ...moved, reactions });
  assert.deepEqual(carried({ ...MESSAGE, deletedAt: 4 }, moved), emptied(moved, 4));
  const gone = emptied(moved, 4);
  assert.equal(carried({ ...MESSAGE, text: "Edited", editedAt: 9 }, gone), gone);
  const edited = carried({ ...MESSAGE, text: "Edited", editedAt: 9 }, moved);
  assert.deepEqual([edited.text, edited.html, edited.hasHtml, edited.editedAt, edited.seq], [
    "Edited",
    undefined,
    false,
    9,
    7,
  ]);
  const later = { ...moved, text: "Later", editedAt: 10 };
  assert.equal(carried({ ...MESSAGE, text: "Edited", editedAt: 9 }, later), later);
});
