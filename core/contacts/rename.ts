import type { JobHandler } from "../jobs/mod.ts";
import { putConversation } from "../conversations/mod.ts";
import { keys, type Store, transact } from "../store/mod.ts";
import { displayName } from "./resolve.ts";

/** The handler of the rename job: one small commit per conversation; running it twice changes nothing more. */
export function createRenamer(store: Store): JobHandler {
  return async function rename(job, run) {
    const contactId = String(job.payload.contactId);
    for await (
      const { path } of store.list(keys.conversationsOfContact(contactId), { signal: run.signal })
    ) {
      const id = String(path.at(-1));
      await transact(store, async (tx) => {
        const before = await tx.get(keys.conversation(id));
        // As it is now: a later rename may have overtaken this one.
        const contact = await tx.get(keys.contact(contactId));
        if (before === null || contact === null) return;
        const contactName = displayName(contact);
        if (before.contactName === contactName) return;
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
