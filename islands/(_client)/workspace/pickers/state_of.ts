import type { ApiConversation } from "../../../../core/model/api.ts";

/** Whether something holds for all of them, for some, or for none. */
export function stateOf(
  conversations: readonly ApiConversation[],
  test: (conversation: ApiConversation) => boolean,
): "on" | "mixed" | undefined {
  const count = conversations.filter(test).length;
  return count === 0 ? undefined : count === conversations.length ? "on" : "mixed";
}
