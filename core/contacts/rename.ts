import type { JobHandler } from "../jobs/mod.ts";
import { putConversation } from "../conversations/mod.ts";
import { keys, type Store, transact } from "../store/mod.ts";
import { displayName } from "./resolve.ts";

/** The handler of the rename job: one small commit per conversation; running it twice changes nothing more. */
export function createRenamer(store: Store): JobHandler {
  return async function rename(job, run) {
    const contactId = String(job.payload.contactId);
    const contact = await store.get(keys.contact(contactId));
    if (contact === null) return;
    const contactName = displayName(contact);
    for await (
      const { path } of store.list(keys.conversationsOfContact(contactId), { signal: run.signal })
    ) {
      const id = String(path.at(-1));
      await transact(store, async (tx) => {
        const before = await tx.get(keys.conversation(id));
        if (before === null || before.contactName === contactName) return;
        putConversation(tx, before, { ...before, contactName });
        tx.emit({
          type: "conversation.updated",
          actor: { type: "system", id: null, name: "Parley" },
          conversationId: id,
          inboxId: before.inboxId,
          changed: ["contactName"],
        });
      }, { queue: id });
    }
  };
}
