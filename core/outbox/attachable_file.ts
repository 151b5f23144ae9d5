import { actorOf, type Principal } from "../access/mod.ts";
import type { Attachments } from "../attachments/mod.ts";
import type { AttachmentRecord } from "../store/mod.ts";
import { keys, type Store } from "../store/mod.ts";

/**
 * A file that its author may send: an upload of theirs that nothing has taken yet, or one of a message of theirs that was
 * taken back, so that what is undone can be sent again as it was. Null: no such file.
 */
export async function attachableFile(
  store: Pick<Store, "get">,
  attachments: Pick<Attachments, "ownedBy">,
  principal: Principal,
  id: string,
): Promise<AttachmentRecord | null> {
  const upload = await attachments.ownedBy({ kind: "principal", principal }, id);
  if (upload !== null) return upload;
  const record = await store.get(keys.attachment(id));
  if (record?.owner.kind !== "message") return null;
  const place = await store.get(keys.messageRef(record.owner.messageId));
  const message = place && await store.get(keys.message(place.conversationId, place.seq));
  const isTheirs = message?.status === "canceled" && message.author.id === actorOf(principal).id;
  return isTheirs ? record : null;
}
