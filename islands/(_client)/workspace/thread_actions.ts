/** Threads taken apart and put together by an agent. */
import type { ApiConversation, ApiMessage } from "../../../core/model/api.ts";
import { openConversation } from "./actions.ts";
import type { ApiThreadRuleInput } from "./api.ts";
import { fail } from "./fail.ts";
import type { WorkspaceModel } from "./workspace_model.ts";

/** Makes a conversation of its own out of a message and all after it. The agent stays where they are. */
export async function splitOff(
  model: WorkspaceModel,
  { conversationId, id, email }: ApiMessage,
  { isAlways }: { readonly isAlways: boolean } = { isAlways: false },
): Promise<void> {
  const { api } = model.ports;
  const answer = await api.splitConversation(conversationId, id);
  if (!answer.ok) return fail(model, "Not split", answer.error);
  const made = answer.value;
  const sender = email?.from?.address;
  if (isAlways && sender !== undefined) {
    const rule = await api.addThreadRule(made.channelId, { action: "split", sender });
    if (!rule.ok) fail(model, "Split, but not from now on", rule.error);
  }
  model.conversations.take(made);
  await model.threads.reread(conversationId);
  model.toasts.show({
    icon: "split",
    text: isAlways
      ? `Now #${made.number}, and so from now on`
      : `Now a conversation of its own: #${made.number}`,
    action: { label: "Open it", run: () => void openConversation(model, made.id) },
    lastsMs: 10_000,
  });
}

/** Makes a conversation part of another and goes there. @returns whether it is done */
export async function mergeInto(
  model: WorkspaceModel,
  conversation: ApiConversation,
  into: ApiConversation,
  always: ApiThreadRuleInput | null,
): Promise<boolean> {
  const answer = await model.ports.api.mergeConversation(conversation.id, into.id);
  if (!answer.ok) {
    fail(model, "Not merged", answer.error);
    return false;
  }
  if (always !== null) {
    const rule = await model.ports.api.addThreadRule(conversation.channelId, always);
    if (!rule.ok) fail(model, "Merged, but not from now on", rule.error);
  }
  model.conversations.take(answer.value);
  model.threads.remove(into.id);
  await openConversation(model, answer.value.mergedIntoId ?? into.id);
  model.toasts.show({ icon: "merge", text: `#${conversation.number} is part of this now` });
  return true;
}
