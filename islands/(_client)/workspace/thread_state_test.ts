import assert from "node:assert/strict";
import { sampleMessage } from "./sample_records.ts";
import {
  addAnswer,
  addSending,
  createThread,
  lastSeqOf,
  markNew,
  prependPage,
  putMessage,
  removeMessage,
  replaceMessages,
  type ThreadState,
} from "./thread_state.ts";

const ME = "usr_me";
const reply = (seq: number, id = `msg_${seq}`) =>
  sampleMessage(seq, {
    id,
    kind: "reply",
    status: "queued",
    author: { type: "user", id: ME, name: "Nora" },
  });
const seqs = (thread: ThreadState) => thread.messages.map(({ seq }) => seq);

Deno.test("putMessage() keeps messages in order and replaces by id", () => {
  const thread = createThread({ items: [sampleMessage(1), sampleMessage(3)], next: null });

  const more = putMessage(putMessage(thread, sampleMessage(2)), { ...reply(3), text: "later" });

  assert.deepEqual(seqs(more), [1, 2, 3]);
  assert.equal(more.messages[2]?.text, "later");
  assert.equal(lastSeqOf(more), 3);
});

Deno.test("putMessage() and addAnswer() end what was on its way, whichever comes first", () => {
  const thread = addSending(createThread({ items: [], next: null }), reply(0, "client-1"));

  const event = putMessage(thread, { ...reply(4, "client-1"), status: "sent" });
  const answered = addAnswer(event, reply(4, "client-1"));

  assert.deepEqual(event.sending, []);
  assert.equal(answered.messages[0]?.status, "sent");
  assert.deepEqual(addAnswer(thread, reply(4, "client-1")).sending, []);
});

Deno.test("removeMessage() takes back what could not be sent", () => {
  const thread = addSending(createThread({ items: [], next: null }), reply(0, "client-1"));

  assert.deepEqual(removeMessage(thread, "client-1").sending, []);
});

Deno.test("prependPage() adds older messages once", () => {
  const thread = createThread({ items: [sampleMessage(3), sampleMessage(4)], next: "c" });

  const more = prependPage(thread, { items: [1, 2, 3].map((n) => sampleMessage(n)), next: null });

  assert.deepEqual(seqs(more), [1, 2, 3, 4]);
  assert.equal(more.before, null);
});

Deno.test("replaceMessages() keeps older messages only when no hole lies between", () => {
  const items = [1, 2, 3].map((n) => sampleMessage(n));
  const thread = prependPage(createThread({ items: [sampleMessage(3)], next: "c" }), {
    items,
    next: null,
  });

  const joined = replaceMessages(thread, {
    items: [sampleMessage(3), sampleMessage(4)],
    next: "n",
  });
  const apart = replaceMessages(thread, { items: [sampleMessage(7)], next: "n" });

  assert.deepEqual(seqs(joined), [1, 2, 3, 4]);
  assert.equal(joined.before, null);
  assert.deepEqual(seqs(apart), [7]);
  assert.equal(apart.before, "n");
});

Deno.test("replaceMessages() keeps what an event told after the page was read", () => {
  const thread = putMessage(createThread({ items: [], next: null }), sampleMessage(3));

  const read = replaceMessages(thread, { items: [sampleMessage(1), sampleMessage(2)], next: null });

  assert.deepEqual(seqs(read), [1, 2, 3]);
});

Deno.test("markNew() puts the line after the last thing our side wrote", () => {
  const thread = createThread({
    items: [sampleMessage(1), reply(2), sampleMessage(3), sampleMessage(4)],
    next: null,
  });

  assert.equal(markNew(thread, true, ME).newFromSeq, 3);
  assert.equal(markNew(thread, false, ME).newFromSeq, null);
});

Deno.test("markNew() draws no line above everything there is", () => {
  const items = [sampleMessage(1), sampleMessage(2)];

  assert.equal(markNew(createThread({ items, next: null }), true, ME).newFromSeq, null);
  assert.equal(markNew(createThread({ items, next: "0" }), true, ME).newFromSeq, 1);
});

Deno.test("markNew() counts a colleague's comment as new, our own not", () => {
  const comment = (id: string) =>
    sampleMessage(2, { kind: "comment", author: { type: "user", id, name: "Jonas" } });

  const theirs = createThread({ items: [reply(1), comment("usr_jonas")], next: null });
  const ours = createThread({ items: [reply(1), comment(ME)], next: null });

  assert.equal(markNew(theirs, true, ME).newFromSeq, 2);
  assert.equal(markNew(ours, true, ME).newFromSeq, null);
});
