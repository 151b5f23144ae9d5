import { clip } from "../clip.ts";
import type { CoreError } from "../errors.ts";
import { err, ok, type Result } from "../result.ts";
import { sha256 } from "../sha256.ts";
import { keys, type Store } from "../store/mod.ts";
import type { Posted } from "./post.ts";
import type { PostInput } from "./post_input.ts";

/** What an id chosen by a client stands for: the first result for the same body, a conflict for another; null when new. */
export async function findReplay(
  store: Store,
  id: string,
  conversationId: string,
  bodyHash: string,
): Promise<Result<Posted, CoreError> | null> {
  const ref = await store.get(keys.messageRef(id));
  if (ref === null) return null;
  const [message, conversation] = await Promise.all([
    store.get(keys.message(ref.conversationId, ref.seq)),
    store.get(keys.conversation(ref.conversationId)),
  ]);
  const isSame = ref.conversationId === conversationId && ref.bodyHash === bodyHash;
  if (!isSame || message === null || conversation === null) {
    return err({
      code: "conflict",
      message: `Another message already has the id "${clip(id, 64)}"`,
    });
  }
  return ok({ message, conversation, isReplay: true });
}

/** The same for posts that ask for the same, whatever version their author saw and whichever draft it was. */
export function hashOfPost(input: PostInput): string {
  const { id: _, ifVersion: __, draftId: ___, ...body } = input;
  const ordered = Object.entries(body).filter(([, value]) => value !== undefined).sort(([a], [b]) =>
    a < b ? -1 : 1
  );
  return sha256(JSON.stringify(ordered));
}
