import { actorOf, can, type Principal } from "../access/mod.ts";
import type { CoreContext } from "../context.ts";
import { putConversation } from "../conversations/mod.ts";
import { type CoreError, invalid, notFound } from "../errors.ts";
import type { JobHandler } from "../jobs/mod.ts";
import { SYSTEM } from "../model/change.ts";
import type { Contact } from "../model/contact.ts";
import { err, ok, type Result } from "../result.ts";
import { keys, type Store, storedBytes, transact, type Tx } from "../store/mod.ts";
import { ambiguousKind, type ChosenField, mergedContact } from "./merged_contact.ts";
import { putRenamed } from "./rename.ts";
import { displayName, MAX_CONTACT_BYTES } from "./resolve.ts";

/** Kind of the job that moves what a merged contact had: payload `{contactId, pass}`. */
export const MERGE_CONTACT_JOB = "contacts.merge";
/** What somebody was doing with the contact at that moment has ended by then. */
const LAST_PASS_AFTER_MS = 60_000;
/** How long a merge is remembered with all it was made of. */
const KEPT_MS = 30 * 24 * 60 * 60 * 1_000;

/** The contact an id stands for now: itself, or the one it was merged into, over any number of merges. */
export async function currentContactId(
  read: (key: ReturnType<typeof keys.contactAlias>) => Promise<string | null>,
  id: string,
): Promise<string> {
  let current = id;
  // Nothing is merged into what was merged before, so this ends.
  for (let next = await read(keys.contactAlias(current)); next !== null;) {
    current = next;
    next = await read(keys.contactAlias(current));
  }
  return current;
}

/**
 * Makes one contact out of two: `id` is part of `intoId` from then on. Everything that is known of it leads to the other at
 * once; its conversations and notes follow in a job. Asked for twice it answers the same.
 * Errors: forbidden, not_found, invalid (`intoId`), conflict where answers could reach the wrong one.
 */
export async function mergeContacts(
  store: Store,
  principal: Principal,
  id: string,
  { intoId, take }: { readonly intoId: string; readonly take: readonly ChosenField[] },
): Promise<Result<Contact, CoreError>> {
  if (!can(principal, "contact.write")) return err({ code: "forbidden" });
  return await transact<Result<Contact, CoreError>>(store, async (tx) => {
    const read = (key: ReturnType<typeof keys.contactAlias>) => tx.get(key);
    const targetId = await currentContactId(read, intoId);
    const into = await tx.get(keys.contact(targetId));
    if (into === null) return err(invalid("intoId", "is no contact"));
    const alias = await tx.get(keys.contactAlias(id));
    if (alias !== null) {
      const isSame = await currentContactId(read, id) === targetId && id !== intoId;
      return isSame ? ok(into) : err(notFound("contact"));
    }
    if (id === targetId) return err(invalid("intoId", "is the same contact"));
    const other = await tx.get(keys.contact(id));
    if (other === null) return err(notFound("contact"));
    const kind = ambiguousKind(into, other);
    if (kind !== null) {
      return err({
        code: "conflict",
        message: `Both are known as ${kind}: answers could reach the wrong one`,
      });
    }
    const after = { ...mergedContact(into, other, new Set(take)), updatedAt: tx.now };
    if (storedBytes(after) > MAX_CONTACT_BYTES) {
      return err({ code: "conflict", message: "Together they have too many addresses" });
    }
    for (const one of other.identities) tx.set(keys.identity(one.kind, one.value), targetId);
    // Written although it stays as it is: whoever changes it at this moment begins anew.
    tx.set(keys.contact(id), other);
    tx.set(keys.contactAlias(id), targetId);
    tx.set(keys.contactMerge(targetId, id), {
      ...{ into, other, actor: actorOf(principal), at: tx.now },
    }, { expireInMs: KEPT_MS });
    putRenamed(tx, into, after);
    tx.job({ kind: MERGE_CONTACT_JOB, payload: { contactId: id, pass: 1 }, dueAt: tx.now });
    tx.emit({
      type: "contact.updated",
      actor: actorOf(principal),
      contactId: targetId,
      changed: ["merged"],
    });
    return ok(after);
  });
}

/**
 * The handler of the merge job: one small commit per conversation and note, so that it goes on where it ended. The old
 * record ends in a second pass, when nobody can be using it any more.
 */
export function createContactMerger({ store }: Pick<CoreContext, "store">): JobHandler {
  return async function merge(job, run) {
    const fromId = String(job.payload.contactId);
    const { signal } = run;
    for await (const { path } of store.list(keys.conversationsOfContact(fromId), { signal })) {
      const id = String(path.at(-1));
      await transact(store, (tx) => moveConversation(tx, fromId, id), { queue: id });
    }
    for await (const { path } of store.list(keys.contactNotes(fromId), { signal })) {
      const id = String(path.at(-1));
      await transact(store, (tx) => moveNote(tx, fromId, id));
    }
    await transact(store, async (tx) => {
      if (Number(job.payload.pass) > 1) {
        if (await tx.get(keys.contact(fromId)) === null) return;
        tx.delete(keys.contact(fromId));
        tx.emit({ type: "contact.deleted", actor: SYSTEM, contactId: fromId });
        return;
      }
      run.complete(tx);
      tx.job({
        kind: MERGE_CONTACT_JOB,
        payload: { contactId: fromId, pass: 2 },
        dueAt: tx.now + LAST_PASS_AFTER_MS,
      });
    });
  };
}

async function moveConversation(tx: Tx, fromId: string, id: string): Promise<void> {
  const before = await tx.get(keys.conversation(id));
  if (before === null || before.contactId !== fromId) return;
  const intoId = await currentContactId((key) => tx.get(key), fromId);
  const into = await tx.read(keys.contact(intoId));
  if (into === null) return;
  putConversation(tx, before, { ...before, contactId: intoId, contactName: displayName(into) });
  tx.set(keys.mergedConversation(fromId, id), true, { expireInMs: KEPT_MS });
  // When they last wrote opens the channel for answers.
  const heardAt = await tx.get(keys.heard(before.channelId, fromId));
  const known = await tx.get(keys.heard(before.channelId, intoId));
  if (heardAt !== null && (known === null || known < heardAt)) {
    tx.set(keys.heard(before.channelId, intoId), heardAt);
  }
  tx.emit({
    type: "conversation.updated",
    actor: SYSTEM,
    conversationId: id,
    inboxId: before.inboxId,
    changed: ["contactId", "contactName"],
  });
}

async function moveNote(tx: Tx, fromId: string, id: string): Promise<void> {
  const note = await tx.get(keys.contactNote(fromId, id));
  if (note === null) return;
  const intoId = await currentContactId((key) => tx.get(key), fromId);
  tx.set(keys.contactNote(intoId, id), { ...note, contactId: intoId });
  tx.delete(keys.contactNote(fromId, id));
}
