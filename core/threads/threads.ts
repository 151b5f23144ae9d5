import type { Principal } from "../access/mod.ts";
import type { CoreContext } from "../context.ts";
import type { ConversationRow, Conversations, ReadMarks } from "../conversations/mod.ts";
import type { CoreError } from "../errors.ts";
import type { Once } from "../idempotency.ts";
import { ok, type Result } from "../result.ts";
import { mergeConversations } from "./merge_conversations.ts";
import { splitConversation } from "./split_conversation.ts";

/** Threads taken apart and put together. */
export interface Threads {
  /**
   * Makes a conversation of its own out of a message and everything after it. Errors: not_found, forbidden, invalid, conflict,
   * unsupported.
   * @returns the new conversation
   */
  split(
    principal: Principal,
    conversationId: string,
    messageId: string,
    options?: Once,
  ): Promise<Result<ConversationRow, CoreError>>;
  /**
   * Makes a conversation part of another. Errors: not_found, forbidden, invalid, conflict, unsupported.
   * @returns the one that was merged, with `mergedIntoId`
   */
  merge(
    principal: Principal,
    conversationId: string,
    intoId: string,
  ): Promise<Result<ConversationRow, CoreError>>;
}

/** Splitting and merging over the store. */
export function createThreads(
  context: CoreContext,
  conversations: Pick<Conversations, "row">,
  readMarks: Pick<ReadMarks, "apply" | "cut">,
): Threads {
  return {
    async split(principal, conversationId, messageId, options) {
      const split = await splitConversation(context, principal, conversationId, messageId, options);
      if (!split.ok) return split;
      const { conversation, origin, marks } = split.value;
      await readMarks.cut(origin.id, origin.lastSeq);
      for (const { userId, seq } of marks) await readMarks.apply(userId, conversation.id, seq);
      return ok(await conversations.row(principal, conversation));
    },

    async merge(principal, conversationId, intoId) {
      const merged = await mergeConversations(context, principal, conversationId, intoId);
      if (!merged.ok) return merged;
      const { conversation, marks } = merged.value;
      for (const { userId, seq } of marks) {
        await readMarks.apply(userId, conversation.mergedIntoId ?? intoId, seq);
      }
      return ok(await conversations.row(principal, conversation));
    },
  };
}
