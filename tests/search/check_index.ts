/** What every implementation of the search index must do: each registers these tests over itself. */
import assert from "node:assert/strict";
import fc from "fast-check";
import type {
  IndexChange,
  IndexedConversation,
  IndexedMessage,
  IndexQuery,
  IndexTerm,
  SearchIndex,
} from "@/core/search/index_port.ts";
import { PlainIndex } from "./plain_index.ts";

const ANY: IndexQuery = { terms: [], facets: [], where: [], sinceAt: null, beforeAt: null };
const NEWEST = { skip: 0, limit: 100 };

/**
 * Registers the contract's tests.
 * @param name of the function that opens it, as it begins the tests' names
 * @param open gives an empty one
 */
export function checkIndex(name: string, open: () => SearchIndex): void {
  const check = (what: string, run: (index: SearchIndex) => Promise<void>) =>
    Deno.test(`${name} ${what}`, async () => {
      using index = open();
      await run(index);
    });

  check("is closed once, however often it is asked to", async (index) => {
    await index.apply([conversation("a")]);

    index[Symbol.dispose]();
    index[Symbol.dispose]();
  });

  check("counts the conversations it knows", async (index) => {
    await index.apply([conversation("a"), conversation("b"), conversation("a")]);
    await index.apply([{ kind: "conversation_gone", conversationId: "b" }]);

    assert.equal(await index.count(), 1);
  });

  check("finds conversations by words of one message, the newest first", async (index) => {
    await index.apply([
      conversation("a"),
      conversation("b"),
      message("a1", "a", { at: 1, text: "My refund for the chair" }),
      message("b1", "b", { at: 2, text: "A refund, please" }),
      message("a2", "a", { at: 3, text: "Where is the refund of the chair?" }),
      message("b2", "b", { at: 4, text: "The chair is fine" }),
    ]);

    assert.deepEqual(await index.find({ ...ANY, terms: words("refund") }, NEWEST), [
      { conversationId: "a", messageId: "a2", seq: 1, at: 3 },
      { conversationId: "b", messageId: "b1", seq: 1, at: 2 },
    ]);
    assert.deepEqual(await idsOf(index, { ...ANY, terms: words("refund", "chair") }), ["a"]);
  });

  check(
    "finds beginnings, other forms and any script, and phrases as they stand",
    async (index) => {
      const texts = [
        "Ihre Bestellungen sind unterwegs",
        "Les étés à la Straße",
        "返金できますか",
        "ขอเงินคืนได้ไหม",
        "Где мой заказ?",
        "order INV-2026-001 of blue chairs",
      ];
      await index.apply(texts.flatMap((text, i) => [
        conversation(`c${i}`),
        message(`m${i}`, `c${i}`, { at: i + 1, text }),
      ]));
      const found = async (...terms: IndexTerm[]) => await idsOf(index, { ...ANY, terms });
      const exact = (...list: string[]) => term({ words: list });

      assert.deepEqual(await found(...words("bestellung")), ["c0"]);
      assert.deepEqual(await found(...words("ete")), ["c1"]);
      assert.deepEqual(await found(exact("strasse")), ["c1"]);
      assert.deepEqual(await found(exact("返金")), ["c2"]);
      assert.deepEqual(await found(exact("เงิน")), ["c3"]);
      assert.deepEqual(await found(...words("заказы")), ["c4"]);
      assert.deepEqual(await found(exact("inv", "2026", "001")), ["c5"]);
      assert.deepEqual(await found(exact("inv", "001")), []);
      assert.deepEqual(await found(...words("cha")), ["c5"]);
      assert.deepEqual(await found(exact("chair")), []);
    },
  );

  check("keeps words of a place and filters of the conversation together", async (index) => {
    await index.apply([
      conversation("a", { tags: ["vip", "late order"], assigneeId: "usr_1" }),
      conversation("b", { inboxId: "inb_2", status: "closed" }),
      message("a1", "a", { at: 10, from: "Ana Silva ana@example.com", facets: ["file"] }),
      message("b1", "b", { at: 20, subject: "Ana", from: "Bo" }),
    ]);
    const found = async (query: Partial<IndexQuery>) => await idsOf(index, { ...ANY, ...query });
    const where = (
      field: "tag" | "assigneeId" | "status",
      value: string | null,
      isNot = false,
    ) => ({
      where: [{ field, values: [value], isNot }],
    });

    assert.deepEqual(await found({ terms: words("ana") }), ["b", "a"]);
    assert.deepEqual(await found({ terms: [term({ words: ["ana"], place: "from" })] }), ["a"]);
    assert.deepEqual(await found({ terms: [term({ words: ["ana"], place: "subject" })] }), ["b"]);
    assert.deepEqual(await found({ terms: words("ana"), inboxIds: ["inb_2"] }), ["b"]);
    assert.deepEqual(await found({ terms: words("ana"), inboxIds: [] }), []);
    assert.deepEqual(await found(where("tag", "late order")), ["a"]);
    assert.deepEqual(await found(where("tag", null)), ["b"]);
    assert.deepEqual(await found(where("assigneeId", null)), ["b"]);
    assert.deepEqual(await found(where("assigneeId", "usr_1", true)), ["b"]);
    assert.deepEqual(await found({ facets: [{ facet: "file", isNot: true }] }), ["b"]);
    assert.deepEqual(await found({ sinceAt: 10, beforeAt: 20 }), ["a"]);
    assert.deepEqual(await found({ terms: words("ana"), beforeAt: 10 }), []);
  });

  check("follows what changes: other words, another conversation, gone", async (index) => {
    await index.apply([conversation("a"), conversation("b"), message("m", "a", { text: "blue" })]);
    const found = async (word: string) => await idsOf(index, { ...ANY, terms: words(word) });

    await index.apply([message("m", "b", { text: "green" })]);
    assert.deepEqual([await found("blue"), await found("green")], [[], ["b"]]);
    await index.apply([{ kind: "message_gone", messageId: "m" }]);
    assert.deepEqual(await found("green"), []);
    await index.apply([message("m", "b", { text: "green" })]);
    await index.apply([{ kind: "conversation_gone", conversationId: "b" }]);
    assert.deepEqual(await found("green"), []);
    await index.apply([{ kind: "conversation_gone", conversationId: "b" }]);
  });

  check("takes a batch whole or not at all, and its place with it", async (index) => {
    assert.equal(await index.place(), null);
    await index.apply([conversation("a"), message("m", "a", { text: "kept" })], "0001");

    const broken = [message("n", "a", { text: "lost" }), message("o", "nowhere", {})];
    await assert.rejects(index.apply(broken, "0002"), /conversation is not there/);

    assert.equal(await index.place(), "0001");
    assert.deepEqual(await idsOf(index, { ...ANY, terms: words("lost") }), []);
    await index.apply([message("n", "a", { text: "second" })]);
    assert.equal(await index.place(), "0001");
    await index.clear();
    assert.equal(await index.place(), null);
    assert.deepEqual(await idsOf(index, ANY), []);
  });

  check("finds more messages of one millisecond than a second has", async (index) => {
    const many = Array.from({ length: 1_500 }, (_, i) => message(`m${i}`, "a", { text: `w${i}` }));
    await index.apply([conversation("a"), ...many, message("next", "a", { at: 2, text: "w0" })]);

    for (const i of [0, 1_023, 1_024, 1_499]) {
      assert.equal((await index.find({ ...ANY, terms: words(`w${i}`) }, NEWEST)).length, 1, `${i}`);
    }
  });

  check("pages without a gap and gives up when it is told to", async (index) => {
    const all = Array.from({ length: 30 }, (_, i) => `c${String(i).padStart(2, "0")}`);
    await index.apply(all.flatMap((id, i) => [
      conversation(id),
      message(`${id}x`, id, { at: i * 2 + 1, text: "page" }),
      message(`${id}y`, id, { at: i * 2 + 2, text: "page" }),
    ]));
    const query = { ...ANY, terms: words("page") };
    const pages = await Promise.all(
      [0, 10, 20, 30].map((skip) => index.find(query, { skip, limit: 10 })),
    );

    assert.deepEqual(
      pages.flat().map(({ conversationId }) => conversationId),
      all.toReversed(),
    );
  });

  check("finds contacts by beginnings, those that changed last first", async (index) => {
    const contact = (id: string, text: string): IndexChange => ({
      kind: "contact",
      contact: { id, text },
    });
    await index.apply([
      contact("con_1", "Ana Silva ana@example.com +351 912 345 678"),
      contact("con_2", "Bo Anand"),
      contact("con_3", "Zoë"),
    ]);

    assert.deepEqual(await index.findContacts(["ana"], 10), ["con_2", "con_1"]);
    assert.deepEqual(await index.findContacts(["ana"], 1), ["con_2"]);
    assert.deepEqual(await index.findContacts(["ana", "exam"], 10), ["con_1"]);
    assert.deepEqual(await index.findContacts(["912"], 10), ["con_1"]);
    assert.deepEqual(await index.findContacts(["zoe"], 10), ["con_3"]);
    assert.deepEqual(await index.findContacts([], 10), []);
    await index.apply([contact("con_1", "Ana"), { kind: "contact_gone", contactId: "con_2" }]);
    assert.deepEqual(await index.findContacts(["ana"], 10), ["con_1"]);
    assert.deepEqual(await index.findContacts(["silva"], 10), []);
  });

  check("stands whatever is asked of it", async (index) => {
    await index.apply([conversation("a"), message("m", "a", { text: 'AND OR NOT "x" * ( NEAR' })]);
    for (const word of ["and", "not", "near", "or"]) {
      assert.deepEqual(await idsOf(index, { ...ANY, terms: [term({ words: [word] })] }), ["a"]);
    }
  });

  check("finds what reading everything finds", async (index) => {
    await fc.assert(
      fc.asyncProperty(
        changes,
        fc.array(queries, { minLength: 1, maxLength: 4 }),
        async (given, asked) => {
          await index.clear();
          const plain = new PlainIndex();
          // Two messages of one time have no order.
          const list = given.flat();
          for (const batch of [list.slice(0, 12), list.slice(12)]) {
            const known = new Set([...plain.conversations.keys()]);
            const fitting = batch.filter((change) => {
              if (change.kind === "conversation") known.add(change.conversation.id);
              if (change.kind === "conversation_gone") known.delete(change.conversationId);
              return change.kind !== "message" || known.has(change.message.conversationId);
            });
            await index.apply(fitting);
            plain.apply(fitting);
          }
          for (const query of asked) {
            const found = await index.find(query, NEWEST);
            const hits = found.map(({ conversationId, messageId }) => ({
              conversationId,
              messageId,
            }));
            assert.deepEqual(hits, plain.find(query));
          }
        },
      ),
      { numRuns: 300 },
    );
  });
}

function conversation(id: string, more: Partial<IndexedConversation> = {}): IndexChange {
  return {
    kind: "conversation",
    conversation: {
      id,
      number: 1,
      inboxId: "inb_1",
      channelId: "chn_1",
      contactId: "con_1",
      status: "open",
      assigneeId: null,
      tags: [],
      lastMessageAt: 1,
      ...more,
    },
  };
}

function message(id: string, conversationId: string, more: Partial<IndexedMessage>): IndexChange {
  return {
    kind: "message",
    message: {
      id,
      conversationId,
      seq: 1,
      at: 1,
      subject: "",
      from: "",
      to: "",
      text: "",
      files: "",
      facets: [],
      ...more,
    },
  };
}

function term(more: Partial<IndexTerm> & Pick<IndexTerm, "words">): IndexTerm {
  return { place: "anywhere", isPrefix: false, withStems: false, isNot: false, ...more };
}

/** As somebody types them. */
function words(...list: readonly string[]): IndexTerm[] {
  return list.map((word) => term({ words: [word], isPrefix: true, withStems: true }));
}

async function idsOf(index: SearchIndex, query: IndexQuery): Promise<readonly string[]> {
  return (await index.find(query, NEWEST)).map(({ conversationId }) => conversationId);
}

const word = fc.constantFrom(
  "refund",
  "refunds",
  "refunded",
  "order",
  "or",
  "blue",
  "bluer",
  "заказ",
  "заказы",
);
const conversationId = fc.constantFrom("c0", "c1", "c2", "c3");
const text = fc.array(word, { maxLength: 5 }).map((list) => list.join(" "));
/** Each id has a time of its own. */
const messageNumber = fc.integer({ min: 1, max: 12 });
const changes = fc.array(
  fc.oneof(
    {
      weight: 3,
      arbitrary: fc.tuple(
        conversationId,
        fc.subarray(["vip", "late"]),
        fc.option(fc.constantFrom("u1", "u2")),
        fc.constantFrom("open", "closed"),
      ).map((
        [id, tags, assigneeId, status],
      ) => [conversation(id, { tags, assigneeId, status, lastMessageAt: Number(id.slice(1)) })]),
    },
    {
      weight: 6,
      arbitrary: fc.tuple(
        messageNumber,
        conversationId,
        text,
        text,
        text,
        fc.subarray(["file", "comment"] as const),
      ).map((
        [n, id, subject, from, body, facets],
      ) => [message(`m${n}`, id, { at: n, subject, from, text: body, facets })]),
    },
    {
      weight: 1,
      arbitrary: messageNumber.map((
        n,
      ): IndexChange[] => [{ kind: "message_gone", messageId: `m${n}` }]),
    },
    {
      weight: 1,
      arbitrary: conversationId.map((
        id,
      ): IndexChange[] => [{ kind: "conversation_gone", conversationId: id }]),
    },
  ),
  { minLength: 5, maxLength: 30 },
);
const queries: fc.Arbitrary<IndexQuery> = fc.record({
  terms: fc.array(
    fc.record({
      words: fc.array(fc.constantFrom("refund", "refunds", "ref", "or", "order", "blue", "заказ"), {
        minLength: 1,
        maxLength: 2,
      }),
      place: fc.constantFrom("anywhere", "from", "subject"),
      isPrefix: fc.boolean(),
      withStems: fc.boolean(),
      isNot: fc.boolean(),
    }),
    { maxLength: 3 },
  ),
  facets: fc.array(fc.record({ facet: fc.constantFrom("file", "comment"), isNot: fc.boolean() }), {
    maxLength: 1,
  }),
  where: fc.array(
    fc.oneof(
      fc.record({
        field: fc.constant("tag"),
        values: fc.array(fc.constantFrom("vip", "late", null), { maxLength: 2 }),
        isNot: fc.boolean(),
      }),
      fc.record({
        field: fc.constant("assigneeId"),
        values: fc.array(fc.constantFrom("u1", "u2", null), { maxLength: 2 }),
        isNot: fc.boolean(),
      }),
      fc.record({
        field: fc.constant("status"),
        values: fc.constant(["open"]),
        isNot: fc.boolean(),
      }),
    ),
    { maxLength: 2 },
  ),
  sinceAt: fc.option(messageNumber),
  beforeAt: fc.option(messageNumber),
});
