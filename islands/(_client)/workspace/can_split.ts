import type { ApiMessage } from "../../../core/model/api.ts";
import type { WorkspaceModel } from "./workspace_model.ts";

/** What splitting looks at. */
export interface SplitModel {
  readonly data: Pick<WorkspaceModel["data"], "canWrite">;
  readonly threads: Pick<WorkspaceModel["threads"], "get">;
}

/** Whether there is something before a message that it can be split from. */
export function canSplit(model: SplitModel, message: ApiMessage): boolean {
  const thread = model.threads.get(message.conversationId)?.thread;
  if (!model.data.canWrite || thread === undefined || message.seq === 0) return false;
  const earlier = thread.messages.some(({ kind, seq }) => kind !== "event" && seq < message.seq);
  return earlier || thread.before !== null;
}

/** Messages of an open conversation that another could begin with, the newest first. @param conversationId null: none is open */
export function splittable(
  model: SplitModel,
  conversationId: string | null,
): readonly ApiMessage[] {
  if (conversationId === null) return [];
  const { messages = [] } = model.threads.get(conversationId)?.thread ?? {};
  return messages.filter((message) => message.kind !== "event" && canSplit(model, message))
    .toReversed();
}
