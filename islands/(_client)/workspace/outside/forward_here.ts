import type { WorkspaceModel } from "../workspace_model.ts";
import { forwardDraft } from "./letter_draft.ts";

/** Begins to pass on the open conversation: what its customer wrote last, unless the author says all of it. */
export function forwardHere(model: WorkspaceModel): void {
  const conversation = model.current.peek();
  if (conversation === null) return;
  const messages = model.currentThread.peek()?.thread.messages ?? [];
  const last = messages.findLast(({ kind, seq }) => kind === "inbound" && seq > 0);
  model.forwarding.value = forwardDraft(conversation.id, last ?? null);
}
