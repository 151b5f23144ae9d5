import assert from "node:assert/strict";
import type { Change, LogEntry } from "../model/change.ts";
import { Filler } from "./filler.ts";

const actor = { type: "system", id: null, name: "Parley" } as const;
const CHANGES: readonly Change[] = [
  { type: "message.created", actor, conversationId: "cnv_1", messageId: "msg_1", seq: 3 },
  { type: "conversation.updated", actor, conversationId: "cnv_1" },
  { type: "contact.updated", actor, contactId: "con_1" },
  { type: "access.changed", actor, userId: "usr_1", conversationId: "cnv_2" },
];

Deno.test("Filler.fill() reads each record once for all subscribers, and none for what nobody is told", async () => {
  const { filler, reads } = open();
  const entry: LogEntry = { at: 7, changes: CHANGES };

  const [first, second] = await Promise.all([filler.fill(entry), filler.fill(entry)]);

  assert.equal(first, second);
  assert.deepEqual(reads.toSorted(), ["contact con_1", "conversation cnv_1", "message cnv_1 3"]);
  assert.deepEqual(first.map(({ n, at }) => [n, at]), [[0, 7], [1, 7], [2, 7], [3, 7]]);
  assert.equal(first[0]?.message?.id, "msg_1");
  assert.equal(first[1]?.message, null);
  assert.equal(first[2]?.contact?.id, "con_1");
  assert.equal(first[3]?.conversation, null);
});

Deno.test("Filler.fill() tries again after a read that failed", async () => {
  const { filler, fail } = open();
  const entry: LogEntry = { at: 7, changes: CHANGES };
  fail(true);
  await assert.rejects(filler.fill(entry), /no disk/);
  fail(false);

  assert.equal((await filler.fill(entry)).length, 4);
});

Deno.test("Filler.fill() tells of a message where it is by now, and not where it was", async () => {
  const { filler } = open({ lastSeq: 2 });
  const [message] = CHANGES;

  const [filled] = await filler.fill({ at: 7, changes: message ? [message] : [] });

  assert.equal(filled?.message, null);
});

/** A store in which everything is that is looked for; the conversation's end can be before the message. */
function open({ lastSeq = 3 } = {}) {
  const reads: string[] = [];
  let isFailing = false;
  const filler = new Filler({
    blobs: {
      stage: unexpected,
      read: unexpected,
      stream: unexpected,
      sweep: unexpected,
    },
    getMany(keys) {
      if (isFailing) return Promise.reject(new Error("no disk"));
      const paths = keys.map(({ path }) => path.join(" "));
      reads.push(...paths);
      const records = paths.map((path) => recordAt(path, lastSeq));
      // What is not looked at is left out.
      return Promise.resolve(records as never[]);
    },
    // It was moved, and lies elsewhere.
    get: () => Promise.resolve({ conversationId: "cnv_9", seq: 1 } as never),
  }, (rows) => Promise.resolve(rows.map(() => null)));
  return { filler, reads, fail: (value: boolean) => isFailing = value };
}

function recordAt(path: string, lastSeq: number) {
  const [kind, id = "", seq] = path.split(" ");
  return kind === "message"
    ? { id: "msg_1", conversationId: id, seq: Number(seq) }
    : { id, lastSeq };
}

function unexpected(): never {
  throw new Error("Unexpected use of a blob");
}
