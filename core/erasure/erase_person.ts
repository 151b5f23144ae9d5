import { deleteConversation, deleteJournal } from "../conversations/mod.ts";
import type { Contact } from "../model/contact.ts";
import { keys, type Store, transact } from "../store/mod.ts";
import { SYSTEM } from "../model/change.ts";

/** One way somebody is known. */
export interface PersonIdentity {
  readonly kind: string;
  readonly value: string;
}

/**
 * Deletes what the channels of an app know of a person: their conversations with messages, files and raw deliveries, the
 * identity, and the contact itself unless it is known in another way too. May run again: it goes on where it ended.
 * @returns ids of the conversations deleted now; a job of each deletes what they held
 */
export async function erasePerson(
  store: Store,
  appId: string,
  identity: PersonIdentity,
): Promise<readonly string[]> {
  const contactId = await store.get(keys.identity(identity.kind, identity.value));
  if (contactId === null) return [];
  const channelIds = new Set<string>();
  for await (const { value } of store.list(keys.channels())) {
    if (value.appId === appId) channelIds.add(value.id);
  }
  const ids: string[] = [];
  for await (const { path } of store.list(keys.conversationsOfContact(contactId))) {
    ids.push(String(path.at(-1)));
  }
  const deleted: string[] = [];
  for (const id of ids) {
    const isDeleted = await transact(store, async (tx) => {
      const conversation = await tx.get(keys.conversation(id));
      if (conversation === null || !channelIds.has(conversation.channelId)) return false;
      deleteConversation(tx, conversation, { isPerson: true });
      return true;
    }, { queue: id });
    if (isDeleted) deleted.push(id);
  }
  await forgetThreads(store, channelIds, new Set(ids));
  await forgetDeliveries(store, new Set(deleted), [...channelIds, appId]);
  // Last: whatever ends this in the middle, the identity still leads here.
  await forgetIdentity(store, contactId, identity, channelIds);
  return deleted;
}

/**
 * Of messages they go with these; what changed a message, or said that it was read, has none of its own. What came for
 * several accounts lies with each of them, as a whole.
 * @param holders the app's channels, and the app itself
 */
async function forgetDeliveries(
  store: Store,
  conversationIds: ReadonlySet<string>,
  holders: readonly string[],
): Promise<void> {
  if (conversationIds.size === 0) return;
  const held = new Set(holders);
  for await (const { value } of store.list(keys.journals())) {
    if (!value.conversationIds.some((id) => conversationIds.has(id))) continue;
    await forgetDelivery(store, value.id);
    if (!held.has(value.channelId)) continue;
    for (const holder of holders) {
      const id = await store.get(keys.journalDedupe(holder, value.hash));
      if (id !== null) await forgetDelivery(store, id);
    }
  }
}

async function forgetDelivery(store: Store, id: string): Promise<void> {
  await transact(store, async (tx) => {
    const journal = await tx.get(keys.journal(id));
    if (journal !== null) deleteJournal(tx, journal);
  });
}

/** The provider's names for threads are often the person's. */
async function forgetThreads(
  store: Store,
  channelIds: ReadonlySet<string>,
  conversationIds: ReadonlySet<string>,
): Promise<void> {
  for (const channelId of channelIds) {
    for await (const { path, value } of store.list(keys.threadsOfChannel(channelId))) {
      if (!conversationIds.has(value)) continue;
      const key = keys.thread(channelId, String(path.at(-1)));
      await transact(store, async (tx) => {
        const id = await tx.get(key);
        // A conversation that is there keeps its thread: it came since, or by another channel.
        if (id !== null && await tx.read(keys.conversation(id)) === null) tx.delete(key);
      });
    }
  }
}

async function forgetIdentity(
  store: Store,
  contactId: string,
  { kind, value }: PersonIdentity,
  channelIds: ReadonlySet<string>,
): Promise<void> {
  await transact(store, async (tx) => {
    const contact = await tx.get(keys.contact(contactId));
    tx.delete(keys.identity(kind, value));
    for (const channelId of channelIds) tx.delete(keys.heard(channelId, contactId));
    if (contact === null) return;
    // What it was made of names them too: it cannot be parted again.
    for await (const { path } of tx.list(keys.contactMerges(contactId))) {
      tx.delete(keys.contactMerge(contactId, String(path.at(-1))));
    }
    const rest: Contact = {
      ...contact,
      identities: contact.identities.filter((one) => one.kind !== kind || one.value !== value),
      updatedAt: tx.now,
    };
    const others = tx.list(keys.conversationsOfContact(contactId), { limit: 1 });
    const isNeeded = rest.identities.length > 0 || (await Array.fromAsync(others)).length > 0;
    if (isNeeded) tx.set(keys.contact(contactId), rest);
    else {
      tx.delete(keys.contact(contactId));
      // Whoever adds one writes the contact too: none comes in between.
      for await (const { path } of tx.list(keys.contactNotes(contactId))) {
        tx.delete(keys.contactNote(contactId, String(path.at(-1))));
      }
    }
    const type = isNeeded ? "contact.updated" : "contact.deleted";
    tx.emit({ type, actor: SYSTEM, contactId });
  });
}
