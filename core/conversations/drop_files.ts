import type { Message } from "../model/message.ts";
import { keys, type Tx } from "../store/mod.ts";

/** Deletes the files of a message that says nothing of them any more, those too that are still on their way. */
export async function dropFiles(
  tx: Pick<Tx, "read" | "delete" | "dropBlob">,
  { attachments }: Pick<Message, "attachments">,
): Promise<void> {
  for (const { id, state } of attachments) {
    if (state !== undefined) {
      // A job that still fetches it finds nothing to do.
      tx.delete(keys.media(id));
      continue;
    }
    const file = await tx.read(keys.attachment(id));
    if (file === null) continue;
    tx.delete(keys.attachment(id));
    tx.dropBlob(file.blob.id);
  }
}
