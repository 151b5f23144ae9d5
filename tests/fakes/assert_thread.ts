/** What holds for every thread, whatever was split off or merged into it. */
import assert from "node:assert/strict";
import type { Message } from "../../core/model/message.ts";
import { putConversation, putMessage } from "../../core/conversations/mod.ts";
import { keys, transact } from "../../core/store/mod.ts";
import type { TestInbox } from "./test_inbox.ts";

/**
 * The messages of a conversation as readers see them. Fails unless they stand in order from 1 on without a gap, each says that it
 * is here, and is found here by its id.
 */
export async function assertThread(
  { core, agent, store }: Pick<TestInbox, "core" | "agent" | "store">,
  conversationId: string,
): Promise<readonly Message[]> {
  const conversation = await store.get(keys.conversation(conversationId));
  const messages: Message[] = [];
  for (let after = 0, isMore = true; isMore;) {
    const page = await core.messages.list(agent, conversationId, { afterSeq: after, limit: 100 });
    assert(page.ok, JSON.stringify(page));
    messages.push(...page.value.items);
    after = page.value.items.at(-1)?.seq ?? after;
    isMore = page.value.next !== null;
  }
  assert.deepEqual(messages.map(({ seq }) => seq), messages.map((_, i) => i + 1));
  assert.equal(messages.length, conversation?.lastSeq);
  const refs = await store.getMany(messages.map(({ id }) => keys.messageRef(id)));
  for (const [i, { seq, conversationId: told }] of messages.entries()) {
    assert.equal(told, conversationId);
    assert.deepEqual([refs[i]?.conversationId, refs[i]?.seq], [conversationId, seq]);
  }
  return messages;
}

/** Their texts; what an event line says for those. */
export function wordsOf(messages: readonly Message[]): readonly string[] {
  return messages.map(({ event, text }) => event === undefined ? text : `(${event.type})`);
}

/** A comment that another process writes: it waits for nobody's turn here. */
export async function writeElsewhere(
  { store, ports }: Pick<TestInbox, "store" | "ports">,
  conversationId: string,
  text: string,
): Promise<void> {
  await transact(store, async (tx) => {
    const before = await tx.get(keys.conversation(conversationId));
    assert(before !== null);
    const after = { ...before, lastSeq: before.lastSeq + 1, version: before.version + 1 };
    putConversation(tx, before, after);
    putMessage(tx, after, {
      id: ports.ids.next("msg"),
      conversationId,
      seq: after.lastSeq,
      kind: "comment",
      author: { type: "user", id: "usr_else", name: "Somebody" },
      text,
      hasHtml: false,
      attachments: [],
      status: "sent",
      trace: [],
      createdAt: tx.now,
    });
  });
}
