import type { CoreError } from "../errors.ts";
import { err, ok, type Result } from "../result.ts";
import { type AttachmentRecord, keys, type Tx } from "../store/mod.ts";

/** Makes uploads a message's own, within its commit. Errors: conflict when one belongs to another by now. */
export async function takeFiles(
  tx: Tx,
  files: readonly AttachmentRecord[],
  owner: { readonly conversationId: string; readonly messageId: string },
): Promise<Result<null, CoreError>> {
  for (const file of files) {
    // By another process, perhaps: in this one it was free a moment ago.
    const current = await tx.read(keys.attachment(file.id));
    if (current?.owner.kind !== "upload") {
      return err({
        code: "conflict",
        message: `The file "${file.name}" already belongs to another message`,
      });
    }
    tx.adopt(file.blob);
    tx.set(keys.attachment(file.id), { ...file, owner: { kind: "message", ...owner } });
  }
  return ok(null);
}
