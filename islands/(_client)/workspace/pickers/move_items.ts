import type { ApiConversation } from "../../../../core/model/api.ts";
import { applyToMany } from "../apply_to_many.ts";
import type { WorkspaceModel } from "../workspace_model.ts";
import { fitsQuery, type PickerItems } from "./picker_item.ts";
import { stateOf } from "./state_of.ts";

/** The inboxes the reader works in. */
export function moveItems(
  model: WorkspaceModel,
  conversations: readonly ApiConversation[],
): PickerItems {
  const items = model.data.inboxes.map(({ id, name }) => ({
    id,
    words: name,
    icon: "inbox" as const,
    state: stateOf(conversations, ({ inboxId }) => inboxId === id),
    run: () => void applyToMany(model, conversations, { inboxId: id }, `Moved to ${name}`),
  }));
  return (query) => items.filter(({ words }) => fitsQuery(words, query));
}
