import { type Conversation, isLive } from "../model/conversation.ts";
import { keys, type Tx } from "../store/mod.ts";

/**
 * Writes a conversation with everything that depends on it: the live copy and the stored order of what is not live.
 * The only place that writes any of them.
 * @param before what is stored now; null for a new conversation.
 */
export function putConversation(
  tx: Pick<Tx, "insert" | "set" | "delete">,
  before: Conversation | null,
  after: Conversation,
): void {
  if (before === null) tx.insert(keys.conversation(after.id), after);
  else tx.set(keys.conversation(after.id), after);

  if (isLive(after.status)) tx.set(keys.liveConversation(after.id), after);
  else if (before !== null && isLive(before.status)) tx.delete(keys.liveConversation(after.id));

  const oldPlace = before === null ? null : donePlace(before);
  const newPlace = donePlace(after);
  if (oldPlace !== null && !samePlace(oldPlace, newPlace)) tx.delete(keys.done(...oldPlace));
  if (newPlace !== null && !samePlace(oldPlace, newPlace)) tx.set(keys.done(...newPlace), true);

  const isMerged = after.mergedIntoId !== undefined;
  if (before === null || before.contactId !== after.contactId || isMerged) {
    if (before !== null) {
      tx.delete(keys.conversationOfContact(before.contactId, before.createdAt, before.id));
    }
    if (!isMerged) {
      tx.set(keys.conversationOfContact(after.contactId, after.createdAt, after.id), true);
    }
  }
}

type Place = Parameters<typeof keys.done>;

/** Where a conversation stands in the order of its status and inbox; null while it is live, and once it was merged. */
export function donePlace(conversation: Conversation): Place | null {
  if (isLive(conversation.status) || conversation.mergedIntoId !== undefined) return null;
  return [conversation.status, conversation.inboxId, conversation.statusAt, conversation.id];
}

function samePlace(a: Place | null, b: Place | null): boolean {
  return a === b || (a !== null && b !== null && a.every((part, i) => part === b[i]));
}
