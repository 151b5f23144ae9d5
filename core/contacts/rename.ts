import type { JobHandler } from "../jobs/mod.ts";
import { putConversation } from "../conversations/mod.ts";
import type { Contact } from "../model/contact.ts";
import { keys, type Store, transact, type Tx } from "../store/mod.ts";
import { displayName } from "./resolve.ts";
import { SYSTEM } from "../model/change.ts";

/** Kind of the job that brings a contact's new name into the rows of its conversations: payload `{contactId}`. */
export const RENAME_JOB = "contacts.rename";

/** Writes a contact that may be called otherwise now; the rows of its conversations follow. */
export function putRenamed(tx: Tx, before: Contact, after: Contact): void {
  tx.set(keys.contact(after.id), after);
  if (displayName(after) === displayName(before)) return;
  tx.job({ kind: RENAME_JOB, payload: { contactId: after.id }, dueAt: tx.now });
}

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
          actor: SYSTEM,
          conversationId: id,
          inboxId: before.inboxId,
          changed: ["contactName"],
        });
      }, { queue: id });
    }
  };
}
