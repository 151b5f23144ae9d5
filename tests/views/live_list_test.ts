/** The browser's list beside the server's: one code decides what is in it, and every change reaches both. */
import assert from "node:assert/strict";
import fc from "fast-check";
import type { Conversation } from "../../core/model/conversation.ts";
import { keys, transact } from "../../core/store/mod.ts";
import { putConversation } from "../../core/conversations/mod.ts";
import { ok } from "../../core/result.ts";
import { ConversationStore } from "../../islands/(_client)/workspace/conversation_store.ts";
import { listRoute } from "../../islands/(_client)/workspace/workspace_route.ts";
import { conversationView } from "../../routes/(_shared)/views.ts";
import { valueOf } from "../fakes/access.ts";
import { filter, filterRow } from "../fakes/filter_arbitrary.ts";
import { openTestInbox, type TestInbox } from "../fakes/test_inbox.ts";

const SORTS = ["newest", "oldest", "waiting", "priority"] as const;

/** Writes a conversation, as a commit that the live table follows. */
async function write(inbox: TestInbox, before: Conversation | null, after: Conversation) {
  await transact(inbox.store, (tx) => {
    putConversation(tx, before, after);
    tx.emit({
      type: before === null ? "conversation.created" : "conversation.updated",
      actor: { type: "system", id: null, name: "Test" },
      conversationId: after.id,
      inboxId: after.inboxId,
    });
    return Promise.resolve();
  });
}

Deno.test("the browser's list of any filter, after any changes, is the server's", async () => {
  const change = fc.record({ n: fc.nat(11), row: filterRow });
  await fc.assert(
    fc.asyncProperty(
      fc.array(filterRow, { minLength: 1, maxLength: 8 }),
      fc.array(change, { maxLength: 12 }),
      filter,
      fc.constantFrom(...SORTS),
      async (given, changes, asked, sort) => {
        await using inbox = await openTestInbox();
        const { core, ports } = inbox;
        const user = { ...inbox.agent.user, id: "usr_me" };
        const agent = { ...inbox.agent, user, inboxIds: new Set(["inb_1", "inb_2"]) };
        await transact(inbox.store, (tx) => {
          for (const id of agent.inboxIds) {
            const times = { createdAt: 1, updatedAt: 1 };
            tx.set(keys.inbox(id), { id, name: id, memberIds: [], teamIds: [], ...times });
          }
          return Promise.resolve();
        });
        const rows: Conversation[] = [];
        let updatedAt = ports.clock.now();
        for (const [n, row] of given.entries()) {
          rows.push({ ...row, id: `cnv_${n}`, updatedAt });
          await write(inbox, null, rows[n]!);
        }
        const onServer = async () =>
          valueOf(
            await core.conversations.list(agent, { filter: asked, sort, limit: 100 }),
          ).items.map(conversationView);
        const list = listRoute("all", "filter", { filter: JSON.stringify(asked), sort });
        const store = new ConversationStore({
          api: {
            conversations: () => Promise.resolve(ok({ items: [], next: null })),
            counts: () => Promise.resolve(ok({})),
          },
          rules: { me: user.id, now: () => ports.clock.now(), savedFilter: () => null },
          name: list,
          page: { items: await onServer(), next: null },
          counts: {},
        });

        for (const { n, row } of changes) {
          // Each event is newer than what it is about.
          updatedAt++;
          const before = rows[n] ?? null;
          const at = before === null ? rows.length : n;
          const after = { ...row, id: `cnv_${at}`, updatedAt };
          rows[at] = after;
          await write(inbox, before, after);
          store.take(
            conversationView(await core.conversations.row(agent, after)),
          );
        }
        store.showWaiting();

        assert.deepEqual(
          store.rows.value.map(({ id }) => id),
          (await onServer()).map(({ id }) => id),
        );
      },
    ),
    { numRuns: 25, endOnFailure: true },
  );
});
