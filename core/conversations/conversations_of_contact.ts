import type { Conversation } from "../model/conversation.ts";
import { keys, type Store } from "../store/mod.ts";

/** A contact with more than this is a machine. */
const MAX_CONVERSATIONS = 1_000;

/** What a contact has part in, newest first; merged ones are part of others. */
export async function conversationsOfContact(
  store: Pick<Store, "getMany" | "list">,
  contactId: string,
): Promise<readonly Conversation[]> {
  const ids: string[] = [];
  for await (
    const { path } of store.list(keys.conversationsOfContact(contactId), {
      reverse: true,
      limit: MAX_CONVERSATIONS,
    })
  ) {
    ids.push(String(path.at(-1)));
  }
  const found = await store.getMany(ids.map((id) => keys.conversation(id)));
  return found.filter((one) => one !== null);
}
