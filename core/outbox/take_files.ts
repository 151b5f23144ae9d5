import type { CoreError } from "../errors.ts";
import { err, ok, type Result } from "../result.ts";
import { type AttachmentRecord, keys, type Tx } from "../store/mod.ts";

/**
 * Makes files a message's own, within its commit: uploads, and files of messages that were taken back. Errors: conflict
 * when one belongs to another by now.
 */
export async function takeFiles(
  tx: Tx,
  files: readonly AttachmentRecord[],
  owner: { readonly conversationId: string; readonly messageId: string },
): Promise<Result<null, CoreError>> {
  const given = new Map<string, Set<string>>();
  for (const file of files) {
    // By another process, perhaps: in this one it was free a moment ago.
    const current = await tx.read(keys.attachment(file.id));
    switch (current?.owner.kind) {
      case "upload":
        tx.adopt(file.blob);
        break;
      case "message": {
        const { messageId } = current.owner;
        given.set(messageId, (given.get(messageId) ?? new Set()).add(file.id));
        break;
      }
      default:
        return err(taken(file));
    }
    tx.set(keys.attachment(file.id), { ...file, owner: { kind: "message", ...owner } });
  }
  for (const [messageId, ids] of given) {
    if (await giveAway(tx, messageId, ids)) continue;
    return err(taken(files.find(({ id }) => ids.has(id)) ?? { name: "" }));
  }
  return ok(null);
}

/** Takes files from a message that was taken back. @returns false where it was not, or they are not its own any more */
async function giveAway(tx: Tx, messageId: string, ids: ReadonlySet<string>): Promise<boolean> {
  const place = await tx.read(keys.messageRef(messageId));
  // Read without a check: nothing happens any more to what was taken back.
  const message = place && await tx.read(keys.message(place.conversationId, place.seq));
  if (message?.status !== "canceled") return false;
  const left = message.attachments.filter(({ id }) => !ids.has(id));
  if (left.length !== message.attachments.length - ids.size) return false;
  tx.set(keys.message(message.conversationId, message.seq), { ...message, attachments: left });
  return true;
}

function taken({ name }: Pick<AttachmentRecord, "name">): CoreError {
  return {
    code: "conflict",
    message: `The file "${name}" already belongs to another message`,
  };
}
